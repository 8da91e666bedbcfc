"""For whom a section holds: levels that are dealt with, a publicity, the title after which."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.faults import PackError
from domain.policy.verdict import Outcome, Verdict
from tests.policy.conftest import told
from tests.policy.sample import LEVELS, ROUTES, sample

D = date
FIRMS = 'when = { "unit.type" = "enterprise" }\n'
DEALT_WITH = LEVELS.replace('["junior", "intermediate"]\n', f'["intermediate"]\n{FIRMS}')
STAGE = """
[[stages]]
id = "employer"
zh = "单位"
en = "employer"
body = "employer"
publicity = "employer"
decides = true
rule = "S-BODY"

[[publicity]]
id = "employer"
zh = "单位公示"
en = "publicity"
stage = "employer"
before = "issue"
place = "本单位"
rule = "S-BODY"
"""
AFTER = ROUTES.replace(
    'terms = [{ years = 1, where = { relation = ["same"] } }]',
    'terms = [{ years = 2, after = "title", title = { level = "yuan", via = "初定" } }]',
)
FIRM, SCHOOL = {"unit": {"type": "enterprise"}}, {"unit": {"type": "institution"}}
BACHELOR = [{"level": "bachelor", "date": D(2015, 7, 1), "degree": True}]


def asked(section: str, titles: list[dict[str, Any]], **more: Any) -> Verdict:  # noqa: ANN401 -- of a case
    facts = {
        "education": BACHELOR,
        "work": [{"from": D(2016, 1, 1), "relation": "same"}],
        "titles": titles,
        "applied": "assistant",
        "submitted_at": "2025-05-20T10:00:00+08:00",
        **more,
    }
    return sample(section).assess(told(**facts))


def test_a_level_is_not_dealt_with_for_those_of_whom_that_is_said_alone() -> None:
    assert "LEVEL_NOT_HANDLED" in asked(DEALT_WITH + ROUTES, [], **FIRM).reasons
    assert "LEVEL_NOT_HANDLED" not in asked(DEALT_WITH + ROUTES, [], **SCHOOL).reasons


def test_while_it_is_open_whose_level_it_is_nobody_gets_a_yes() -> None:
    answer = asked(DEALT_WITH + ROUTES, [], assume="door")
    assert answer.outcome is Outcome.UNDETERMINED
    assert "unit.type" in {each.name for each in answer.open}


def test_a_case_is_made_public_unless_it_is_known_not_to_be() -> None:
    law = sample(STAGE.replace('place = "本单位"\n', f'place = "本单位"\n{FIRMS}'))
    posted = [law.chain(told(assume="door", **of))[0].publicity for of in (FIRM, SCHOOL, {})]
    assert posted == ["employer", None, "employer"]
    (everybody,) = sample(STAGE).chain(told(**SCHOOL))
    assert everybody.publicity == "employer"


def test_years_lie_after_the_title_that_is_meant_and_after_no_other() -> None:
    mine = {"level": "yuan", "via": "初定", "date": D(2022, 3, 1)}
    later = {"level": "yuan", "via": "考试", "date": D(2024, 3, 1)}
    assert "YEARS_SHORT" not in asked(AFTER, [mine, later]).reasons
    assert "YEARS_SHORT" in asked(AFTER, [later]).reasons
    assert "YEARS_SHORT" in asked(AFTER, [later], assume="door").reasons
    answer = asked(AFTER, [{"level": "yuan", "date": D(2022, 3, 1)}], assume="door")
    assert answer.outcome is Outcome.UNDETERMINED
    assert "title.via" in {each.name for each in answer.open}


def test_what_a_title_is_like_is_said_only_where_time_lies_after_one() -> None:
    with pytest.raises(PackError, match="after or before a title"):
        sample(AFTER.replace('after = "title"', 'after = "education"'))
