"""Powers (职权): a right to do a kind of act over an area, levels and series, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.area import covers
from domain.policy.chain import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EMPLOYER = "employer"
"""The one body that every registered organisation is, without a grant."""
COMPETENT_DEPARTMENT = "competent_department"
"""The body that registers what is beneath it, and nothing else, without the registry."""
GRANTED_BODIES = tuple(body for body in BODIES if body != EMPLOYER)
"""What an organisation can be in a chain of review by a grant alone."""

REGISTRY = "registry"
IDENTITY = "identity"
INTEGRITY = "integrity"
OBJECTIONS = "objections"
ERASURE = "erasure"
LAW = "law"
WATCH = "watch"
AFFAIRS = (REGISTRY, IDENTITY, INTEGRITY, OBJECTIONS, ERASURE, LAW, WATCH)
"""What an authority does beside reviewing: registering organisations, saying who is who (links,
bindings), misconduct and the integrity record, objections and complaints, erasing what is
personal, putting law in force, auditing and inspecting."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What an act is about, so far as a power has to cover it.

    ``level`` and ``series`` are those of a title; None where the act is not about one.
    """

    area: str
    level: str | None = None
    series: str | None = None


@dataclass(frozen=True, kw_only=True)
class Power:
    """What is granted: to be these bodies and to deal with these affairs, within these bounds.

    No ``levels`` are all levels, no ``series`` all series. ``exercises`` says that the holder does
    such acts, ``passes_on`` that it may grant them to others; one does not bring the other.
    It holds from ``starts_on`` to ``last_day``, both included (Beijing), for good where no day is
    named. ``in_name_of`` is in whose name the holder acts, where that is not its own.
    """

    bodies: tuple[str, ...]
    affairs: tuple[str, ...]
    area: str
    levels: tuple[str, ...]
    series: tuple[str, ...]
    exercises: bool
    passes_on: bool
    in_name_of: str | None
    starts_on: date
    last_day: date | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The bodies and the affairs."""
        return self.bodies + self.affairs

    def reaches(self, matter: Matter) -> bool:
        """Whether what an act is about lies within its bounds."""
        return (
            covers(self.area, matter.area)
            and (matter.level is None or not self.levels or matter.level in self.levels)
            and (matter.series is None or not self.series or matter.series in self.series)
        )

    def beyond(self, source: Power) -> Iterator[str]:
        """In what it is wider than the power that it would come from, by the names of its members.

        Exercising is not passing on: what its source does itself does not bound it.
        """
        if not set(self.bodies) <= set(source.bodies):
            yield "bodies"
        if not set(self.affairs) <= set(source.affairs):
            yield "affairs"
        if not covers(source.area, self.area):
            yield "area"
        if not _narrower(self.levels, source.levels):
            yield "levels"
        if not _narrower(self.series, source.series):
            yield "series"
        if self.starts_on < source.starts_on:
            yield "starts_on"
        if source.last_day is not None and (self.last_day or source.last_day) > source.last_day:
            yield "last_day"
        if source.last_day is not None and self.last_day is None:
            yield "last_day"


def _narrower(named: Iterable[str], bounds: tuple[str, ...]) -> bool:
    """Whether some words lie within bounds; no word means all of them."""
    words = set(named)
    return not bounds or (bool(words) and words <= set(bounds))
