"""At the door nothing is assumed: what nobody said is open, and is never a yes."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from api.law import packs
from domain.policy.comparing import Equal
from domain.policy.examples.answers import cases
from domain.policy.examples.facts import facts_from
from domain.policy.examples.run import law_of
from domain.policy.facts import Facts
from domain.policy.records import NOT_MENTIONED
from domain.policy.soundness import within
from domain.policy.verdict import Outcome
from tests.worked import FILES, worked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.law import Law

LAWS = packs.load_all()
TYPED = [
    each.name
    for each in fields(Facts)
    if each.name not in {"named", "partly", "periods", "assumes_stated", "stated_years"}
]
Changed = TypeVar("Changed")
YES, MOSTLY = Outcome.ELIGIBLE, 0.8
TRIES = 150
JUDGEMENT = "judgement"
RECORDS: dict[str, tuple[str, ...]] = {
    "education": ("mode", "degree", "major"),
    "work": ("evidence",),
    "titles": ("series", "via", "gained", "appointed"),
}


def started() -> list[tuple[Law, Facts]]:
    """The facts of every worked example about eligibility, with its law."""
    found: list[tuple[Law, Facts]] = []
    for path in FILES:
        for example in worked(path)["examples"]:
            if example["kind"] == "eligibility":
                law = law_of(example["locality"], LAWS)
                found += [(law, facts_from(each)) for each in cases(example["facts"])]
    return found


def compared(law: Law) -> list[tuple[str, tuple[Any, ...]]]:
    """Every fact that a law compares with values, and these."""
    every = (each for each in within(law.whole) if isinstance(each, Equal))
    return [(each.name, each.wanted) for each in every]


VALUES = {law.id: compared(law) for law in LAWS}


def changed(law: Law, facts: Facts, dice: random.Random) -> Facts:
    """Some named facts set to what the law asks for, or to something else."""
    named = dict(facts.named)
    for name, wanted in dice.sample(VALUES[law.id], k=dice.choice((0, 0, 0, 1, 3))):
        named[name] = dice.choice([*wanted, None, "别的"])
    return replace(facts, named=named, assumes_stated=False)


def _with(whole: Changed, changed: Mapping[str, Any]) -> Changed:
    more: Any = dict(changed)
    found: Changed = replace(whole, **more)  # type: ignore[type-var]
    return found


def answered(law: Law, facts: Facts, dice: random.Random) -> Facts:
    """The same with an answer to whatever is open, as long as something is."""
    for _ in range(12):
        asked = [each.name for each in law.assess(facts).open]
        if not asked:
            break
        for name in asked:
            facts = _said(law, facts, name, dice)
    return facts


LISTED = {
    "education": "education",
    "work": "work",
    "title": "titles",
    "achievement": "achievements",
}
DAY = date(2020, 7, 1)


def _said(law: Law, facts: Facts, name: str, dice: random.Random) -> Facts:
    """One open fact said, as a law asks for it or otherwise."""
    listed_in, _, own = name.partition(".")
    if name in LISTED:
        return _with(facts, {LISTED[name]: ()})
    if listed_in in LISTED and own:
        records = getattr(facts, LISTED[listed_in])
        values: dict[str, Any] = {"mode": "full_time", "degree": True, "major": "会计"}
        values |= {"series": "会计", "via": "初定", "gained": DAY, "awarded": DAY}
        key = "named" if listed_in == "achievement" else own
        value = {"year": 2023} if listed_in == "achievement" else values.get(own, DAY)
        return _with(facts, {LISTED[listed_in]: tuple(_with(e, {key: value}) for e in records)})
    typed: dict[str, tuple[str, Any]] = {
        "level": ("applied", "assistant"),
        "series": ("series", "农业"),
        "batch": ("batch", "?"),
        "assessments": ("assessments", {2022: "合格", 2023: "合格"}),
        "post": ("post", None),
    }
    facts = _with(facts, dict([typed[name]])) if name in typed else facts
    if name == "vacancy_form":
        return replace(facts, vacancy_form=None)
    wanted = [each for asked, values_ in VALUES[law.id] if asked == name for each in values_]
    return _kindly(
        law,
        facts,
        name,
        [*dice.sample(wanted, len(wanted)), date(2019, 7, 1), True, None, "合格", False],
    )


def _kindly(law: Law, facts: Facts, name: str, answers: list[Any]) -> Facts:
    """The first answer that does not refuse, if there is one."""
    told = [replace(facts, named={**facts.named, name: each}) for each in answers]
    kind = (each for each in told if law.assess(each).outcome is not Outcome.INELIGIBLE)
    return next(kind, told[0])


def lessened(facts: Facts, dice: random.Random) -> Facts:
    """The same with one fact taken away; a judgement only sets others aside."""
    said = [name for name in TYPED if getattr(facts, name) is not NOT_MENTIONED]
    name = dice.choice([*said, *(each for each in facts.named if each != JUDGEMENT)])
    if name in facts.named:
        return replace(facts, named={n: v for n, v in facts.named.items() if n != name})
    records = getattr(facts, name)
    if name in RECORDS and records and dice.random() < 0.7:
        number = dice.randrange(len(records))
        own = dice.choice(RECORDS[name])
        empty = None if name == "titles" else NOT_MENTIONED
        less = _with(records[number], {own: empty})
        return _with(facts, {name: (*records[:number], less, *records[number + 1 :])})
    return _with(facts, {name: NOT_MENTIONED})


def test_taking_a_fact_away_never_makes_a_yes_nor_a_no_nor_a_shorter_way() -> None:
    dice = random.Random(20241119)  # noqa: S311 -- no secret
    every = started()
    eligible = [(law, facts) for law, facts in every if law.assess(facts).outcome is YES]
    seen = dict.fromkeys(Outcome, 0)
    for _ in range(TRIES):
        law, facts = dice.choice(eligible if dice.random() < MOSTLY else every)
        whole = answered(law, changed(law, facts, dice), dice)
        less = lessened(whole, dice)
        before, after = law.assess(whole), law.assess(less)
        seen[before.outcome] += 1
        told = (law.id, whole, less)
        if before.outcome is Outcome.INELIGIBLE:
            assert after.outcome in {Outcome.INELIGIBLE, Outcome.UNDETERMINED}, told
        if before.outcome is YES:
            assert after.outcome is not Outcome.INELIGIBLE, told
        assert {s.id for s in law.chain(whole)} <= {s.id for s in law.chain(less)}, told
        assert {m.id for m in law.materials(whole)} <= {m.id for m in law.materials(less)}, told
        if after.outcome is YES:
            assert after.open == ()
    assert seen[YES]
    assert seen[Outcome.INELIGIBLE]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_a_junior_is_asked_of_no_stay_title_or_work_that_leads_elsewhere(law: Law) -> None:
    facts = facts_from(
        {
            "assume": "door",
            "applied": "assistant",
            "series": "林业工程",
            "education": [{"level": "bachelor", "mode": "full_time", "date": date(2018, 6, 30)}],
            "work": [{"from": date(2018, 7, 2), "relation": "same"}],
            "titles": [],
            "submitted_at": "2024-05-20T10:00:00+08:00",
        }
    )
    asked = {each.name.partition(".")[0] for each in law.assess(facts).open}
    assert asked
    assert not asked & {"education", "work", "title"}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_who_says_nothing_is_told_what_is_open_and_whose_turn_it_is(law: Law) -> None:
    verdict = law.assess(replace(Facts(), assumes_stated=False))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.open
    assert all(each.said_by and each.by for each in verdict.open)
