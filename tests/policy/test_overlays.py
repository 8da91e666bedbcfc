"""A bureau adds its own table and dates, with its own citation, over the notice's pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.law import packs
from domain.policy.admission import Timeliness
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.verdict import Outcome
from tests.policy.conftest import beijing, told

if TYPE_CHECKING:
    from domain.policy.law import Law

DEFAULT = packs.document(packs.PACKS / "national-default.toml")

TABLE = Document(
    "bureau.toml",
    """
[pack]
id = "bureau-table"
version = 1
title = "学历年限表（虚构）"
issuer = "某局"
province = "江西省"
jurisdiction = "江西省/赣州市/寻乌县"
extends = "xunwu-2024"

[rules]
BT-01 = { clause = "附表", quote = "本科毕业满1年，认定助理级。", own_words = true }

[[routes]]
id = "bachelor"
zh = "本科毕业满1年"
en = "bachelor and one year"
level = "assistant"
kind = "recognition_by_assessment"
education = { level = "bachelor" }
terms = [{ years = 1, after = "education", where = { relation = ["same", "close"] } }]
rule = ["BT-01", "XW-20"]
""",
)

COUNTY = Document(
    "county.toml",
    """
[pack]
id = "county-dates"
version = 1
title = "某县2024年初级职称初定时间（虚构）"
issuer = "某县人社局"
province = "浙江省"
jurisdiction = "浙江省/湖州市/德清县"
extends = "huzhou-2024"

[rules]
CD-01 = { clause = "一", quote = "3月1日至3月20日", own_words = true }

[[batches]]
id = "county-spring"
zh = "县春季批次"
en = "the county's spring batch"
rule = "CD-01"

[[windows]]
id = "county-spring"
batch = "county-spring"
binds = "applicant"
opens = 2024-03-01
closes = 2024-03-20
when = { "unit.county" = "德清县", level = "junior" }
rule = "CD-01"

[[silent]]
id = "counties"
about = "dates"
document = "其他区县通知"
when = { level = "junior", "unit.area" = "区县", unless = { "unit.county" = "德清县" } }
rule = "CD-01"
""",
)


def over(pack: str, overlay: Document) -> Law:
    return load_law(DEFAULT, packs.document(packs.pack_path(pack)), [overlay])


def bachelor(**more: object) -> dict[str, object]:
    return {
        "education": [{"level": "bachelor", "date": told_day("2022-06-30")}],
        "work": [{"from": told_day("2022-07-15"), "relation": "same"}],
        "applied": "assistant",
        "submitted_at": "2024-05-20T10:00:00+08:00",
        **more,
    }


def told_day(day: str) -> object:
    return beijing(f"{day} 00:00:00").date()


def test_the_bureau_s_table_answers_what_the_notice_left_open(xunwu: Law) -> None:
    assert xunwu.assess(told(**bachelor())).outcome is Outcome.UNDETERMINED
    verdict = over("xunwu-2024", TABLE).assess(told(**bachelor()))
    assert verdict.outcome is Outcome.ELIGIBLE
    assert "BT-01" in {citation.rule for citation in verdict.citations}


def test_what_the_table_does_not_contain_stays_open() -> None:
    facts = bachelor(education=[{"level": "master", "date": told_day("2022-06-30")}])
    verdict = over("xunwu-2024", TABLE).assess(told(**facts))
    assert verdict.reasons == ("TABLE_NOT_SUPPLIED",)


def test_an_overlay_keeps_the_pack_and_changes_the_digest(xunwu: Law) -> None:
    law = over("xunwu-2024", TABLE)
    assert (law.id, law.version) == (xunwu.id, xunwu.version)
    assert law.digest != xunwu.digest
    assert [layer for layer, _ in law.layers][-1] == "bureau-table"


def test_an_overlay_names_what_it_extends() -> None:
    with pytest.raises(PackError, match=r"bureau\.toml\.pack\.extends"):
        over("huzhou-2024", TABLE)


def test_a_county_sets_its_own_dates() -> None:
    law = over("huzhou-2024", COUNTY)
    here = told(unit={"area": "区县", "county": "德清县"}, applied="assistant")
    there = told(unit={"area": "区县", "county": "长兴县"}, applied="assistant")
    in_spring = law.admission("applicant", beijing("2024-03-20 23:59:59"), here)
    assert (in_spring.timeliness, in_spring.batch) == (Timeliness.OPEN, "county-spring")
    elsewhere = law.admission("applicant", beijing("2024-03-10 09:00:00"), there)
    assert elsewhere.timeliness is Timeliness.UNDETERMINED
