"""A person's own record of achievements: what is entered, confirmed, corrected, taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from api.law import packs
from domain.person import achievements
from domain.person.achievements import (
    AchievementEntered,
    AchievementKind,
    AchievementReviewed,
    AchievementWithdrawn,
    EnterAchievement,
    Record,
    ReviewAchievement,
)
from tests.domain.given import given
from tests.domain.invented import words
from tests.domain.test_vacancy_statements import TODAY, officer

LAW = packs.load("huzhou-2024")
PAPER = EnterAchievement(
    kind=AchievementKind.PAPER,
    gained_on=TODAY,
    title=words("某论文"),
    corrects=None,
    file="material-1",
    media_type="application/pdf",
    size=1,
    digest="0",
)
ENTERED = AchievementEntered(
    entry="achievement-1", organisation="organisation-station", **vars(PAPER)
)
KEPT = Record().after(ENTERED)
CONFIRM = ReviewAchievement(entry="achievement-1", in_favour=True, reason=None)
CONFIRMED = AchievementReviewed(organisation="organisation-station", **vars(CONFIRM))
REFUSE = replace(CONFIRM, in_favour=False)


def enter(record: Record, command: EnterAchievement, /) -> tuple[AchievementEntered, ...]:
    """Somebody of the station enters it."""
    entry, house = "achievement-1", "organisation-station"
    return achievements.enter(record, command, entry=entry, organisation=house, today=TODAY)


def review(
    record: Record,
    command: ReviewAchievement,
    /,
    who: str,
    *,
    whose: str = "person-9",
    employs: bool = True,
) -> tuple[AchievementReviewed, ...]:
    """An officer of the station looks at an entry of somebody."""
    by = officer(who)
    return achievements.review(record, command, by, LAW, persons=[whose], employs=employs)


def test_an_entry_stands_until_it_is_corrected_or_taken_out() -> None:
    assert [each.entry for each in KEPT.kept] == ["achievement-1"]
    given(Record()).when(enter, PAPER).then(ENTERED)
    mended = replace(ENTERED, entry="achievement-2", corrects="achievement-1")
    after = KEPT.after(CONFIRMED).after(mended)
    assert [(each.entry, each.confirmed) for each in after.kept] == [("achievement-2", None)]
    assert not after.after(AchievementWithdrawn(entry="achievement-2")).kept
    assert after.after(CONFIRMED) is after


def test_everything_that_is_wrong_with_an_entry_is_told_at_once() -> None:
    wrong = replace(PAPER, gained_on=TODAY + timedelta(days=1), corrects="achievement-7")
    given(KEPT).when(enter, wrong).refused("OCCURRED_LATER", "NO_SUCH_ACHIEVEMENT")
    given(KEPT).when(achievements.withdraw, "achievement-7").refused("NO_SUCH_ACHIEVEMENT")


def test_it_is_confirmed_by_somebody_else_of_an_employer_and_said_anew_only_otherwise() -> None:
    given(KEPT).when(review, CONFIRM, "person-1").then(CONFIRMED)
    given(KEPT).when(review, CONFIRM, "person-2", employs=False).then(CONFIRMED)
    elsewhere = Record().after(replace(ENTERED, organisation="organisation-elsewhere"))
    given(elsewhere).when(review, CONFIRM, "person-1", employs=False).refused("NO_SUCH_ACHIEVEMENT")
    given(KEPT).when(review, REFUSE, "person-9").refused(
        "NOT_IN_SEAT", "SELF_REVIEW", "REASON_MISSING"
    )
    given(KEPT.after(CONFIRMED)).when(review, CONFIRM, "person-2").refused(
        "ACHIEVEMENT_REVIEWED_SO"
    )
    told = replace(REFUSE, reason=words("查无此文"))
    against = AchievementReviewed(organisation="organisation-station", **vars(told))
    given(KEPT.after(CONFIRMED)).when(review, told, "person-2").then(against)
