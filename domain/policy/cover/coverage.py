"""Running the examples of a law: what they touch, where they stand, and what should be added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.policy.cover.boundary import Boundary, Given, Side, nearest
from domain.policy.cover.days import of_calendar
from domain.policy.cover.lengths import of_assessments
from domain.policy.examples.answers import answer, cases
from domain.policy.examples.facts import ExampleError
from domain.policy.examples.run import law_of
from domain.policy.header import Quoted
from domain.policy.law import Law
from domain.policy.soundness import support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.calendar import Calendar

UNASKED = frozenset(
    {
        "refusals",
        "areas",
        "recusal_grounds",
        "retention",
        "objections",
        "process_terms",
        "votes",
        "vacancy_form",
        "publicity_default",
        "levels",
        "educations",
    }
)
"""Sections about which no kind of example asks."""


@dataclass(frozen=True)
class Clause:
    """A rule of the notice that no example touches, and the entries that rest on it.

    ``askable`` is False where no kind of example asks about any of them.
    """

    quoted: Quoted
    entries: tuple[str, ...]
    askable: bool


@dataclass(frozen=True)
class Proposal:
    """An example that would stand on a side of an edge.

    ``near`` is the example from which its facts come, None where there was none.
    """

    id: str
    kind: str
    facts: Given
    answers: tuple[Mapping[str, Any], ...]
    near: str | None


@dataclass(frozen=True)
class Tried:
    """An edge, on which sides of it examples stand, and a proposal for each of the others."""

    boundary: Boundary
    sides: Mapping[Side, str]
    proposals: Mapping[Side, Proposal]

    @property
    def complete(self) -> bool:
        """Whether an example stands a day before, on and after it."""
        return len(self.sides) == len(Side)


@dataclass(frozen=True)
class Coverage:
    """What the examples of one law leave untried. ``failed`` are those that can't be run."""

    law: Law
    examples: int
    clauses: int
    untouched: tuple[Clause, ...]
    tried: tuple[Tried, ...]
    failed: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every clause that can be asked about is touched and every edge tried."""
        asked = not any(each.askable for each in self.untouched)
        return asked and not self.failed and all(each.complete for each in self.tried)


def coverage(law: Law, examples: Iterable[Mapping[str, Any]], calendar: Calendar) -> Coverage:
    """Run the examples that are meant for this law, and look at what they leave out."""
    own = [each for each in examples if _meant_for(each, law)]
    touched: set[str] = set()
    failed: list[str] = []
    cases_of: list[tuple[str, str, Given]] = []
    for each in own:
        name, kind = str(each.get("id", "?")), str(each.get("kind"))
        try:
            answers = answer(kind, each["facts"], law, calendar)
            split = list(cases(each["facts"])) if kind == "eligibility" else [each["facts"]]
        except (ExampleError, KeyError) as wrong:
            failed.append(f"{name}: {wrong}")
            continue
        touched |= {rule for one in answers for rule in one.get("rests_on", ())}
        cases_of += [(name, kind, given) for given in split]
    edges = [*of_calendar(law, calendar), *of_assessments(law)]
    rules = {rule: each for rule, each in law.rules.items() if each.citation.source == law.id}
    resting = support(law)
    return Coverage(
        law=law,
        examples=len(own),
        clauses=len(rules),
        untouched=tuple(
            _clause(resting, rule, each) for rule, each in rules.items() if rule not in touched
        ),
        tried=tuple(_tried(each, cases_of, law, calendar) for each in edges),
        failed=tuple(failed),
    )


def _meant_for(example: Mapping[str, Any], law: Law) -> bool:
    try:
        law_of(str(example.get("locality", "ALL")), [law])
    except ExampleError:
        return False
    return True


def _clause(resting: Mapping[str, frozenset[str]], rule: str, quoted: Quoted) -> Clause:
    entries = tuple(key for key, rules in resting.items() if rule in rules)
    sections = {each.partition("[")[0] for each in entries}
    return Clause(quoted, entries, askable=bool(sections - UNASKED))


def _tried(
    boundary: Boundary, cases_of: list[tuple[str, str, Given]], law: Law, calendar: Calendar
) -> Tried:
    standing = [
        (name, given, offsets)
        for name, kind, given in cases_of
        if kind == boundary.kind
        if (offsets := boundary.offsets(given))
    ]
    sides: dict[Side, str] = {}
    for side in Side:
        for name, _, offsets in standing:
            if side in offsets:
                sides.setdefault(side, name)
    proposals = {}
    for side in Side:
        if side not in sides:
            proposal = _proposed(boundary, side, standing, law, calendar)
            if proposal is not None:
                proposals[side] = proposal
    return Tried(boundary, sides, proposals)


def _proposed(
    boundary: Boundary,
    side: Side,
    standing: list[tuple[str, Given, list[int]]],
    law: Law,
    calendar: Calendar,
) -> Proposal | None:
    """From the nearest example that can be moved there, else from nothing."""
    near = sorted(standing, key=lambda each: nearest(each[2], side) or 0)
    for name, base in _bases(near, boundary):
        facts = boundary.moved(base, side)
        if facts is None or side not in boundary.offsets(facts):
            continue
        answers = tuple(answer(boundary.kind, facts, law, calendar))
        return Proposal(f"{boundary.key}.{side.name.lower()}", boundary.kind, facts, answers, name)
    return None


def _bases(
    near: list[tuple[str, Given, list[int]]], boundary: Boundary
) -> Iterator[tuple[str | None, Given]]:
    for name, given, _ in near:
        yield name, given
    if (blank := boundary.blank()) is not None:
        yield None, blank
