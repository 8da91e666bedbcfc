"""Checks of a single kind of fact: a comparison, a time served, a minimum of education."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.condition import Finding, unsaid
from domain.policy.in_words import length_in_words, when_in_words
from domain.policy.measuring import measure
from domain.policy.records import NotMentioned, said
from domain.policy.terms import Term, read_term
from domain.policy.truth import every, negated
from domain.policy.when import When

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader
    from domain.refusals.sentences_by_code import Words


COMPARED = frozenset({"needed", "had", "authority"})
"""What a comparison tells: with what it compares, the body where it is one, and what there is."""


@dataclass(frozen=True)
class Compared:
    """``require``: facts that must hold; ``forbid``: facts that must not."""

    require: When | None
    forbid: When | None

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Both must be as they should."""
        seen = tuple(
            f"{name}={said(value)}"
            for name in self._names
            if not isinstance(value := facts.value(name), NotMentioned)
        )
        met = every(
            (
                self.require.holds(facts) if self.require else True,
                negated(self.forbid.holds(facts)) if self.forbid else True,
            )
        )
        open_on = frozenset[str]()
        if met is None and not facts.assumes_stated:
            open_on = open_on.union(*(each.open_on(facts) for each in self._parts))
        told = self._told(facts) if met is False else {}
        return Finding(met=met, facts=seen, open_on=open_on, specifics=told)

    @cached_property
    def _parts(self) -> tuple[When, ...]:
        return tuple(each for each in (self.require, self.forbid) if each)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(frozenset[str]().union(*(each.names() for each in self._parts))))

    def _told(self, facts: Facts) -> dict[str, Words]:
        """What the first fact is that is compared, and with what: ``had`` and ``needed``."""
        bound = next(iter(self.require.bounds), None) if self.require else None
        if bound is None:
            return dict.fromkeys(COMPARED, "……")
        needed = next(each for each in bound.ends() if each is not None)
        wanted = facts.value(needed) if isinstance(needed, str) else needed
        had, told = facts.value(bound.name), str(wanted)
        there = ("无", "none") if had is None else str(had)
        return {"had": there, "needed": told, "authority": told}


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
            open_on=measured.open_on,
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
            return unsaid("education")
        rank = context.ranks.educations
        levels = tuple(
            each.level
            for each in facts.education
            if not each.under_way and (each.awarded is None or each.awarded <= context.reference)
        )
        return Finding(
            met=any(rank.get(level, 0) >= rank[self.minimum] for level in levels),
            facts=levels,
            specifics={"minimum": context.educations[self.minimum].words},
        )


def read_facts(reader: Reader) -> Check:
    """``require = { … }`` and ``forbid = { … }``, at least one of them."""
    require = read_when(reader, "require") if "require" in reader else None
    forbid = read_when(reader, "forbid") if "forbid" in reader else None
    if require is None and forbid is None:
        reader.fault("require", "a comparison needs require or forbid", "须写 require 或 forbid")
    return Compared(require, forbid)


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
