"""One thing under several names: other names, what is part of it, and what is it by other facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from domain.policy.loader import Document, load_law
from domain.policy.verdict import Outcome, Status
from tests.policy.conftest import told
from tests.policy.sample import DEFAULT, HEAD

if TYPE_CHECKING:
    from domain.policy.truth import Truth

NAMES = """
[names]
"卫生技术" = { of = "series", also = "卫生", contains = ["护理", "*医师"], rule = "S-GOOD" }
"土建" = { of = "series", or_when = { series = "工程", specialty = "土建*" }, rule = "S-GOOD" }

[[conditions]]
id = "closed"
zh = "不组织认定的系列"
en = "series that are not recognised"
forbid = { series = WANTED }
code = "CONDITION_NOT_MET"
rule = "S-GOOD"
"""


def answer(wanted: str, *, door: bool = False, **facts: Any) -> tuple[Status, frozenset[str]]:  # noqa: ANN401
    law = load_law(DEFAULT, Document("sample.toml", HEAD + NAMES.replace("WANTED", wanted)))
    asked = replace(told(**facts), assumes_stated=not door)
    (found,) = (each for each in law.assess(asked).root.children if each.id == "closed")
    return found.status, found.open_on


@pytest.mark.parametrize(
    ("wanted", "series", "status"),
    [
        ('"卫生技术"', "卫生", Status.UNMET),
        ('"卫生"', "卫生技术", Status.UNMET),
        ('"卫生"', "卫生技术系列", Status.UNMET),
        ('"卫生"', "护理专业", Status.UNMET),
        ('["会计", "卫生"]', "主任医师", Status.UNMET),
        ('"护理"', "卫生技术", Status.MET),
        ('"卫*"', "护理", Status.MET),
        ('"卫生"', "会计", Status.MET),
    ],
)
def test_a_rule_that_names_a_thing_means_all_that_is_called_so(
    wanted: str, series: str, status: Status
) -> None:
    assert answer(wanted, series=series)[0] is status


@pytest.mark.parametrize(
    ("specialty", "status"), [("土建施工", Status.UNMET), ("机械", Status.MET), (None, Status.MET)]
)
def test_a_thing_may_be_what_it_is_by_other_facts(specialty: str | None, status: Status) -> None:
    more: dict[str, Any] = {} if specialty is None else {"specialty": specialty}
    assert answer('"土建"', series="工程", **more)[0] is status


def test_at_the_door_it_is_open_what_a_thing_is_while_those_facts_are() -> None:
    found = answer('"土建"', door=True, series="工程")
    assert found == (Status.OPEN, frozenset({"specialty"}))


LAWS = packs.load_all()


@pytest.mark.parametrize(
    ("pack", "facts"),
    [
        ("yiyang-2024", {"series": "工程", "specialty": "土建施工"}),
        ("yiyang-2024", {"series": "工程系列", "specialty": "计算机应用"}),
        ("yiyang-2024", {"series": "卫生技术"}),
        ("yiyang-2024", {"series": "会计师"}),
        (
            "xunwu-2024",
            {"series": "工程技术系列", "unit": {"type": "enterprise", "ownership": "private"}},
        ),
    ],
)
def test_what_the_notices_close_is_closed_under_every_name(
    pack: str, facts: dict[str, Any]
) -> None:
    (law,) = (each for each in LAWS if each.id == pack)
    verdict = law.assess(told(**facts, applied="assistant"))
    codes = {"EXAM_SERIES", "NON_STATE_ENTERPRISE_ENGINEERING"}
    assert codes & set(verdict.reasons)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_a_series_that_nobody_knows_is_for_people_to_judge(law: Any) -> None:  # noqa: ANN401
    def status(series: str) -> Truth:
        verdict = law.assess(told(series=series))
        (found,) = (each for each in verdict.root.children if each.id == "series_known")
        return found.status is Status.MET

    assert status("林业工程")
    assert status("基层农业")
    assert not status("星象")
    assert law.assess(told(series="星象")).outcome is not Outcome.ELIGIBLE
