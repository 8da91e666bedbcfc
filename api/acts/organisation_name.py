"""By which name an organisation was known when something happened, and in whose name it acted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts import competence, folding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.desk import Desk
    from audit.record import History, Recorded


@dataclass(frozen=True)
class Called:
    """``name`` is that of then, ``now`` the present one where it is another."""

    name: str
    now: str | None

    @classmethod
    def by(cls, then: str, present: str) -> Called:
        """Of the names of then and of now."""
        return cls(then, None if present == then else present)


_Then = tuple[list[int], list[Called]]
"""The positions from which an organisation had its names; how it is called before, and since."""
_NAMELESS: _Then = ([], [Called("", None)])


class Names:
    """Tells names from the register as one desk reads it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names: dict[str, _Then] = {}
        self._acting: dict[tuple[str | None, ...], str | None] = {}

    def called(self, organisation: str, position: int) -> Called:
        """How the organisation was called when the record had come to a position."""
        since, called = self._names.get(organisation) or self._known(organisation)
        return called[bisect_right(since, position)]

    def called_each(self, asked: Sequence[tuple[str | None, int]]) -> list[Called]:
        """The same of many; where there is no organisation, an empty name."""
        then = {each: self._known(each) for each in {each for each, _ in asked}}
        return [then[each][1][bisect_right(then[each][0], at)] for each, at in asked]

    def _known(self, organisation: str | None) -> _Then:
        if organisation is None:
            return _NAMELESS
        known = self._names[organisation] = self._desk.history(organisation).once(_then)
        return known

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


def _then(history: History) -> _Then:
    names = tuple(folding.names(history) or ())
    called = (Called.by(each.name, names[-1].name) for each in names)
    return [each.since for each in names], [*_NAMELESS[1], *called]
