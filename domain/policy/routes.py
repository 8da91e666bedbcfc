"""Routes: with which education, after how many years, one comes to which level.

A route also names the kind of procedure (初聘, 认定考核 …), the kinds of case that it is open
to (first, promotion, transfer …) and further conditions that it asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.facts import Education, NotMentioned
from domain.policy.match import When, read_when
from domain.policy.terms import Term, read_term
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.reading import Reader

STAY = "station"
"""The way of reckoning that counts the time of a post-doctoral stay."""


@dataclass(frozen=True, kw_only=True)
class Schooling:
    """The education that a route asks for; empty means that any will do.

    ``count`` is how many of them are needed, such as two bachelor's degrees;
    ``completed`` asks that a post-doctoral stay has been completed (出站), ``degree`` that a
    degree came with the diploma, or that none did.
    """

    levels: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    count: int = 1
    completed: bool = False
    degree: bool | None = None

    def accepts(self, education: Education, equivalents: Mapping[str, str]) -> bool:
        """Whether this education will do; a mode that is not mentioned is not at issue."""
        level = equivalents.get(education.level, education.level)
        if self.levels and level not in self.levels:
            return False
        if self.completed and (education.left is None or education.withdrew):
            return False
        if self.degree is not None and education.degree is (not self.degree):
            return False
        return (
            not self.modes
            or isinstance(education.mode, NotMentioned)
            or education.mode in self.modes
        )


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way to a level. ``asks`` are ids of ``[[route_conditions]]``."""

    id: str
    chinese: str
    english: str
    levels: tuple[str, ...]
    kind: str
    case_types: tuple[str, ...]
    when: When
    education: Schooling | None
    terms: tuple[Term, ...]
    asks: tuple[str, ...]
    exceptional: bool
    flags: tuple[str, ...]
    citations: tuple[Citation, ...]

    @property
    def counts_stay(self) -> bool:
        """Whether time in a stay that is not over counts: then it need not be completed."""
        return any(each.of == STAY for term in self.terms for each in (term, *term.alternatives))


def read_route(reader: Reader) -> Route:
    """Read one ``[[routes]]`` table."""
    return Route(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        levels=reader.texts("level"),
        kind=reader.text("kind"),
        case_types=reader.texts("case", ()),
        when=read_when(reader),
        education=_read_schooling(reader),
        terms=tuple(_read_terms(reader)),
        asks=reader.texts("asks", ()),
        exceptional=reader.flag("exceptional", default=False),
        flags=reader.texts("flags", ()),
        citations=reader.citations(),
    )


def _read_schooling(reader: Reader) -> Schooling | None:
    table = reader.inner("education")
    if table is None:
        return None
    schooling = Schooling(
        levels=table.texts("level", ()),
        modes=table.texts("mode", ()),
        count=table.number("count", 1),
        completed=table.flag("completed", default=False),
        degree=table.flag("degree") if "degree" in table else None,
    )
    table.finish()
    return schooling


def _read_terms(reader: Reader) -> list[Term]:
    terms: list[Term] = []
    for each in reader.each("terms"):
        terms.append(read_term(each))
        each.finish()
    return terms
