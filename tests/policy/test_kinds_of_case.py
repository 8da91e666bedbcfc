"""Which kind of case an application is, by the titles already held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.policy.case_types import CaseType, Kind, Ranks, kind_of_case
from domain.policy.comparing import Equal
from domain.policy.own_wording import Wording
from domain.policy.records import NotMentioned, Title
from domain.policy.when import ALWAYS, When
from tests.policy.conftest import told
from tests.policy.tables import CITED, ENTERPRISE, like

D = date
RANKS = Ranks(
    {"assistant": 2, "intermediate": 3, "senior": 5},
    {"college": 1, "bachelor": 2, "master": 3},
)
HELD = Title(level="assistant", series="会计", via="考试", gained=D(2020, 6, 30))


def kind(**changed: Any) -> CaseType:  # noqa: ANN401 -- any field
    plain: dict[str, Any] = {
        "id": "kind",
        "chinese": "中",
        "english": "english",
        "title": None,
        "when": ALWAYS,
        "outcome": "open",
        "refuses": Wording("ALREADY_TITLED"),
        "supersedes": False,
        "citations": CITED,
    }
    return CaseType(**{**plain, **changed})


def fits(case_type: CaseType, title: Title = HELD, **facts: Any) -> object:  # noqa: ANN401
    compared = RANKS.beside(replace(told(**facts), titles=(title,)))
    assert not isinstance(compared.titles, NotMentioned)
    return case_type.of(compared.titles[0], compared)


@pytest.mark.parametrize(
    ("title", "facts", "expected"),
    [
        ({}, {}, True),
        ({"level": ["assistant"]}, {}, True),
        ({"level": ["intermediate"]}, {}, False),
        ({"via": ["考试", "评审"]}, {}, True),
        ({"via": ["评审"]}, {}, False),
        ({"revoked": True}, {}, False),
        ({"applied": "higher"}, {"applied": "intermediate"}, True),
        ({"applied": "higher"}, {"applied": "assistant"}, False),
        ({"applied": "same"}, {"applied": "assistant"}, True),
        ({"applied": "same"}, {"applied": "intermediate"}, False),
        ({"applied": "same"}, {"applied": "yuan"}, False),
        ({"applied": ["same", "lower"]}, {"applied": "assistant"}, True),
        ({"applied": ["same", "lower"]}, {"applied": "yuan"}, True),
        ({"applied": ["same", "lower"]}, {"applied": "intermediate"}, False),
        ({"applied": "higher"}, {}, True),
        ({"applied": "same"}, {}, True),
        ({"other_series": True}, {"series": "审计"}, True),
        ({"other_series": True}, {"series": "会计系列"}, False),
        ({"other_series": False}, {"series": "会计系列"}, True),
        ({"other_series": False}, {"series": "审计"}, False),
        ({"other_series": True}, {"current_post": {"series": "审计"}}, True),
        ({"other_series": True}, {"series": "会计", "current_post": {"series": "审计"}}, False),
        ({"other_series": True}, {}, True),
        ({"other_series": True}, {"current_post": None}, True),
    ],
)
def test_a_kind_of_case_fits_unless_something_known_of_the_title_speaks_against_it(
    title: dict[str, Any], facts: dict[str, Any], expected: object
) -> None:
    assert fits(kind(title=like("title", **title)), **facts) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, False),
        ({"unit": {"type": "institution"}}, False),
        ({"unit": {"type": "enterprise"}}, True),
    ],
)
def test_a_kind_of_case_is_for_whom_it_is_known_to_be(
    facts: dict[str, Any], expected: object
) -> None:
    assert fits(kind(when=ENTERPRISE), **facts) is expected


def test_at_the_door_a_kind_of_case_is_open_while_it_turns_on_what_nobody_said() -> None:
    facts = replace(told(titles=[{"level": "assistant"}]), assumes_stated=False)
    by_means, for_some = kind(title=like("title", via="评审")), kind(when=ENTERPRISE)
    found = kind_of_case([by_means], facts, RANKS)
    assert found is not None
    assert found.open_on == {"title.via"}
    found = kind_of_case([for_some, kind()], facts, RANKS)
    assert found is not None
    assert (found.case_type, found.open_on) == (for_some, frozenset({"unit.type"}))


def test_a_title_without_its_way_or_series_fits_where_these_are_asked_for() -> None:
    bare = Title(level="assistant")
    assert fits(kind(title=like("title", via="评审")), bare)
    assert fits(kind(title=like("title", other_series=True)), bare, series="审计")


@pytest.mark.parametrize(
    ("education", "higher"),
    [
        ([("bachelor", D(2019, 6, 1)), ("master", D(2020, 7, 1))], True),
        ([("bachelor", D(2019, 6, 1)), ("master", D(2020, 6, 30))], False),
        ([("bachelor", D(2019, 6, 1)), ("bachelor", D(2020, 7, 1))], False),
        ([("master", D(2019, 6, 1)), ("bachelor", D(2020, 7, 1))], False),
        ([("college", D(2020, 7, 1))], True),
        ([("bachelor", D(2019, 6, 1)), ("master", None)], False),
        ([("unheard_of", D(2020, 7, 1))], False),
        ([("bachelor", D(2019, 6, 1))], False),
        ([], False),
    ],
)
def test_a_higher_degree_is_one_dated_after_the_title(
    education: list[tuple[str, date | None]], higher: object
) -> None:
    listed = [{"level": level, "date": day} for level, day in education]
    assert fits(kind(title=like("title", higher_degree=True)), education=listed) is higher
    assert fits(kind(title=like("title", higher_degree=False)), education=listed) is (not higher)
    assert fits(kind(), education=listed)


def test_a_degree_is_higher_only_than_what_is_known() -> None:
    undated = Title(level="assistant")
    master = [{"level": "master", "date": D(2020, 7, 1)}]
    assert not fits(kind(title=like("title", higher_degree=True)), undated, education=master)
    assert not fits(kind(title=like("title", higher_degree=True)))
    assert fits(kind(title=like("title", higher_degree=False)))


def test_the_first_kind_that_fits_is_taken_for_the_highest_title_in_force() -> None:
    titles = [
        {"level": "assistant"},
        {"level": "intermediate"},
        {"level": "senior", "revoked": True},
        {"level": "unheard_of"},
    ]
    first, second = kind(id="first"), kind(id="second")
    found = kind_of_case([first, second], told(titles=titles), RANKS)
    assert found == Kind(first, Title(level="intermediate"))
    narrow = kind(id="narrow", title=like("title", level="assistant"))
    assert kind_of_case([narrow, second], told(titles=titles), RANKS) == Kind(
        narrow,
        Title(level="assistant"),
    )
    revoked = kind(id="revoked", title=like("title", revoked=True))
    assert kind_of_case([revoked, second], told(titles=titles), RANKS) == Kind(
        revoked,
        Title(level="senior", revoked=True),
    )
    none = kind(when=When((Equal("level", ("yuan",)),)))
    assert kind_of_case([none], told(titles=titles, applied="assistant"), RANKS) is None


def test_without_a_title_a_case_is_a_first_one() -> None:
    assert kind_of_case([kind()], told(), RANKS) is None
    assert kind_of_case([kind()], told(titles=[]), RANKS) is None
