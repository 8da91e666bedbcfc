"""Which rules a verdict rests on: of what was at issue, never of what nobody mentioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.checks.achievements import SomeOf
from domain.policy.records import NotMentioned
from domain.policy.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.verdict import Condition, Verdict
    from domain.refusal import Citation


def touched(verdict: Verdict, facts: Facts, law: Law) -> dict[str, None]:
    """The ids of the rules, in the order in which they are met."""
    return dict.fromkeys(each.rule for each in _cited(verdict, facts, law))


def _cited(verdict: Verdict, facts: Facts, law: Law) -> Iterator[Citation]:
    for condition in verdict.root.walk():
        if condition.status is not Status.NOT_AT_ISSUE:
            yield from condition.citations
            yield from _achievements(condition, law)
    for refusal in verdict.refusals:
        yield from refusal.citations
    if verdict.authority is not None:
        yield from verdict.authority.citations
    if verdict.computed and law.whole.years is not None:
        yield from law.whole.years.citations
    if (batch := law.whole.batches.get(verdict.batch or "")) is not None:
        yield from batch.citations
    if not isinstance(facts.education, NotMentioned):
        for each in facts.education:
            if (known := law.whole.educations.get(each.level)) and known.counts_as:
                yield from known.citations


def _achievements(condition: Condition, law: Law) -> Iterator[Citation]:
    """Of a list of achievements those that were counted."""
    rule = law.whole.conditions.get(condition.id)
    if rule is not None and isinstance(rule.check, SomeOf):
        for item in rule.check.listed:
            if item.chinese in condition.facts:
                yield from item.citations
