"""What an organisation may do, as its own stream tells it: the grants that it holds or held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from domain.authority.events import (
    AdministratorsReplaced,
    AuthorityRooted,
    GrantDeclined,
    GrantProposed,
    PowerGranted,
    PowerPassedOn,
    PowerWithdrawn,
    WithdrawalProposed,
)
from domain.authority.power import AFFAIRS, GRANTED_BODIES, WATCH, Power
from domain.organisation.state import organisation_of
from domain.replacing import replace
from domain.shared_collections import Ledger, Several

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.authority.power import Matter
    from domain.event import Told

AuthorityEvent = (
    GrantProposed
    | PowerGranted
    | GrantDeclined
    | PowerPassedOn
    | WithdrawalProposed
    | PowerWithdrawn
)
ROOT = "authority-root"
"""The stream of the root, and the source of what comes from nobody else."""


@dataclass(frozen=True)
class Proposed:
    """A withdrawal that was proposed, and by whom."""

    person: str
    by: str
    ends_on: date
    passed_on_too: bool
    document: str


@dataclass(frozen=True)
class Grant:
    """One power of an organisation; ``granted`` is None while it is proposed.

    ``ends_on`` is the first day without it, where it was withdrawn. ``passed_on`` are the grants
    that came from it, each with its holder.
    """

    grant: str
    source: str
    by: str
    power: Power
    document: str
    proposer: str
    granted: bool | None = None
    ends_on: date | None = None
    withdrawal: Proposed | None = None
    passed_on: Several[tuple[str, str]] = field(default_factory=Several)

    def stands(self, on: date) -> bool:
        """Whether it was granted and holds on a day in Beijing."""
        return self.power.starts_on <= on and self.lasts(on)

    @property
    def last_day(self) -> date | None:
        """The last day in Beijing with it, as granted or as withdrawn; None where none is known."""
        withdrawn = None if self.ends_on is None else self.ends_on - timedelta(days=1)
        known = [day for day in (self.power.last_day, withdrawn) if day is not None]
        return min(known, default=None)

    def lasts(self, on: date) -> bool:
        """Whether it was granted and has not ended by a day, though it may have yet to begin."""
        last = self.last_day
        return self.granted is True and (last is None or on <= last)


@dataclass(frozen=True)
class Authority:
    """The powers of an organisation, those that have ended and those only proposed among them."""

    organisation: str
    grants: Ledger[str, Grant] = field(default_factory=Ledger)

    def by_which(
        self, kinds: Collection[str], matters: Collection[Matter], on: date
    ) -> Grant | None:
        """The one grant by which it acts as one of these kinds over all that on a day, if any."""
        return next(
            (
                each
                for each in self._exercised(on)
                if not set(kinds).isdisjoint(each.power.kinds)
                and all(each.power.reaches(matter) for matter in matters)
            ),
            None,
        )

    def powers(self, kind: str, on: date) -> tuple[Power, ...]:
        """The powers by which it acts as a kind of body, or deals with an affair, on a day."""
        held = (each.power for each in self._exercised(on))
        return tuple(each for each in held if kind in each.kinds)

    def bodies(self, on: date) -> frozenset[str]:
        """What it is in a chain of review on a day, over whatever."""
        return frozenset(body for each in self._exercised(on) for body in each.power.bodies)

    def affairs(self, on: date) -> frozenset[str]:
        """What it deals with on a day, over whatever."""
        return frozenset(affair for each in self._exercised(on) for affair in each.power.affairs)

    def watched(self, on: date) -> tuple[str, ...]:
        """The areas over which its people watch on a day."""
        found = (each.power.area for each in self._exercised(on) if WATCH in each.power.affairs)
        return tuple(dict.fromkeys(found))

    def _exercised(self, on: date) -> tuple[Grant, ...]:
        return self.grants.reckoned(
            ("exercised", on),
            lambda: tuple(each for each in self.grants if each.power.exercises and each.stands(on)),
        )


@dataclass(frozen=True)
class Root:
    """Where all powers come from: the organisation that passes them on, and who administers it."""

    organisation: str
    administrators: tuple[str, str]

    def grant(self) -> Grant:
        """What the root has: everything, to pass on and not to exercise."""
        everything = Power(
            bodies=GRANTED_BODIES,
            affairs=AFFAIRS,
            area="",
            levels=(),
            series=(),
            exercises=False,
            passes_on=True,
            in_name_of=None,
            starts_on=date.min,
            last_day=None,
        )
        return Grant(ROOT, ROOT, self.organisation, everything, "", "", granted=True)


RootEvent = AuthorityRooted | AdministratorsReplaced


def evolve_root(state: Root | None, event: RootEvent, told: Told) -> Root:  # noqa: ARG001 -- as each evolve
    """The root after an event of its stream. Never refuses."""
    administrators = (event.first, event.second)
    if isinstance(event, AuthorityRooted):
        return state or Root(event.organisation, administrators)
    assert state is not None
    return replace(state, administrators=administrators)


def evolve(state: Authority | None, event: AuthorityEvent, told: Told) -> Authority:
    """The powers after an event of their stream. Never refuses."""
    known = state or Authority(organisation_of(told.stream))
    actor = getattr(told.actor, "person", "")
    match event:
        case GrantProposed():
            proposed = Grant(
                event.grant, event.source, event.by, event.power, event.document, actor
            )
            return replace(known, grants=known.grants.entered(event.grant, proposed))
        case PowerGranted():
            return _with(known, replace(_under(known, event.grant), granted=True))
        case GrantDeclined():
            return _with(known, replace(_under(known, event.grant), granted=False))
        case PowerPassedOn():
            source = _under(known, event.source)
            passed_on = source.passed_on.joined((event.grant, event.holder))
            return _with(known, replace(source, passed_on=passed_on))
        case WithdrawalProposed():
            withdrawal = Proposed(
                actor, event.by, event.ends_on, event.passed_on_too, event.document
            )
            return _with(known, replace(_under(known, event.grant), withdrawal=withdrawal))
        case PowerWithdrawn():
            ended = _under(known, event.grant)
            ends_on = min(ended.ends_on, event.ends_on) if ended.ends_on else event.ends_on
            return _with(known, replace(ended, ends_on=ends_on, withdrawal=None))
        case _:
            assert_never(event)


def _under(known: Authority, grant: str) -> Grant:
    found = known.grants.under(grant)
    assert found is not None
    return found


def _with(known: Authority, grant: Grant) -> Authority:
    return replace(known, grants=known.grants.entered(grant.grant, grant))
