"""Every state, and every row of some views (status, integrity, titles), is a fold of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bench.town.town import evolved, kind_of
from bench.town.watch.rows import MemoryPage
from domain import beijing
from domain.case.phase import (
    AwaitingPublicity,
    Draft,
    Ended,
    Publicised,
    Recognised,
    Returned,
    Revoked,
    Suspended,
    UnderPublicity,
    UnderReview,
)
from domain.person.titles import Title, TitleState
from projections import case_status, integrity, titles
from projections.fact import fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from audit.record import Recorded
    from bench.town.town import Town
    from domain.case.phase import Phase
    from domain.case.state import Case
    from domain.person.state import Person
    from projections.case_status import CaseStatus
    from projections.page import Page

_VIEWS = (case_status.view, integrity.view, titles.view)


class Folds:
    """Follows the record as the views do, and folds each stream again from nothing."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.page = MemoryPage()
        self._applied = 0

    def see(self, _recorded: Recorded) -> Iterator[str]:
        """Single events are not compared: an append is all or nothing."""
        yield from ()

    def close(self, append: list[Recorded]) -> Iterator[str]:
        """What, of the streams that one append touched, is not a fold from zero."""
        position = append[-1].position
        self._follow(position)
        for stream in {each.stream: None for each in append}:
            history = self._town.record.load(stream)
            then = history.as_of(position)
            state: object = None
            for each in then.recorded:
                state = evolved(state, each)
            known = self._town.states.get(kind_of(stream), {})
            if then.version == history.version and state != known.get(stream):
                yield f"{stream} folds from zero to another state"
            elif kind_of(stream) == "case":
                yield from self._case(stream, cast("Case", state))
            elif kind_of(stream) == "person":
                yield from self._person(stream, cast("Person", state))

    def _follow(self, position: int) -> None:
        for row in self._town.record.rows(self._applied, position - self._applied):
            each = fact(row)
            for view in _VIEWS:
                apply = view.evolve.get(each.topic)
                if apply is not None:
                    apply(each, cast("Page", self.page))
        self._applied = position

    def _case(self, stream: str, case: Case) -> Iterator[str]:
        row = self.page.rows(case_status.cases).get(stream)
        if row is None or shown(row) != stands(case):
            yield f"{stream} has another status in the view than in its history"

    def _person(self, stream: str, person: Person) -> Iterator[str]:
        seen = {
            (each.entry, each.ends_on, each.annulled)
            for each in self.page.rows(integrity.entries).of(stream)
            if each.known_until is None
        }
        if seen != {(each.entry, each.ends_on, each.annulled) for each in person.entries}:
            yield f"{stream} has other integrity entries in the view than in their history"
        cases = {each.case for each in person.titles}
        rows = (row for each in cases for row in self.page.rows(titles.titles).of(each))
        in_order = sorted(rows, key=lambda row: row.position)
        if [titled(row) for row in in_order] != [*person.titles]:
            yield f"{stream} has other titles in the view than in their history"


def titled(row: titles.Title) -> Title:
    """What a row of the view says of a title, as the domain says it."""
    return Title(
        case=row.case,
        series=row.series,
        specialty=row.specialty,
        level=row.level,
        label=row.label,
        gained_on=row.gained_on,
        state=TitleState(row.state),
        lost_on=row.lost_on,
    )


def shown(row: CaseStatus) -> tuple[Any, ...]:
    """What a row of the view says of where a case stands."""
    granted = row.granted is not None
    due_at = row.due_at if (row.before or row.phase) in _WITH_A_TERM else None
    return (row.phase, row.before, row.round, set(row.objections), granted, due_at)


def stands(case: Case) -> tuple[Any, ...]:
    """The same of the domain's own state, reckoned here once more."""
    phase, before = case.phase, None
    where = phase.before if isinstance(phase, Suspended) else phase
    if isinstance(phase, Suspended):
        before = _name(phase.before)
    if isinstance(phase, Revoked):
        before = "recognised"
    granted = isinstance(phase, (Recognised, Revoked))
    return (_name(phase), before, case.round, set(case.objections), granted, _due(where))


def _name(phase: Phase) -> str:
    match phase:
        case Ended(outcome):
            return outcome
        case _:
            return _NAMES[type(phase)]


def _due(phase: Phase) -> datetime | None:
    match phase:
        case Returned():
            return phase.due_at
        case UnderPublicity():
            return beijing.end(phase.posting.ends_on)
        case _:
            return None


_WITH_A_TERM = ("returned", "under_publicity")
_NAMES: dict[type, str] = {
    Draft: "draft",
    UnderReview: "under_review",
    AwaitingPublicity: "awaiting_publicity",
    UnderPublicity: "under_publicity",
    Publicised: "publicised",
    Returned: "returned",
    Suspended: "suspended",
    Recognised: "recognised",
    Revoked: "revoked",
}
