"""Four walks for every rule that can refuse: honest, silent, without paper, found out.

Somebody of whom it is true what the rule refuses says so; says nothing of it; claims otherwise
without a paper; claims otherwise with one, and whoever looks at it finds it untrue. None of them
may come to a title. What a rule turns on is found by leaving one thing that a worked example
tells out after another.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from domain.policy.records import NOT_MENTIONED, NotMentioned
from domain.policy.sources import Source
from domain.policy.verdict import Outcome
from domain.replacing import replace
from tests.stories.living import GROUPS, SHOWN, NotLivedError, lived
from tests.stories.proving import LAWS, Situation, own_rules, situations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from tests.stories.living import Life

CLAIMED: Mapping[str, str] = {
    "education": "education",
    "work": "work",
    "titles": "title",
    "assessments": "assessments",
    "achievements": "achievement",
}
"""The lists of a worked example, and the facts that they tell."""
_INSURED = dict.fromkeys(("employer.insured", "proof.seals"), "insurance")
"""What the claim of the social insurance tells."""
WALKS = ("honest", "silent", "paperless", "found_out")
_TRIED = 6
"""How many examples are tried for a rule before the one that shows most is taken."""


@dataclass(frozen=True, kw_only=True)
class Refusing:
    """A rule that refuses an example, and what it turns on there: facts by their names."""

    rule: str
    situation: Situation
    turns_on: frozenset[str]

    @property
    def law(self) -> Law:
        """The law whose rule it is."""
        return LAWS[self.situation.law]

    @property
    def otherwise(self) -> Facts:
        """The example without it: what somebody says who lies."""
        told = self.situation.facts
        for name in self.turns_on:
            told = _left_out(told, name)
        return told

    @property
    def spoken(self) -> frozenset[str]:
        """What of it the applicant or a reviewer says; never the register or the clock."""
        return frozenset(
            each
            for each in self.turns_on
            if each in GROUPS or not {Source.REGISTER} >= set(self.law.said_by(each))
        )

    @property
    def shown(self) -> frozenset[str]:
        """What of that the notice wants shown by a paper."""
        whole = self.law.whole
        asked = {each.material for each in whole.facts.values()}
        papers = [each for each in whole.materials.values() if each.required or each.id in asked]
        supported = {SHOWN.get(kind, kind) for each in papers for kind in each.supports}
        return self.claimed & supported

    @property
    def claimed(self) -> frozenset[str]:
        """What of it is the applicant's to claim."""
        return frozenset(
            _INSURED.get(each, each)
            for each in self.spoken
            if each in GROUPS or Source.APPLICANT in self.law.said_by(each)
        )


def _left_out(facts: Facts, name: str) -> Facts:
    for listed, fact in CLAIMED.items():
        if fact == name:
            unsaid: dict[str, Any] = {listed: NOT_MENTIONED}
            return replace(facts, **unsaid)
    kept = {each: value for each, value in facts.named.items() if each != name}
    return replace(facts, named=kept)


def _told(facts: Facts) -> Iterator[str]:
    for each in fields(facts):
        mentioned = not isinstance(getattr(facts, each.name), NotMentioned)
        if each.name in CLAIMED and mentioned:
            yield CLAIMED[each.name]
    yield from facts.named


def _refuses(law: Law, facts: Facts) -> frozenset[str]:
    refusals = law.assess(facts).refusals
    return frozenset(cited.rule for each in refusals for cited in each.citations)


@cache
def refusing() -> Mapping[str, tuple[Refusing, ...]]:
    """Each rule of a notice that refuses an example, with the examples that it refuses."""
    own, found = own_rules(), dict[str, list[Refusing]]()
    for one in situations():
        law = LAWS[one.law]
        if law.assess(one.facts).outcome is not Outcome.INELIGIBLE:
            continue
        refused = _refuses(law, one.facts) & own.keys()
        without = {e: _refuses(law, _left_out(one.facts, e)) for e in _told(one.facts)}
        for rule in refused:
            turns_on = frozenset(name for name, left in without.items() if rule not in left)
            found.setdefault(rule, []).append(Refusing(rule=rule, situation=one, turns_on=turns_on))
    return {rule: tuple(each) for rule, each in sorted(found.items())}


def walk(one: Refusing, kind: str) -> Life | None:
    """One of the four walks; None where there is nothing that somebody could say."""
    law, facts = one.law, one.situation.facts
    try:
        match kind:
            case "honest":
                return lived(law, facts)
            case "silent" if one.spoken:
                return lived(law, one.otherwise, unsaid=one.spoken)
            case "paperless" if one.shown:
                return lived(law, one.otherwise, bare=one.shown)
            case "found_out" if one.claimed:
                return lived(law, one.otherwise, untrue=one.claimed)
            case _:
                return None
    except NotLivedError:
        return None


def walks(rule: str) -> dict[str, Life]:
    """The walks of a rule by their kinds, those of the example that shows most."""
    best: dict[str, Life] = {}
    for one in sorted(refusing()[rule], key=_shows_most)[:_TRIED]:
        ended = {kind: life for kind in WALKS if (life := walk(one, kind)) is not None}
        best = max(best, ended, key=len)
        if len(best) == len(WALKS):
            break
    return best


def _shows_most(one: Refusing) -> tuple[bool, bool, int]:
    return not one.claimed, not one.spoken, len(one.turns_on)
