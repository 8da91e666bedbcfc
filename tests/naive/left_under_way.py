"""What is under way when a walk ends: postings that run, and findings of which little came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from api.identifiers import untimed_stream
from domain.account.events import Role
from domain.beijing import day
from domain.case.amendment import EntryAmended
from domain.case.entries import Posted, said
from domain.case.phase import AwaitingPublicity, UnderReview
from domain.case.publicity import PublicityClosed, PublicityOpened, PublicityVoided
from domain.event import Event
from domain.investigation.events import (
    Ground,
    InvestigationOpened,
    MisconductFound,
    ReviewDecided,
    ReviewOutcome,
)
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.personal import Personal, Purpose
from domain.separation import HANDLER
from tests.naive.hand import DIGEST, WORDS
from tests.naive.made_by_offices import OFFICES

if TYPE_CHECKING:
    from domain.case.state import Case
    from tests.naive.hand import Hand

_DAY = timedelta(days=1)
Fate = Callable[[PublicityOpened, int, Personal], tuple[Event, ...]]
"""What becomes of a posting whose event has a version; words may be said of it."""


def left_under_way(hand: Hand) -> None:
    """All of it."""
    _postings(hand)
    for house in map(hand.house, OFFICES):
        _findings(hand, house)


def _postings(hand: Hand) -> None:
    """Of two that stood in one announcement both, and of each that may become something one."""
    today, together = day(hand.town.now), untimed_stream("announcement")
    long, over = today + 5 * _DAY, today - _DAY
    fates: tuple[tuple[date, str | None, str, Fate], ...] = (
        (long, together, "public", _runs),
        (long, together, "public", _runs),
        (today, None, "public", _runs),
        (long, None, "unit", _runs),
        (over, None, "public", _runs),
        (over, None, "public", _is_over),
        (over, None, "public", _runs_again),
        (long, None, "public", _is_posted_anew),
        (long, None, "public", _was_over_before),
    )
    for case, (ends_on, announcement, shown_to, fate) in zip(_waiting(hand), fates, strict=False):
        assert isinstance(case.phase, (UnderReview, AwaitingPublicity))
        stage = case.stage(case.phase.stage)
        by = hand.staff(stage.organisation, Role.OFFICIAL)[0]
        opened = PublicityOpened(
            posting=untimed_stream("posting"),
            rule="first",
            round=case.round,
            stage=stage.stage,
            organisation=stage.organisation,
            place="公告栏",
            address=None,
            posted_on=over,
            days=(ends_on,),
            ends_on=ends_on,
            source="town",
            on_breach="refuse",
            content=DIGEST,
            evidence=None,
            late_entry=False,
            rules=(),
            shown_to=shown_to,
            announcement=announcement,
        )
        words = Personal(WORDS, hand.person(by), Purpose.OFFICIAL)
        hand.says(by, case.case, opened, *fate(opened, case.version + 1, words), seat=HANDLER)


def _waiting(hand: Hand) -> list[Case]:
    """Cases that wait somewhere, but for that of whom somebody is one with."""
    return [
        each
        for each in hand.town.cases.values()
        if isinstance(each.phase, (UnderReview, AwaitingPublicity))
        if not hand.town.persons[each.applicant].linked
    ]


def _runs(_opened: PublicityOpened, _entry: int, _words: Personal) -> tuple[Event, ...]:
    return ()


def _is_over(opened: PublicityOpened, _entry: int, _words: Personal) -> tuple[Event, ...]:
    return (PublicityClosed(posting=opened.posting, ended_on=opened.ends_on),)


def _is_posted_anew(opened: PublicityOpened, _entry: int, words: Personal) -> tuple[Event, ...]:
    down = PublicityVoided(posting=opened.posting, taken_down_on=opened.posted_on, reason=words)
    return down, replace(opened, posting=untimed_stream("posting"))


def _runs_again(opened: PublicityOpened, entry: int, words: Personal) -> tuple[Event, ...]:
    over = _is_over(opened, entry, words)
    return *over, _amended(opened, entry, words, opened.ends_on + 2 * _DAY, runs=True)


def _was_over_before(opened: PublicityOpened, entry: int, words: Personal) -> tuple[Event, ...]:
    return (_amended(opened, entry, words, opened.posted_on, runs=False),)


def _amended(
    opened: PublicityOpened, entry: int, words: Personal, ends_on: date, *, runs: bool
) -> EntryAmended:
    now = Posted(
        posted_on=opened.posted_on,
        days=(ends_on,),
        ends_on=ends_on,
        place=opened.place,
        address=None,
        late=False,
        runs=runs,
    )
    return EntryAmended(
        entry=entry,
        proposal=None,
        stage=opened.stage,
        organisation=opened.organisation,
        seat=HANDLER,
        says=said(now),
        evidence=None,
        reason=words,
        rules=(),
    )


def _findings(hand: Hand, house: str) -> None:
    """In a case that goes on and in one that is over, on the integrity record or not, annulled."""
    cases = list(hand.town.cases.values())
    some = (next(e for e in cases if e.is_open), next(e for e in cases if not e.is_open))
    for case, entered, annulled in product(some, (False, True), (False, True)):
        _found(hand, house, case, entered=entered, annulled=annulled)


def _found(hand: Hand, house: str, case: Case, *, entered: bool, annulled: bool) -> None:
    by, today = hand.staff(house, Role.OFFICIAL)[0], day(hand.town.now)
    words = Personal(WORDS, hand.person(by), Purpose.OFFICIAL)
    opened = InvestigationOpened(
        case=case.case,
        subject=case.applicant,
        organisation=house,
        raised_at_stage=None,
        suspicion=words,
        due_on=today,
        rules=(),
    )
    found = MisconductFound(
        ground=Ground.FRAUD, decision="决1", evidence=(), finding=words, late=False
    )
    stream = hand.begins(by, "investigation", opened, found)
    if entered:
        entry = IntegrityRecordEntered(
            entry=untimed_stream("entry"),
            case=case.case,
            investigation=stream,
            ground=Ground.FRAUD.value,
            decision="决1",
            authority=house,
            scope="county",
            area=hand.town.organisations[house].area,
            starts_on=today,
            ends_on=today + _DAY,
            months=0,
            term_source=TermSource.NOTICE,
            effect=Effect.WARN,
            rules=(),
            particulars=words,
        )
        hand.says(by, case.applicant, entry)
    if annulled:
        review = ReviewDecided(
            outcome=ReviewOutcome.ANNULLED, decision="决2", ends_on=None, reason=words, late=False
        )
        hand.says(by, stream, review)
