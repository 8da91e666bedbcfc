"""What the checks of achievements, employers and specialties find."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.checks.achievements import Listed, SomeOf
from domain.policy.checks.consents import Consented
from domain.policy.checks.specialty import SpecialtiesAgree
from domain.policy.comparing import Equal
from domain.policy.condition import Finding, unsaid
from domain.policy.when import ALWAYS, When
from tests.policy.conftest import told
from tests.policy.occasions import occasion
from tests.policy.tables import CITED

Answer = bool | None


def listed(**changed: Any) -> Listed:  # noqa: ANN401 -- whatever it says
    plain: dict[str, Any] = {
        "id": "paper",
        "aliases": ("三",),
        "chinese": "论文",
        "english": "paper",
        "when": ALWAYS,
        "within_years": 5,
        "citations": CITED,
    }
    return Listed(**{**plain, **changed})


@pytest.mark.parametrize(
    ("claim", "counts"),
    [
        ({"item": "paper"}, True),
        ({"item": "三"}, True),
        ({"item": "四"}, False),
        ({"item": "paper", "year": 2019}, True),
        ({"item": "paper", "year": 2018}, False),
        ({"item": "paper", "year": "long ago"}, True),
    ],
)
def test_an_achievement_counts_as_long_as_it_is_recent(
    claim: dict[str, Any], counts: Answer
) -> None:
    facts = told(achievements=[claim])
    assert SomeOf(1, (listed(),)).find(facts, occasion()) == Finding(
        met=counts,
        facts=("论文",) if counts else (),
        specifics={"needed": "1", "had": "1" if counts else "0"},
    )


def test_an_achievement_without_a_term_never_ages() -> None:
    facts = told(achievements=[{"item": "paper", "year": 1950}])
    assert SomeOf(1, (listed(within_years=None),)).find(facts, occasion()).met is True


def test_an_achievement_counts_for_whom_it_is_meant_and_reads_the_claim_itself() -> None:
    first = listed(
        when=When((Equal("achievement.rank", (1,)), Equal("unit.ownership", ("state",))))
    )
    check = SomeOf(1, (first,))

    def met(rank: int, ownership: str) -> bool | None:
        claim = [{"item": "paper", "rank": rank}]
        return check.find(told(achievements=claim, unit={"ownership": ownership}), occasion()).met

    assert met(1, "state") is True
    assert met(2, "state") is False
    assert met(1, "private") is False
    assert check.find(told(achievements=[{"item": "paper"}]), occasion()).met is True


def test_achievements_are_counted_each_once() -> None:
    two = SomeOf(2, (listed(), listed(id="prize", aliases=(), chinese="奖项")))
    twice = told(achievements=[{"item": "paper"}, {"item": "三"}])
    assert two.find(twice, occasion()).met is False
    both = told(achievements=[{"item": "prize"}, {"item": "三"}])
    assert two.find(both, occasion()) == Finding(
        met=True, facts=("论文", "奖项"), specifics={"needed": "2", "had": "2"}
    )
    assert two.find(told(), occasion()) == unsaid("achievement")


@pytest.mark.parametrize(
    ("taken", "met", "missing"),
    [
        (["unit", "bureau"], True, ""),
        (["bureau"], False, "unit"),
        ([], False, "unit、bureau"),
    ],
)
def test_steps_of_others_that_are_missing_are_named(
    taken: list[str], met: Answer, missing: str
) -> None:
    check = Consented(("unit", "bureau"))
    standing = (
        f"尚缺前置环节 {missing}",
        f"still missing before this one are {missing.replace('、', ', ')}",
    )
    assert check.find(told(consents=taken), occasion()) == Finding(
        met=met, facts=tuple(taken), specifics={"standing": standing}
    )
    assert check.find(told(consents=None), occasion()).met is False
    assert check.find(told(), occasion()) == unsaid("consents")


def specialties(**changed: Any) -> SpecialtiesAgree:  # noqa: ANN401 -- whatever it says
    plain: dict[str, Any] = {
        "of": ("major", "specialty.worked"),
        "judgement": "judgement",
        "accept": ("same", "close"),
        "differing": "judge",
        "by_work": False,
    }
    return SpecialtiesAgree(**{**plain, **changed})


WORKED = [
    {"from": date(2019, 1, 1), "to": date(2020, 1, 1), "relation": "close"},
    {"from": date(2021, 1, 1), "relation": "other"},
]


@pytest.mark.parametrize(
    ("check", "facts", "finding"),
    [
        (specialties(), {"judgement": "close"}, Finding(met=True, facts=("judgement=close",))),
        (
            specialties(),
            {"judgement": "different"},
            Finding(met=False, facts=("judgement=different",)),
        ),
        (
            specialties(),
            {"major": "园艺专业", "specialty.worked": "园艺"},
            Finding(met=True, facts=("园艺", "园艺")),
        ),
        (
            specialties(),
            {"major": "园艺", "specialty.worked": "农艺"},
            Finding(met=False, facts=("园艺", "农艺"), manual=True),
        ),
        (
            specialties(differing="refuse"),
            {"major": "园艺", "specialty.worked": "农艺"},
            Finding(met=False, facts=("园艺", "农艺")),
        ),
        (
            specialties(),
            {"major": "园艺", "work": WORKED},
            Finding(met=None, facts=("园艺",), open_on=frozenset({"specialty.worked"})),
        ),
        (specialties(by_work=True), {"work": WORKED}, Finding(met=False, facts=("other",))),
        (
            specialties(by_work=True),
            {"work": WORKED[:1]},
            Finding(met=True, facts=("close",)),
        ),
        (specialties(by_work=True), {"work": []}, unsaid("major", "specialty.worked")),
        (specialties(by_work=True), {}, unsaid("major", "specialty.worked")),
    ],
)
def test_specialties_agree_by_judgement_by_words_or_by_the_latest_work(
    check: SpecialtiesAgree, facts: dict[str, Any], finding: Finding
) -> None:
    assert check.find(told(**facts), occasion()) == finding
