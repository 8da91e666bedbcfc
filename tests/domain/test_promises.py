"""Whom an employer undertook to appoint: posts that are spoken for, and the promise kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.process import URGING
from domain.vacancies.events import PromiseKept, PromiseUrged
from domain.vacancies.promises import (
    Followed,
    KeepPromise,
    keep_promise,
    posts_spoken_for,
    urge,
)
from domain.vacancies.state import Promise, evolve
from tests.domain.given import given
from tests.domain.telling import told
from tests.domain.test_vacancy_statements import TODAY, by, officer, stated

LAW = packs.load("huzhou-2024")
DAY = timedelta(days=1)
PROMISE = Promise("person-9", "assistant", TODAY)
GAINED = TODAY - 10 * DAY
HOLDS = Followed(form="vacancies-1", promise=PROMISE, gained_on=GAINED, due_on=TODAY, waiting=False)
FILED = Followed(form="vacancies-1", promise=PROMISE, gained_on=None, due_on=None, waiting=True)
KEPT = PromiseKept(
    person="person-9", level="assistant", appointed_on=TODAY, due_on=TODAY, late=False
)
SEALS = (("unit", True), ("department", True), ("hr", True))


def keeping(followed: Followed | None = HOLDS, on: date = TODAY) -> KeepPromise:
    return KeepPromise(appointed_on=on, followed=followed)


def test_whom_a_form_in_force_recommends_is_promised_a_post_and_stays_so() -> None:
    assert not stated(LAW, *SEALS[:2]).promises
    form = stated(LAW, *SEALS)
    assert [(each.person, each.level) for each in form.promises] == [("person-9", "assistant")]
    again = replace(form.latest.stated, listed=(), recommended=0, seals=())
    later = evolve(form, again, told("vacancies-1", by("person-1"), 5))
    assert later.promises == form.promises
    kept = evolve(later, KEPT, told("vacancies-1", by("person-1"), 6))
    assert [each.appointed_on for each in kept.promises] == [TODAY]


@pytest.mark.parametrize(
    ("followed", "listed", "posts"),
    [
        (HOLDS, [], {"junior": 1}),
        (FILED, [], {"junior": 1}),
        (replace(HOLDS, gained_on=None), [], {}),
        (replace(HOLDS, promise=replace(PROMISE, appointed_on=TODAY)), [], {}),
        (HOLDS, [("person-9", "assistant")], {}),
        (HOLDS, [("person-9", "intermediate")], {"junior": 1}),
        (replace(HOLDS, promise=replace(PROMISE, level="nowhere")), [], {}),
    ],
)
def test_a_post_is_spoken_for_from_the_filing_to_the_appointment(
    followed: Followed, listed: list[tuple[str, str]], posts: dict[str, int]
) -> None:
    rule = LAW.vacancy_form()
    assert rule is not None
    assert dict(posts_spoken_for([followed], rule, listed)) == posts


def test_a_promise_is_overdue_once_its_last_day_is_over() -> None:
    assert not HOLDS.overdue(TODAY)
    assert HOLDS.overdue(TODAY + DAY)
    kept = replace(HOLDS, promise=replace(PROMISE, appointed_on=TODAY))
    assert not kept.overdue(TODAY + DAY)
    assert not FILED.overdue(TODAY + DAY)


def test_the_handler_enters_the_appointment_and_a_late_one_is_marked() -> None:
    given(keeping()).when(keep_promise, officer("person-1"), LAW).then(KEPT)
    due = replace(HOLDS, due_on=TODAY - DAY)
    late = replace(KEPT, due_on=TODAY - DAY, late=True)
    given(keeping(due)).when(keep_promise, officer("person-1"), LAW).then(late)


def test_nobody_else_and_nobody_for_themselves() -> None:
    given(keeping()).when(keep_promise, officer("person-2"), LAW).refused("NOT_IN_SEAT")
    own = replace(HOLDS, promise=replace(PROMISE, person="person-1"))
    given(keeping(own)).when(keep_promise, officer("person-1"), LAW).refused("SELF_REVIEW")


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (keeping(None), "NOT_PROMISED", "/person"),
        (keeping(FILED), "APPOINTED_WITHOUT_TITLE", "/appointed_on"),
        (keeping(on=GAINED - DAY), "APPOINTED_WITHOUT_TITLE", "/appointed_on"),
        (keeping(on=TODAY + DAY), "OCCURRED_LATER", "/appointed_on"),
        (
            keeping(replace(HOLDS, promise=replace(PROMISE, appointed_on=TODAY))),
            "APPOINTED_ALREADY",
            "/person",
        ),
    ],
)
def test_once_and_after_the_title(command: KeepPromise, code: str, pointer: str) -> None:
    given(command).when(keep_promise, officer("person-1"), LAW).refused_at(code, pointer)


URGED = PromiseUrged(
    organisation="organisation-1",
    person="person-9",
    level="assistant",
    gained_on=GAINED,
    due_on=TODAY,
    above=None,
    rules=("ND-TERM-URGING",),
)
ABOVE = "organisation-above"
LATER = LAW.process_term(URGING).last_day(TODAY, Calendar()) + DAY


def urged(followed: Followed, today: date, above: str | None = ABOVE) -> list[PromiseUrged]:
    patience = LAW.process_term(URGING)
    return list(urge([followed], "organisation-1", above, patience, today, Calendar()))


def test_an_employer_that_lets_the_term_pass_is_told_and_then_the_office_above() -> None:
    assert urged(HOLDS, TODAY) == []
    assert urged(HOLDS, TODAY + DAY) == [URGED]
    once = replace(HOLDS, promise=replace(PROMISE, urged_on=TODAY + DAY))
    assert urged(once, LATER - DAY) == []
    assert urged(once, LATER) == [replace(URGED, above=ABOVE)]
    assert urged(once, LATER, above=None) == []
    twice = replace(once, promise=replace(once.promise, urged_above=ABOVE))
    assert urged(twice, LATER + DAY) == []
    kept = replace(HOLDS, promise=replace(PROMISE, appointed_on=TODAY))
    assert urged(kept, LATER) == urged(FILED, LATER) == []


def test_a_form_remembers_who_was_told() -> None:
    form = evolve(stated(LAW, *SEALS), URGED, told("vacancies-1", by("person-1"), 6))
    (promise,) = form.promises
    assert promise.urged_on is not None
    assert promise.urged_above is None
    above = replace(URGED, above=ABOVE)
    (promise,) = evolve(form, above, told("vacancies-1", by("person-1"), 7)).promises
    assert promise.urged_above == ABOVE
