"""Achievements (业绩条件): at least so many of the listed ones, each only as far as it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.policy.condition import Finding
from domain.policy.facts import Achievement, Facts, NotMentioned
from domain.policy.match import When, read_when
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One listed achievement.

    ``when`` says for whom it counts, and reads the claim itself as ``achievement.…``;
    ``within_years`` how recent it must be, ``count`` how many such claims make one (论文两篇).
    """

    id: str
    aliases: tuple[str, ...]
    chinese: str
    english: str
    when: When
    within_years: int | None
    citations: tuple[Citation, ...]
    count: int = 1

    def shown(self, claims: Iterable[Achievement], facts: Facts, context: Context) -> bool:
        """Whether as many of the claims count as it takes."""
        return sum(self.counts(each, facts, context) for each in claims) >= self.count

    def counts(self, claim: Achievement, facts: Facts, context: Context) -> bool:
        """Whether the claim is this achievement and nothing mentioned speaks against it."""
        if claim.item not in (self.id, *self.aliases):
            return False
        named = {f"achievement.{name}": value for name, value in claim.named.items()}
        if self.when.holds(replace(facts, named={**facts.named, **named})) is False:
            return False
        year = claim.named.get("year")
        if self.within_years is None or not isinstance(year, int):
            return True
        return context.reference.year - year <= self.within_years


@dataclass(frozen=True)
class SomeOf:
    """At least ``at_least`` of the listed achievements."""

    at_least: int
    listed: tuple[Listed, ...]

    def find(self, facts: Facts, context: Context) -> Finding:
        """Count each listed achievement once."""
        if isinstance(facts.achievements, NotMentioned):
            return Finding(met=None)
        counted = [
            item.chinese for item in self.listed if item.shown(facts.achievements, facts, context)
        ]
        return Finding(
            met=len(counted) >= self.at_least,
            facts=tuple(counted),
            specifics={"needed": str(self.at_least), "had": str(len(counted))},
        )


def read_achievements(reader: Reader) -> Check:
    """``at_least = 1`` and the list ``items``."""
    listed = reader.by_id("items", _read_listed)
    at_least = reader.number("at_least", 1)
    if at_least > len(listed):
        reader.fault(
            "at_least", "asks for more achievements than are listed", "要求的项数多于所列的业绩"
        )
    return SomeOf(at_least, tuple(listed.values()))


def _read_listed(reader: Reader) -> Listed:
    return Listed(
        id=reader.text("id"),
        aliases=reader.texts("aliases", ()),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        when=read_when(reader),
        within_years=reader.maybe_number("within_years"),
        count=reader.number("count", 1),
        citations=reader.citations(),
    )
