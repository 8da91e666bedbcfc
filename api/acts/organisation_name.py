"""By which name an organisation was known when something happened, and in whose name it acted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from api.acts import competence, folding

if TYPE_CHECKING:
    from api.acts.desk import Desk
    from audit.record import Recorded
    from domain.organisation.state import Named


@dataclass(frozen=True)
class Called:
    """``name`` is that of then, ``now`` the present one where it is another."""

    name: str
    now: str | None

    @classmethod
    def by(cls, then: str, present: str) -> Called:
        """Of the names of then and of now."""
        return cls(then, None if present == then else present)


class Names:
    """Tells names from the register as one desk reads it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: dict[tuple[str, int], Called] = {}
        self._names: dict[str, tuple[Named, ...]] = {}
        self._acting: dict[tuple[str | None, ...], str | None] = {}

    def called(self, organisation: str, position: int) -> Called:
        """How the organisation was called when the record had come to a position."""
        told = self._told.get((organisation, position))
        if told is None:
            told = self._told[organisation, position] = self._called(organisation, position)
        return told

    def acting(self, one: Recorded) -> str | None:
        """In whose name the office acted, where its power says another than its own.

        Who stands in for a seat of another organisation acts by that one's power.
        """
        power = getattr(one.actor, "power", None)
        if power is None:
            return None
        holders = [getattr(each, "organisation", None) for each in (one.event, one.actor)]
        asked = (power, *holders)
        if asked not in self._acting:
            named = (competence.in_name_of(self._desk, holder, power) for holder in holders)
            self._acting[asked] = next(filter(None, named), None)
        return self._acting[asked]

    def _called(self, organisation: str, position: int) -> Called:
        if organisation not in self._names:
            told = folding.names(self._desk.history(organisation))
            self._names[organisation] = tuple(told or ())
        names = self._names[organisation]
        until = bisect_right(names, position, key=attrgetter("since"))
        return Called.by(names[until - 1].name, names[-1].name) if until else Called("", None)
