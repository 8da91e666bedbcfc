"""Checks that count: a number year by year, an age, how often a grade was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.policy.condition import Finding, unsaid
from domain.policy.periods import Length, anniversary
from domain.policy.records import YEARLY, NotMentioned

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class EachYear:
    """A number of every one of the last years (近三年每年不少于90学时).

    A year's number is the fact's name with the year after it, such as ``training.hours.2023``.
    ``last`` are the calendar years before that of the reference date; ``including`` counts
    that one as the last. A year of which nothing is stated has none.
    """

    fact: str
    last: int
    at_least: int
    including: bool

    def find(self, facts: Facts, context: Context) -> Finding:
        """Name the years that fall short; not at issue where no year is mentioned."""
        latest = context.reference.year - (0 if self.including else 1)
        years = range(latest - self.last + 1, latest + 1)
        stated = {year: facts.value(f"{self.fact}.{year}") for year in years}
        unsaid_years = [y for y, each in stated.items() if isinstance(each, NotMentioned)]
        if len(unsaid_years) == len(stated):
            return unsaid(self.fact)
        numbers = {year: each if isinstance(each, int) else 0 for year, each in stated.items()}
        short = [year for year, number in numbers.items() if number < self.at_least]
        if short and not facts.assumes_stated and set(short) <= set(unsaid_years):
            return unsaid(*(f"{self.fact}.{year}" for year in short))
        return Finding(
            met=not short,
            facts=tuple(f"{year}: {number}" for year, number in numbers.items()),
        )


@dataclass(frozen=True, kw_only=True)
class Aged:
    """An age in full years at the reference date (年满、未满).

    ``fact`` names the day of birth; ``at_least`` includes the birthday, ``under`` ends before it.
    """

    fact: str
    at_least: int | None
    under: int | None

    def find(self, facts: Facts, context: Context) -> Finding:
        """Too young is cured by time, and the day is told."""
        born = facts.value(self.fact)
        if isinstance(born, NotMentioned):
            return unsaid(self.fact)
        if not isinstance(born, date):
            return Finding(met=False)
        age = Length.between(born, context.reference).years
        young = self.at_least is not None and age < self.at_least
        old = self.under is not None and age >= self.under
        grown = anniversary(born, years=self.at_least) if young and self.at_least else None
        return Finding(met=not young and not old, facts=(f"{age}",), next_on=grown)


@dataclass(frozen=True, kw_only=True)
class Graded:
    """How often a grade was given in the last yearly assessments (近五年优秀一次以上).

    ``last`` are the calendar years before that of the reference date, as for ``EachYear``, and
    that one where it is assessed already; 0 for all that are stated.
    """

    grades: tuple[str, ...]
    at_least: int
    last: int

    def find(self, facts: Facts, context: Context) -> Finding:
        """Count the years; not at issue where no assessment is mentioned."""
        if isinstance(facts.assessments, NotMentioned):
            return unsaid(YEARLY)
        first = context.reference.year - self.last if self.last else 0
        years = sorted((each for each in facts.assessments if each >= first), reverse=True)
        looked_at = years[: self.last] if self.last else years
        given = [year for year in looked_at if facts.assessments[year] in self.grades]
        return Finding(
            met=len(given) >= self.at_least,
            facts=tuple(f"{year}: {facts.assessments[year]}" for year in sorted(looked_at)),
        )


def read_each_year(reader: Reader) -> Check:
    """``with = { fact = "training.hours", last = 3, at_least = 90 }``."""
    parameters = reader.needed("with")
    check = EachYear(
        fact=parameters.named_fact("fact"),
        last=parameters.number("last"),
        at_least=parameters.number("at_least"),
        including=parameters.flag("including", default=False),
    )
    if check.last < 1:
        parameters.fault("last", "asks for no year", "至少看一年")
    parameters.finish()
    return check


def read_age(reader: Reader) -> Check:
    """``with = { fact = "person.born", at_least = 18, under = 60 }``."""
    parameters = reader.needed("with")
    check = Aged(
        fact=parameters.named_fact("fact"),
        at_least=parameters.maybe_number("at_least"),
        under=parameters.maybe_number("under"),
    )
    if check.at_least is None and check.under is None:
        parameters.fault("at_least", "an age needs a bound", "须写 at_least 或 under")
    parameters.finish()
    return check


def read_graded(reader: Reader) -> Check:
    """``with = { grades = ["优秀"], last = 5, at_least = 1 }``."""
    parameters = reader.needed("with")
    check = Graded(
        grades=parameters.texts("grades"),
        at_least=parameters.number("at_least"),
        last=parameters.number("last", 0),
    )
    parameters.finish()
    return check
