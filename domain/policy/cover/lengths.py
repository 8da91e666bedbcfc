"""Edges within an assessment: requirements of time, ages, numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from domain.policy.assess import ways_tried
from domain.policy.checks.numbers import Aged, EachYear
from domain.policy.checks.plain import Compared, Served
from domain.policy.computed import Anniversary
from domain.policy.condition import Rule
from domain.policy.cover.boundary import Boundary, Given, Side
from domain.policy.cover.moving import moved_to
from domain.policy.examples.facts import facts_from
from domain.policy.in_words import length_in_words
from domain.policy.law import Law
from domain.policy.measuring import measure
from domain.policy.periods import Length, anniversary
from domain.policy.records import NotMentioned
from domain.policy.terms import Term
from domain.policy.when import When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.assess_route import Taken
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.measuring import Measured
    from domain.policy.routes import Route


@dataclass(frozen=True, kw_only=True)
class Assessed(Boundary):
    """An edge that an assessment passes."""

    law: Law

    def offsets(self, given: Given) -> list[int]:
        """How far these facts stand from the edge, by each way that leads to it."""
        facts = facts_from(given)
        context, tried = ways_tried(self.law.whole, facts)
        return list(self._found(facts, context, tried))

    def moved(self, given: Given, side: Side) -> Given | None:
        """One date or number moved."""
        return moved_to(given, side, self.offsets)

    def _found(self, _facts: Facts, _context: Context, _tried: list[Taken], /) -> Iterator[int]:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class RouteTerm(Assessed):
    """A requirement of time of a route, as it stands or with one reduction (surcharge)."""

    route: str
    number: int
    term: Term
    needed: Length
    adjusted: tuple[str, ...] = ()

    def _found(self, _facts: Facts, context: Context, tried: list[Taken], /) -> Iterator[int]:
        for taken in tried:
            if taken.route.id != self.route:
                continue
            measured = taken.measured[self.number]
            names = tuple(each.id for each in measured.adjusted)
            if _plain(measured.term) != _plain(self.term) or names != self.adjusted:
                continue
            if measured.reached_on is not None and measured.needed == self.needed:
                yield (context.reference - measured.reached_on).days


@dataclass(frozen=True, kw_only=True)
class AdjustmentTerm(Assessed):
    """The time that brings a reduction (surcharge); looked at where it lies in one piece."""

    route: str
    number: int
    term: Term

    def _found(self, facts: Facts, context: Context, tried: list[Taken], /) -> Iterator[int]:
        for taken in tried:
            if taken.route.id == self.route:
                measured = measure(self.term, facts, taken.education, context)
                yield from _past(measured)


@dataclass(frozen=True, kw_only=True)
class ServedTime(Assessed):
    """A time that is asked of everybody, or of the routes that ask for it."""

    rule: Rule
    term: Term

    def _found(self, facts: Facts, context: Context, _tried: list[Taken], /) -> Iterator[int]:
        if self.rule.when.applies(facts):
            reached = measure(self.term, facts, None, context).reached_on
            if reached is not None:
                yield (context.reference - reached).days


@dataclass(frozen=True, kw_only=True)
class Age(Assessed):
    """An age in full years."""

    rule: Rule
    fact: str
    years: int

    def _found(self, facts: Facts, context: Context, _tried: list[Taken], /) -> Iterator[int]:
        born = facts.value(self.fact)
        if self.rule.when.applies(facts) and isinstance(born, date):
            yield (context.reference - anniversary(born, years=self.years)).days


@dataclass(frozen=True, kw_only=True)
class Number(Assessed):
    """A number that must be reached, or not be passed; ``last`` are the years that are asked."""

    rule: Rule
    fact: str
    bound: int
    last: int = 0
    including: bool = False

    def _found(self, facts: Facts, context: Context, _tried: list[Taken], /) -> Iterator[int]:
        if not self.rule.when.applies(facts):
            return
        latest = context.reference.year - (0 if self.including else 1)
        years = range(latest - self.last + 1, latest + 1)
        names = [f"{self.fact}.{year}" for year in years] if self.last else [self.fact]
        stated = [facts.value(name) for name in names]
        numbers = [each for each in stated if isinstance(each, int)]
        if numbers and not any(isinstance(each, NotMentioned) for each in stated):
            yield min(numbers) - self.bound


def of_assessments(law: Law) -> Iterator[Boundary]:
    """Every edge of the routes and conditions of a law."""
    for route in law.whole.routes.values():
        yield from _of_route(route, law)
    for rule in law.whole.conditions.values():
        yield from _of_rule(f"conditions[{rule.id}]", rule, rule.check, law)


def _of_route(route: Route, law: Law) -> Iterator[Boundary]:
    for number, whole in enumerate(route.terms):
        for choice, term in enumerate(whole.alternatives or (whole,)):
            key = f"routes[{route.id}].terms[{number}]"
            key += f".any[{choice}]" if whole.alternatives else ""
            yield _route_term(key, route, number, term, law)
            for each in term.adjustments:
                own = f"{key}.adjust[{each.id}]"
                reduced = Length.of_months(term.needed.in_months + each.months)
                if reduced and not each.per_grade:
                    changed = replace(term, needed=reduced)
                    asked = _route_term(own, route, number, changed, law)
                    yield replace(asked, term=term, adjusted=(each.id,))
                if each.given is not None:
                    chinese, english = length_in_words(each.given.needed)
                    yield AdjustmentTerm(
                        key=f"{own}.if",
                        kind="eligibility",
                        chinese=f"{route.chinese}：增减年限所需的满{chinese}",
                        english=f"{route.english}: {english}, which change what is needed",
                        citations=each.citations,
                        law=law,
                        route=route.id,
                        number=number,
                        term=each.given,
                    )


def _route_term(key: str, route: Route, number: int, term: Term, law: Law) -> RouteTerm:
    chinese, english = length_in_words(term.needed)
    return RouteTerm(
        key=key,
        kind="eligibility",
        chinese=f"{route.chinese}：满{chinese}",
        english=f"{route.english}: {english}",
        citations=route.citations,
        law=law,
        route=route.id,
        number=number,
        term=term,
        needed=term.needed,
    )


def _of_rule(key: str, rule: Rule, check: Check, law: Law) -> Iterator[Boundary]:
    def told(name: object, chinese: str, english: str) -> dict[str, Any]:
        return {
            "key": f"{key}.{name}",
            "kind": "eligibility",
            "chinese": f"{rule.chinese}：{chinese}",
            "english": f"{rule.english}: {english}",
            "citations": rule.citations,
            "law": law,
            "rule": rule,
        }

    match check:
        case Served(term):
            for each in term.alternatives or (term,):
                chinese, english = length_in_words(each.needed)
                yield ServedTime(**told(each.needed, f"满{chinese}", english), term=each)
        case Aged():
            for name, years in (("at_least", check.at_least), ("under", check.under)):
                if years is not None:
                    said = told(name, f"{years}周岁", f"{years} years of age")
                    yield Age(**said, fact=check.fact, years=years)
        case Compared(require=When(bounds=compared)):
            for one in compared:
                for name, end in (("at_least", one.at_least), ("at_most", one.at_most)):
                    if isinstance(end, int):
                        said = told(f"require.{one.name}.{name}", str(end), str(end))
                        yield Number(**said, fact=one.name, bound=end, last=0, including=False)
        case EachYear(last=last, including=including, at_least=bound):
            if bound is not None:
                said = told("at_least", str(bound), str(bound))
                yield Number(**said, fact=check.fact, bound=bound, last=last, including=including)
        case _:
            return


def _plain(term: Term) -> Term:
    """A requirement without what may change it, so that one is known again."""
    return replace(term, adjustments=(), alternatives=())


def _past(measured: Measured) -> Iterator[int]:
    """By how many days one unbroken period has passed what it needs; negative where it is short."""
    if not measured.several and measured.computed:
        reckoned = measured.computed[-1]
        if isinstance(reckoned, Anniversary):
            end = anniversary(reckoned.start, months=measured.had.in_months)
            yield (end + timedelta(days=measured.had.days) - reckoned.reached).days
