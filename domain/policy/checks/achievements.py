"""Achievements (业绩条件): how many of the listed ones count, and where those claimed come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.condition import Finding, unsaid
from domain.policy.records import NOT_MENTIONED, Achievement, NotMentioned
from domain.policy.truth import Truth, at_least, every
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
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

    def shown(self, claims: Iterable[Achievement], facts: Facts, context: Context) -> Truth:
        """Whether as many of the claims count as it takes."""
        return at_least(self.count, (self.counts(each, facts, context) for each in claims))

    def counts(self, claim: Achievement, facts: Facts, context: Context) -> Truth:
        """Whether the claim is this achievement and counts for whom claims it."""
        if claim.item not in (self.id, *self.aliases):
            return False
        return every((self.when.fits(_beside(claim, facts)), self._recent(claim, facts, context)))

    def open_on(self, claims: Iterable[Achievement], facts: Facts) -> frozenset[str]:
        """What it turns on whether the claims count."""
        own = [each for each in claims if each.item in (self.id, *self.aliases)]
        found = frozenset[str]().union(*(self.when.open_on(_beside(e, facts)) for e in own))
        undated = self.within_years is not None and any("year" not in e.named for e in own)
        return found | {"achievement.year"} if undated else found

    def _recent(self, claim: Achievement, facts: Facts, context: Context) -> Truth:
        if self.within_years is None:
            return True
        year = claim.named.get("year")
        if not isinstance(year, int):
            return facts.settled(None, silent=True)
        return context.reference.year - year <= self.within_years


def _beside(claim: Achievement, facts: Facts) -> Facts:
    """The facts of the case with what the claim says of itself."""
    named = {f"achievement.{name}": value for name, value in claim.named.items()}
    return replace(facts, named={**facts.named, **named})


@dataclass(frozen=True)
class SomeOf:
    """At least ``at_least`` of the listed achievements."""

    at_least: int
    listed: tuple[Listed, ...]

    def find(self, facts: Facts, context: Context) -> Finding:
        """Count each listed achievement once."""
        if isinstance(facts.achievements, NotMentioned):
            return unsaid("achievement")
        claims = facts.achievements
        answers = [(item, item.shown(claims, facts, context)) for item in self.listed]
        counted = tuple(item.chinese for item, answer in answers if answer)
        open_on = (item.open_on(claims, facts) for item, answer in answers if answer is None)
        met = at_least(self.at_least, (answer for _, answer in answers))
        return Finding(
            met=met,
            facts=counted,
            specifics={"needed": str(self.at_least), "had": str(len(counted))},
            open_on=frozenset[str]().union(*open_on) if met is None else frozenset(),
        )


@dataclass(frozen=True)
class Recorded:
    """Every achievement claimed comes out of the person's own record, confirmed by an employer."""

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Name those that don't; what no employer has looked at yet is open."""
        if isinstance(facts.achievements, NotMentioned):
            return unsaid("achievement")
        claims = facts.achievements
        if outside := _items(each for each in claims if each.recorded is False):
            return Finding(met=False, specifics={"achievements": outside})
        if refused := _items(each for each in claims if each.confirmed is False):
            told = {"achievements": refused}
            return Finding(met=False, code="ACHIEVEMENT_REFUSED", specifics=told)
        parts = ("recorded", "confirmed")
        lacking = {part for part in parts for each in claims if each.value(part) is NOT_MENTIONED}
        if lacking:
            return unsaid(*(f"achievement.{part}" for part in lacking))
        return Finding(met=True, facts=tuple(each.item for each in claims))


def _items(claims: Iterable[Achievement]) -> str:
    return "、".join(dict.fromkeys(each.item for each in claims))


def read_recorded(_reader: Reader) -> Check:
    """Has no parameters."""
    return Recorded()


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
