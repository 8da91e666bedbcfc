"""When a rule applies: alternatives, exceptions, groups of levels, spellings, what is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.asking import read_when
from domain.policy.comparing import Equal, bare
from domain.policy.facts import Facts
from domain.policy.records import NOT_MENTIONED
from domain.policy.when import ALWAYS, When
from tests.policy.conftest import told
from tests.policy.tables import reader_of

Answer = bool | None


def when(table: dict[str, Any]) -> When:
    return read_when(reader_of({"when": table}))


def named(**facts: Any) -> Facts:  # noqa: ANN401 -- whatever may be compared
    return Facts(named={key.replace("__", "."): value for key, value in facts.items()})


STATE, PRIVATE = named(unit__ownership="state"), named(unit__ownership="private")
FROM_ABROAD = {"degree.foreign": True}


@pytest.mark.parametrize(
    ("table", "facts", "answer"),
    [
        ({}, Facts(), True),
        ({"unit.ownership": "state"}, STATE, True),
        ({"unit.ownership": "state"}, PRIVATE, False),
        ({"unit.ownership": "state"}, Facts(), None),
        ({"unit.ownership": ["state", "private"]}, PRIVATE, True),
        ({"unit.ownership": "sta*"}, STATE, True),
        ({"unit.ownership": "sta"}, STATE, False),
        ({"unit.ownership": "state", **FROM_ABROAD}, STATE, None),
        ({"unit.ownership": "state", **FROM_ABROAD}, PRIVATE, False),
        ({"any": [{"unit.ownership": "state"}, FROM_ABROAD]}, STATE, True),
        ({"any": [{"unit.ownership": "state"}, FROM_ABROAD]}, PRIVATE, None),
        ({"any": [{"unit.ownership": "state"}, {"unit.ownership": "mixed"}]}, PRIVATE, False),
        ({"unless": {"unit.ownership": "state"}}, STATE, False),
        ({"unless": {"unit.ownership": "state"}}, PRIVATE, True),
        ({"unless": {"unit.ownership": "state"}}, Facts(), True),
    ],
)
def test_a_test_holds_fails_or_turns_on_what_is_not_mentioned(
    table: dict[str, Any], facts: Facts, answer: Answer
) -> None:
    assert when(table).holds(facts) is answer


@pytest.mark.parametrize(
    ("asked", "value", "answer"),
    [
        ("none", None, True),
        ("none", False, True),
        ("none", (), True),
        ("none", "some", False),
        ("none", True, False),
        ("none", 0, False),
        ("some", None, False),
        ("some", False, False),
        ("some", (), False),
        ("some", "text", True),
        ("some", True, True),
        ("some", date(2024, 1, 1), True),
        (["none", "text"], (), True),
        (True, True, True),
        (True, False, False),
        (False, False, True),
        (True, 1, False),
        (1, True, False),
        (1, 1, True),
        (1, 2, False),
        (1, "1", False),
        ("1", 1, False),
        ("2024-01-01", date(2024, 1, 1), False),
        ("甲", ("乙", "甲"), True),
        ("丙", ("乙", "甲"), False),
    ],
)
def test_a_value_is_compared_by_its_kind(asked: object, value: Any, answer: Answer) -> None:  # noqa: ANN401 -- a fact
    assert when({"licence": asked}).holds(named(licence=value)) is answer


@pytest.mark.parametrize(
    ("asked", "applied", "answer"),
    [
        ("junior", "junior", True),
        ("junior", "yuan", True),
        ("junior", "assistant", True),
        ("junior", "intermediate", False),
        ("senior", "deputy_senior", True),
        ("deputy_senior", "senior", False),
        ("assistant", "junior", False),
    ],
)
def test_a_group_of_levels_stands_for_each_of_them(
    asked: str, applied: str, answer: Answer
) -> None:
    assert when({"level": asked}).holds(told(applied=applied)) is answer


def test_only_a_level_is_one_of_a_group() -> None:
    assert when({"unit.owner": "junior"}).holds(named(unit__owner="yuan")) is False


@pytest.mark.parametrize("name", ["series", "specialty"])
def test_spellings_of_a_series_or_specialty_compare_equal(name: str) -> None:
    key = {"series": "series", "specialty": "applied_specialty"}[name]
    for asked in ("会计", "会计系列", "会计专业"):
        for stated in ("会计", "会计系列", " 会计专业"):
            assert when({name: asked}).holds(told(**{key: stated})) is True
    assert when({name: "会*"}).holds(told(**{key: "会计"})) is True
    assert when({name: "会计"}).holds(told(**{key: "审计"})) is False


def test_other_facts_are_compared_letter_for_letter() -> None:
    assert when({"major": "会计"}).holds(named(major="会计专业")) is False


def test_a_bare_name_has_neither_series_nor_specialty_in_it() -> None:
    assert [bare(name) for name in ("会计系列", "会计专业 ", "专业会计", "会计专业系列")] == [
        "会计",
        "会计",
        "专业会计",
        "会计",
    ]


def test_a_test_names_every_fact_that_it_reads() -> None:
    table = {
        "level": "junior",
        "any": [{"series": "会计"}, {"unless": {"major": "会计"}}],
        "unless": {"any": [{"batch": "B1"}, {"subject": "数学"}]},
    }
    assert when(table).names() == {"level", "series", "major", "batch", "subject"}
    assert ALWAYS.names() == frozenset()


@pytest.mark.parametrize(
    ("facts", "name", "value"),
    [
        ({"applied": "assistant"}, "level", "assistant"),
        ({"series": "会计"}, "series", "会计"),
        ({"batch": "B1"}, "batch", "B1"),
        ({}, "level", NOT_MENTIONED),
        ({"licence": None}, "licence", None),
        ({}, "licence", NOT_MENTIONED),
    ],
)
def test_a_fact_is_found_under_the_name_that_packs_use(
    facts: dict[str, Any], name: str, value: object
) -> None:
    assert told(**facts).value(name) == value


def test_what_is_not_mentioned_says_so() -> None:
    assert repr(NOT_MENTIONED) == "NOT_MENTIONED"
    assert not NOT_MENTIONED


def test_the_same_facts_in_a_batch() -> None:
    facts = told(applied="assistant", batch="B1")
    assert facts.with_batch("B2") == told(applied="assistant", batch="B2")


def test_a_test_stands_under_its_key_or_always_holds() -> None:
    reader = reader_of({"require": {"unit.ownership": "state"}, "when": {"level": "x"}})
    assert read_when(reader, "require").names() == {"unit.ownership"}
    assert read_when(reader).names() == {"level"}
    assert read_when(reader_of({})) == ALWAYS
    assert read_when(reader_of({"when": {"achievement.rank": [1, "2"]}})) == When(
        (Equal("achievement.rank", (1, "2")),)
    )
