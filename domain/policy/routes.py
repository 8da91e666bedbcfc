"""Routes: with which education, after how many years, one comes to which level.

A route also names the kind of procedure (初聘, 认定考核 …), the kinds of case that it is open
to (first, promotion, transfer …) and further conditions that it asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.policy.asking import read_record, read_when
from domain.policy.terms import Term, read_term
from domain.policy.when import Recorded, When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.condition import Rule
    from domain.policy.reading import Reader
    from domain.policy.terms import Adjustment

OF_BOTH = {"diploma", "degree"}
NONE: Mapping[str, Any] = MappingProxyType({})
STAY = "station"
"""The way of reckoning that counts the time of a post-doctoral stay."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way to a level.

    ``education`` is what one education must be like, or several; without it any will do.
    ``asks`` are ids of conditions.
    """

    id: str
    chinese: str
    english: str
    levels: tuple[str, ...]
    kind: str
    case_types: tuple[str, ...]
    when: When
    education: Recorded | None
    terms: tuple[Term, ...]
    asks: tuple[str, ...]
    exceptional: bool
    flags: tuple[str, ...]
    citations: tuple[Citation, ...]

    @cached_property
    def counts_stay(self) -> bool:
        """Whether time in a stay that is not over counts: then it need not be completed."""
        return any(each.of == STAY for term in self.terms for each in (term, *term.alternatives))

    def under(
        self,
        adjustments: tuple[Adjustment, ...] = (),
        conditions: Mapping[str, Rule] = NONE,
        ranks: Mapping[str, int] = NONE,
    ) -> Way:
        """The way that it is where the law has these surcharges and conditions for all routes."""
        highest = max(self.levels, key=lambda level: ranks.get(level, 0), default=None)
        return Way(
            route=self,
            terms=self._surcharged(adjustments),
            asks=tuple(conditions[name] for name in self.asks),
            highest=highest,
            rank=ranks.get(highest or "", 0),
        )

    def _surcharged(self, adjustments: tuple[Adjustment, ...]) -> tuple[Term, ...]:
        """General surcharges fall on the last requirement of the first row.

        Where that is time after the diploma and time after the degree, on both.
        """
        row = 1
        while row < len(self.terms) and self.terms[row].after == "previous":
            row += 1
        last = self.terms[row - 1].after if self.terms else None
        return tuple(
            term.adjusted_by(adjustments)
            if number == row - 1 or {term.after, last} == OF_BOTH
            else term
            for number, term in enumerate(self.terms)
        )


class Way(NamedTuple):
    """A route as the whole law has it: with the surcharges, and the conditions it asks for.

    ``highest`` is the highest level to which it leads, ``rank`` that level's.
    """

    route: Route
    terms: tuple[Term, ...]
    asks: tuple[Rule, ...]
    highest: str | None
    rank: int


def read_route(reader: Reader) -> Route:
    """Read one ``[[routes]]`` table; that there be no such education is asked under ``when``."""
    education = read_record(reader, "education", "education")
    if education and not education.count:
        reader.fault(
            "education",
            "a route rests on an education; that there be none is asked under when",
            "途径所依据的学历不能是 0 个；要求没有某种学历的，写在 when 里",
        )
    return Route(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        levels=reader.texts("level"),
        kind=reader.text("kind"),
        case_types=reader.texts("case", ()),
        when=read_when(reader),
        education=education,
        terms=tuple(_read_terms(reader)),
        asks=reader.texts("asks", ()),
        exceptional=reader.flag("exceptional", default=False),
        flags=reader.texts("flags", ()),
        citations=reader.citations(),
    )


def _read_terms(reader: Reader) -> list[Term]:
    terms: list[Term] = []
    for each in reader.each("terms"):
        terms.append(read_term(each))
        each.finish()
    return terms
