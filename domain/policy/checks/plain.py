"""Checks of a single kind of fact: a comparison, a time served, a minimum of education."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.condition import Finding
from domain.policy.facts import Facts, NotMentioned
from domain.policy.in_words import length_in_words, when_in_words
from domain.policy.match import When, read_when
from domain.policy.terms import Term, measure, read_term

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.reading import Reader


@dataclass(frozen=True)
class Compared:
    """``require``: facts that must hold; ``forbid``: facts that must not."""

    require: When | None
    forbid: When | None

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Met unless a mentioned fact says otherwise."""
        required = self.require.holds(facts) if self.require else True
        forbidden = self.forbid.holds(facts) if self.forbid else False
        names = (self.require.names() if self.require else frozenset()) | (
            self.forbid.names() if self.forbid else frozenset()
        )
        seen = tuple(
            f"{name}={value}"
            for name in sorted(names)
            if not isinstance(value := facts.value(name), NotMentioned)
        )
        if required is False or forbidden is True:
            return Finding(met=False, facts=seen)
        if required is None or forbidden is None:
            return Finding(met=None, facts=seen)
        return Finding(met=True, facts=seen)


@dataclass(frozen=True)
class Agree:
    """Two named facts that must say the same."""

    stated: str
    true: str

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Met unless both are mentioned and differ; the sentence names the true one."""
        stated, true = facts.value(self.stated), facts.value(self.true)
        if isinstance(stated, NotMentioned) or isinstance(true, NotMentioned):
            return Finding(met=None)
        return Finding(
            met=stated == true,
            facts=(str(stated), str(true)),
            specifics={"authority": str(true)},
        )


@dataclass(frozen=True, kw_only=True)
class Within:
    """A number that must be at least or at most so much, such as hours of further training."""

    fact: str
    at_least: int | None
    at_most: int | None

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Both bounds include the number itself (以上、以下, A-07)."""
        stated = facts.value(self.fact)
        if isinstance(stated, NotMentioned):
            return Finding(met=None)
        number = stated if isinstance(stated, int) else 0
        low = self.at_least is None or number >= self.at_least
        high = self.at_most is None or number <= self.at_most
        return Finding(met=low and high, facts=(str(number),))


@dataclass(frozen=True)
class Served:
    """A time that must have been served whatever the route."""

    term: Term

    def find(self, facts: Facts, context: Context) -> Finding:
        """Measure the time at the reference date."""
        measured = measure(self.term, facts, None, context)
        return Finding(
            met=measured.met,
            computed=measured.computed,
            borderline=measured.near(context.reference, context.borderline_days),
            next_on=measured.reached_on,
            specifics={
                "needed": length_in_words(measured.needed),
                "had": length_in_words(measured.had),
                "reference": context.reference.isoformat(),
                "when": when_in_words(measured.reached_on),
            },
        )


@dataclass(frozen=True)
class AtLeast:
    """A minimum of education, by the rank of the level."""

    minimum: str

    def find(self, facts: Facts, context: Context) -> Finding:
        """Met when any education dated by the reference date reaches the minimum."""
        if isinstance(facts.education, NotMentioned):
            return Finding(met=None)
        rank = context.education_rank
        levels = tuple(
            each.level
            for each in facts.education
            if not each.under_way and (each.awarded is None or each.awarded <= context.reference)
        )
        return Finding(
            met=any(rank.get(level, 0) >= rank[self.minimum] for level in levels),
            facts=levels,
            specifics={"minimum": context.educations[self.minimum]},
        )


def read_facts(reader: Reader) -> Check:
    """``require = { … }`` and ``forbid = { … }``, at least one of them."""
    require = read_when(reader, "require") if "require" in reader else None
    forbid = read_when(reader, "forbid") if "forbid" in reader else None
    if require is None and forbid is None:
        reader.fault("require", "a comparison needs require or forbid", "须写 require 或 forbid")
    return Compared(require, forbid)


def read_agree(reader: Reader) -> Check:
    """``with = { stated = "filing.accepted_by", true = "unit.hr_bureau" }``."""
    parameters = reader.needed("with")
    check = Agree(parameters.named_fact("stated"), parameters.named_fact("true"))
    parameters.finish()
    return check


def read_number(reader: Reader) -> Check:
    """``with = { fact = "training.hours", at_least = 90 }``."""
    parameters = reader.needed("with")
    check = Within(
        fact=parameters.named_fact("fact"),
        at_least=parameters.maybe_number("at_least"),
        at_most=parameters.maybe_number("at_most"),
    )
    if check.at_least is None and check.at_most is None:
        parameters.fault("at_least", "a number needs a bound", "须写 at_least 或 at_most")
    parameters.finish()
    return check


def read_served(reader: Reader) -> Check:
    """``with = { months = 6, of = "work" }``."""
    parameters = reader.needed("with")
    term = read_term(parameters)
    parameters.finish()
    return Served(term)


def read_education(reader: Reader) -> Check:
    """``with = { at_least = "bachelor" }``."""
    parameters = reader.needed("with")
    minimum = parameters.text("at_least")
    parameters.finish()
    return AtLeast(minimum)
