"""Which kind of case an application is, by the titles already held."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.case_types import CaseType, Ranks, kind_of_case
from domain.policy.facts import Title
from domain.policy.match import ALWAYS, When
from domain.policy.wording import Wording
from tests.policy.conftest import told
from tests.policy.tables import CITED, ENTERPRISE

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
        "titled": (),
        "via": (),
        "level": "any",
        "other_series": None,
        "higher_degree": None,
        "revoked": False,
        "when": ALWAYS,
        "outcome": "open",
        "refuses": Wording("ALREADY_TITLED"),
        "supersedes": False,
        "citations": CITED,
    }
    return CaseType(**{**plain, **changed})


def fits(case_type: CaseType, title: Title = HELD, **facts: Any) -> bool:  # noqa: ANN401
    return case_type.fits(told(**facts), title, RANKS)


@pytest.mark.parametrize(
    ("changed", "facts", "expected"),
    [
        ({}, {}, True),
        ({"titled": ("assistant",)}, {}, True),
        ({"titled": ("intermediate",)}, {}, False),
        ({"via": ("考试", "评审")}, {}, True),
        ({"via": ("评审",)}, {}, False),
        ({"revoked": True}, {}, False),
        ({"level": "higher"}, {"applied": "intermediate"}, True),
        ({"level": "higher"}, {"applied": "assistant"}, False),
        ({"level": "same"}, {"applied": "assistant"}, True),
        ({"level": "same"}, {"applied": "intermediate"}, False),
        ({"level": "same"}, {"applied": "yuan"}, False),
        ({"level": "lower_or_same"}, {"applied": "assistant"}, True),
        ({"level": "lower_or_same"}, {"applied": "yuan"}, True),
        ({"level": "lower_or_same"}, {"applied": "intermediate"}, False),
        ({"level": "any"}, {"applied": "intermediate"}, True),
        ({"level": "higher"}, {}, True),
        ({"level": "same"}, {}, True),
        ({"other_series": True}, {"series": "审计"}, True),
        ({"other_series": True}, {"series": "会计系列"}, False),
        ({"other_series": False}, {"series": "会计系列"}, True),
        ({"other_series": False}, {"series": "审计"}, False),
        ({"other_series": True}, {"current_post": {"series": "审计"}}, True),
        ({"other_series": True}, {"series": "会计", "current_post": {"series": "审计"}}, False),
        ({"other_series": True}, {}, True),
        ({"other_series": True}, {"current_post": None}, True),
        ({"other_series": True, "when": ENTERPRISE}, {}, False),
        ({"when": ENTERPRISE}, {}, True),
        ({"when": ENTERPRISE}, {"unit": {"type": "institution"}}, False),
        ({"when": ENTERPRISE}, {"unit": {"type": "enterprise"}}, True),
    ],
)
def test_a_kind_of_case_fits_unless_something_mentioned_speaks_against_it(
    changed: dict[str, Any], facts: dict[str, Any], expected: object
) -> None:
    assert fits(kind(**changed), **facts) is expected


def test_a_title_without_its_way_or_series_fits_where_these_are_asked_for() -> None:
    bare = Title(level="assistant")
    assert fits(kind(via=("评审",)), bare)
    assert fits(kind(other_series=True), bare, series="审计")
    assert not fits(kind(other_series=True, when=ENTERPRISE), bare, series="审计")


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
    assert fits(kind(higher_degree=True), education=listed) is higher
    assert fits(kind(higher_degree=False), education=listed) is (not higher)
    assert fits(kind(), education=listed)


def test_a_degree_is_higher_only_than_what_is_known() -> None:
    undated = Title(level="assistant")
    master = [{"level": "master", "date": D(2020, 7, 1)}]
    assert not fits(kind(higher_degree=True), undated, education=master)
    assert not fits(kind(higher_degree=True))
    assert fits(kind(higher_degree=False))


def test_the_first_kind_that_fits_is_taken_for_the_highest_title_in_force() -> None:
    titles = [
        {"level": "assistant"},
        {"level": "intermediate"},
        {"level": "senior", "revoked": True},
        {"level": "unheard_of"},
    ]
    first, second = kind(id="first"), kind(id="second")
    found = kind_of_case([first, second], told(titles=titles), RANKS)
    assert found == (first, Title(level="intermediate"))
    narrow = kind(id="narrow", titled=("assistant",))
    assert kind_of_case([narrow, second], told(titles=titles), RANKS) == (
        narrow,
        Title(level="assistant"),
    )
    revoked = kind(id="revoked", revoked=True)
    assert kind_of_case([revoked, second], told(titles=titles), RANKS) == (
        revoked,
        Title(level="senior", revoked=True),
    )
    none = kind(when=When((("level", ("yuan",)),)))
    assert kind_of_case([none], told(titles=titles, applied="assistant"), RANKS) is None


def test_without_a_title_a_case_is_a_first_one() -> None:
    assert kind_of_case([kind()], told(), RANKS) is None
    assert kind_of_case([kind()], told(titles=[]), RANKS) is None
