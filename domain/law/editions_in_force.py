"""Which editions hold on a day and in an area: what officials put in force, else what is offered.

A release offers packs. Where officials have put an edition in force for the same place and
procedure, what is offered for it holds no longer, from the day of that edition on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.area import covers
from domain.law.events import (
    Edition,
    EditionKind,
    FilingsResumed,
    FilingsSuspended,
    LawPutInForce,
    LawWithdrawn,
)
from domain.replacing import replace
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from domain.event import Told

ForceEvent = LawPutInForce | LawWithdrawn | FilingsSuspended | FilingsResumed


@dataclass(frozen=True)
class Holding:
    """An edition that holds since a day; ``proposal`` is None where it is only offered.

    ``suspended`` is the reason for which no filings are taken under it, None while they are.
    """

    edition: Edition
    since: date
    proposal: str | None = None
    suspended: str | None = None


@dataclass(frozen=True)
class Force:
    """Every edition that officials ever put in force, in the order in which they did."""

    editions: Ledger[str, Holding] = field(default_factory=Ledger)

    @property
    def supplements(self) -> tuple[Holding, ...]:
        """Those of them that supplement another."""
        return tuple(each for each in self.editions if each.edition.supplements is not None)

    def of(self, law: str, kind: EditionKind) -> tuple[Holding, ...]:
        """The editions of one text, in the order of the days on which they begin."""
        known = [e for e in self.editions if (e.edition.law, e.edition.kind) == (law, kind)]
        return tuple(sorted(known, key=_since))


NOTHING_IN_FORCE = Force()
"""What is in force where officials put nothing in force."""


def evolve(state: Force | None, event: ForceEvent, told: Told) -> Force:  # noqa: ARG001 -- as every evolve
    """What holds after an event. Never refuses."""
    before = (state or NOTHING_IN_FORCE).editions
    if isinstance(event, LawPutInForce):
        held = Holding(event.edition, event.starts_on, event.proposal)
        return Force(before.entered(event.proposal, held))
    known = before.under(event.proposal)
    assert known is not None
    match event:
        case LawWithdrawn():
            return Force(before.struck(event.proposal))
        case FilingsSuspended():
            return Force(before.entered(event.proposal, replace(known, suspended=event.reason)))
        case FilingsResumed():
            return Force(before.entered(event.proposal, replace(known, suspended=None)))
        case _:
            assert_never(event)


def holding(force: Force, offered: Iterable[Holding], day: date) -> tuple[Holding, ...]:
    """What holds on a day in Beijing, whatever the area: the latest edition for each place."""
    begun = sorted((each for each in force.editions if each.since <= day), key=_since)
    latest = {_place(each.edition): each for each in begun}
    return (*latest.values(), *(each for each in offered if _place(each.edition) not in latest))


def in_place_of(force: Force, edition: Edition) -> Holding | None:
    """The latest that officials put in force in the place of an edition, whatever its id.

    None where there is none.
    """
    there = [each for each in force.editions if _place(each.edition) == _place(edition)]
    return max(there, key=_since, default=None)


def supplementing(force: Force, documents: Sequence[str], day: date) -> tuple[Holding, ...]:
    """The supplements that bind cases under a pack of these documents on a day, the first first.

    Of those of one edition the latest takes the place of the others. While it is suspended none of
    them binds, nor what supplements it: nothing that was replaced comes back.
    """
    begun = [each for each in force.supplements if each.since <= day]
    found, beneath = list[Holding](), tuple(documents)
    while over := [each for each in begun if each.edition.documents[:-1] == beneath]:
        latest = max(reversed(over), key=_since)
        if latest.suspended is not None:
            break
        found.append(latest)
        beneath = latest.edition.documents
    return tuple(found)


def packs_over(held: Iterable[Holding], area: str) -> list[Holding]:
    """The packs that hold in an area, those of the nearest jurisdiction first, then the newest."""
    found = [each for each in held if _is(EditionKind.PACK)(each) and _in(area)(each)]
    return sorted(found, key=lambda each: (_depth(each), each.since), reverse=True)


def overlays_over(held: Iterable[Holding], pack: str, area: str) -> list[Holding]:
    """The overlays of a pack that hold in an area, the widest first."""
    found = [
        each
        for each in held
        if _is(EditionKind.OVERLAY)(each) and each.edition.extends == pack and _in(area)(each)
    ]
    return sorted(found, key=lambda each: (_depth(each), each.since))


def default_of(held: Iterable[Holding]) -> Holding:
    """The national default that holds."""
    return next(filter(_is(EditionKind.DEFAULT), held))


def calendars(held: Iterable[Holding]) -> list[Holding]:
    """The calendars of further years."""
    return list(filter(_is(EditionKind.CALENDAR), held))


def _is(kind: EditionKind) -> Callable[[Holding], bool]:
    return lambda each: each.edition.kind is kind


def _in(area: str) -> Callable[[Holding], bool]:
    return lambda each: covers(each.edition.jurisdiction, area)


def _depth(holding_: Holding) -> int:
    jurisdiction = holding_.edition.jurisdiction
    return jurisdiction.count("/") + bool(jurisdiction)


def _since(holding_: Holding) -> date:
    return holding_.since


def _place(edition: Edition) -> Hashable:
    """What of two editions only one can be at a time."""
    match edition.kind:
        case EditionKind.PACK:
            return edition.kind, edition.jurisdiction, edition.procedure
        case EditionKind.OVERLAY:
            return edition.kind, edition.law, edition.jurisdiction
        case EditionKind.DEFAULT:
            return edition.kind
        case EditionKind.CALENDAR:
            return edition.kind, edition.law
