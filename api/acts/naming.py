"""By which name an organisation was known when something happened, and by which it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts import folding

if TYPE_CHECKING:
    from api.acts.desk import Desk


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

    def called(self, organisation: str, position: int) -> Called:
        """How the organisation was called when the record had come to a position."""
        told = self._told.get((organisation, position))
        if told is None:
            told = self._told[organisation, position] = self._called(organisation, position)
        return told

    def _called(self, organisation: str, position: int) -> Called:
        history = self._desk.history(organisation)
        now, then = folding.organisation(history), folding.organisation(history.as_of(position))
        if now is None or then is None:
            return Called("", None)
        return Called.by(then.name, now.name)
