"""Late acts and audit exceptions against a plain look through everything that happened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.account.events import AccountDisabled, AccountOpened
from domain.case.ending import ApplicantDisqualified, TitleRevoked
from domain.case.next_stage import OverdueFlagged
from domain.case.returning import CaseReturned
from domain.investigation.events import (
    InvestigationOpened,
    MisconductFound,
    ReviewDecided,
    ReviewOutcome,
)
from domain.person.integrity import IntegrityRecordEntered
from projections import exceptions, late_acts
from projections.scope import EVERYTHING, Scope
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from tests.projections.conftest import Followed

LATER = date(2025, 6, 1)
ALL = 100_000


def test_decisions_and_entries_that_came_late_are_those_that_say_so(year: Followed) -> None:
    in_cases = [(s, event) for s, event, _ in year.happened if s.startswith("case-")]
    expected = {
        late_acts.DECISION: [s for s, event in in_cases if isinstance(event, OverdueFlagged)],
        late_acts.ENTRY: [s for s, event in in_cases if getattr(event, "late_entry", False)],
    }
    for kind, cases in expected.items():
        found = late_acts.found(EVERYTHING, kind=kind).page(year.connection, limit=ALL)
        assert sorted(each.case for each in found) == sorted(cases)


def test_items_raised_late_are_those_of_returns_that_say_so(year: Followed) -> None:
    late = [e for _, e, _ in year.happened if isinstance(e, CaseReturned) and e.raised_late]
    found = late_acts.found(EVERYTHING, kind=late_acts.ITEM).page(year.connection, limit=ALL)
    assert len(found) == len(late)


def test_late_acts_of_cases_elsewhere_are_not_shown(year: Followed) -> None:
    assert late_acts.found(Scope(areas=frozenset({"nowhere"}))).page(year.connection) == []


def test_findings_without_outcome_or_record_are_unfinished(year: Followed) -> None:
    found: dict[str, str] = {}
    cases: dict[str, str] = {}
    settled: set[str] = set()
    recorded: set[str | None] = set()
    for stream, event, _ in year.happened:
        match event:
            case InvestigationOpened():
                cases[stream] = event.case
            case MisconductFound():
                found[stream] = cases[stream]
            case ReviewDecided(outcome=ReviewOutcome.ANNULLED):
                found.pop(stream)
            case TitleRevoked() | ApplicantDisqualified():
                settled.add(stream)
            case IntegrityRecordEntered():
                recorded.add(event.investigation)
            case _:
                pass
    expected = {
        stream for stream, case in found.items() if case not in settled or stream not in recorded
    }
    unfinished = exceptions.unfinished(EVERYTHING).page(year.connection, limit=ALL)
    assert {each.investigation for each in unfinished} == expected


def test_seats_behind_accounts_that_cannot_act_are_stale(year: Followed) -> None:
    opened = {s for s, event, _ in year.happened if isinstance(event, AccountOpened)}
    disabled = {s for s, event, _ in year.happened if isinstance(event, AccountDisabled)}
    listing = exceptions.stale_appointments(EVERYTHING, on=LATER, idle_since=THE_BEGINNING)
    stale = listing.page(year.connection, limit=ALL)
    assert listing.count(year.connection) == len(stale)
    assert {each.account for each in stale if each.why == "disabled"} <= disabled <= opened
