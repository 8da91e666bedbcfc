"""What loads and can hardly be meant is told by ``policy check``, which then fails."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from api.law import packs
from domain.policy.loader import Document, load_law
from domain.policy.names import LISTS, NAMES, RECORDS
from domain.policy.sources import means
from domain.policy.spelling import oddities, unheard
from tests.policy.sample import DEFAULT, HEAD
from tests.policy.test_commands import run
from tests.policy.test_loading import STAGE
from tests.policy.test_overlays import COUNTY, TABLE

if TYPE_CHECKING:
    from pathlib import Path

CONDITION = """
[[conditions]]
id = "scope"
zh = "范围"
en = "scope"
code = "NOT_IN_SCOPE"
require = { REQUIRED }
rule = "S-GOOD"
"""


def told(required: str) -> list[str]:
    text = HEAD + STAGE + CONDITION.replace("REQUIRED", required)
    law = load_law(DEFAULT, Document("sample.toml", text))
    found = oddities(law)
    line = text.splitlines().index(f"require = {{ {required} }}") + 1
    assert all(each.line == line for each in found)
    return [each.told("zh") for each in found]


@pytest.mark.parametrize(
    ("required", "words"),
    [
        ('"unit.type" = "enterprize"', "您是不是想写 enterprise？"),
        ('"unit.owner" = ["city", "countty"]', "您是不是想写 county？"),
        ('level = "assistent"', "您是不是想写 assistant？"),
        ('education = { level = "bachlor" }', "您是不是想写 bachelor？"),
        ('education = { mode = "fulltime", degree = true }', "您是不是想写 full_time？"),
        ('unless = { judgement = "diferent" }', "您是不是想写 different？"),
        ('any = [{ level = "junior" }, { level = "juniour" }]', "any[1].level：没有"),
        ('"unit.autonomous" = "true"', "应写 true 或 false，不加引号"),
        ('title = { revoked = "否" }', "应写 true 或 false，不加引号"),
        ('education = { degree = "学士" }', "应写 true 或 false，不加引号"),
        ('licence = "2024-09-01"', "日期不加引号"),
        ('batch = "B7"', "没有 "),
    ],
)
def test_a_value_that_no_fact_has_is_told(required: str, words: str) -> None:
    (line,) = told(required)
    assert words in line
    assert line.startswith("sample.toml 第 ")


@pytest.mark.parametrize(
    "required",
    [
        '"unit.type" = ["enterprise", "some"]',
        '"post.agency" = "none"',
        'level = "junior"',
        '"unit.type" = "*institution"',
        '"unit.kind" = "whatever"',
        '"unit.autonomous" = true',
        'series = "档案"',
    ],
)
def test_what_a_fact_may_be_is_not_told(required: str) -> None:
    assert told(required) == []


@pytest.mark.parametrize(
    ("required", "lines"),
    [
        ('series = "中小学老师"', ['没有 "中小学老师" 这个名称；确有的，请写进 [names]']),
        ('any = [{ specialty = "土健" }]', ['没有 "土健" 这个名称']),
        ('series = ["会计", "护理", "*工程", "some", "会计系列"]', []),
        ('"unit.name" = "某校"', []),
    ],
)
def test_a_name_of_which_nobody_knows_is_told_and_fails_nothing(
    required: str, lines: list[str]
) -> None:
    law = load_law(
        DEFAULT, Document("sample.toml", HEAD + STAGE + CONDITION.replace("REQUIRED", required))
    )
    found = [each.told("zh") for each in unheard(law)]
    assert len(found) == len(lines)
    assert all(said in line for said, line in zip(lines, found, strict=True))
    assert all(line.startswith("sample.toml 第 ") for line in found)
    assert oddities(law) == ()


def test_no_pack_of_the_house_has_an_oddity() -> None:
    for name in packs.pack_names():
        law = packs.load(name)
        assert (oddities(law), unheard(law)) == ((), ()), name


@pytest.mark.parametrize(
    "name", [*NAMES, *LISTS, *(f"{name}.{part}" for name, each in RECORDS.items() for part in each)]
)
def test_every_fact_of_the_engine_is_called_something_in_both_languages(name: str) -> None:
    chinese, english = means(name, {})
    assert name not in {chinese, english}
    assert re.search(r"[\u4e00-\u9fff]", chinese)


def test_a_pack_in_which_nobody_decides_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text(HEAD + STAGE.replace("decides = true\n", ""), encoding="utf-8")
    checked = run("check", str(path))
    assert (checked.exit_code, "没有作出决定的环节" in checked.output) == (1, True)
    decided = tmp_path / "decided.toml"
    decided.write_text(HEAD + STAGE, encoding="utf-8")
    assert run("check", str(decided)).exit_code == 0


def test_an_overlay_is_checked_together_with_what_it_lies_over(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_text(COUNTY.text, encoding="utf-8")
    checked = run("check", str(path), "--json")
    assert checked.exit_code == 0, checked.output
    report = json.loads(checked.output)
    assert (report["pack"], report["overlays"]) == ("huzhou-2024", ["county-dates"])
    laid = json.loads(run("check", "huzhou-2024", "--overlay", str(path), "--json").output)
    assert report == laid
    assert "连同其上的叠加包 county-dates" in run("check", str(path)).output
    path.write_text(COUNTY.text.replace("huzhou-2024", "huzou-2024"), encoding="utf-8")
    checked = run("check", str(path))
    assert checked.exit_code == 1
    assert "第 9 行，pack.extends：找不到它所叠加的政策包" in checked.output
    assert "您是不是想写 huzhou-2024？" in checked.output


def test_a_quote_of_an_overlay_on_which_nothing_rests_is_told(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    unused = 'CD-02 = { clause = "二", quote = "没有用到" }\n\n[[batches]]'
    path.write_text(COUNTY.text.replace("[[batches]]", unused, 1), encoding="utf-8")
    checked = run("check", str(path))
    assert checked.exit_code == 0
    assert "county.toml 第 14 行，rules.CD-02：引了原文，但没有用到" in checked.output


def test_an_overlay_lies_over_a_pack_beside_it(tmp_path: Path) -> None:
    below, above = tmp_path / "sample-2025.toml", tmp_path / "above.toml"
    below.write_text(HEAD + STAGE, encoding="utf-8")
    above.write_text(TABLE.text.replace('"xunwu-2024"', '"sample-2025"'), encoding="utf-8")
    checked = run("check", str(above))
    assert "没有编号为「XW-20」的引文" in checked.output
    alone = TABLE.text.replace('"xunwu-2024"', '"sample-2025"').replace(', "XW-20"', "")
    alone = alone.replace("recognition_by_assessment", "recognition")
    above.write_text(alone, encoding="utf-8")
    assert run("check", str(above)).exit_code == 0
    renamed = below.rename(tmp_path / "elsewhere.toml")
    assert run("check", str(above)).exit_code == 1
    assert run("check", str(above), str(renamed)).exit_code == 0
