"""What the examples of a pack leave untried, and the examples that are proposed for it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from api.command.invocation import Invocation
from api.command.policy import policy
from api.law import packs
from domain.policy.cover.boundary import Side
from domain.policy.cover.coverage import Coverage, Tried, coverage
from domain.policy.examples.run import run_example
from domain.policy.loader import Document, load_law
from tests.policy.test_packs import DEFAULT

PACK = """
[pack]
id = "wucheng-2025"
version = 1
title = "关于做好2025年职称认定工作的通知（虚构）"
issuer = "某局"
province = "某省"
jurisdiction = "某省/五城市"
procedure = "recognition"

[rules]
WC-01 = { clause = "一", quote = "三月一日至三月三十一日十七时申报。" }
WC-02 = { clause = "二", quote = "大专毕业满三年认定助理级。" }
WC-03 = { clause = "三", quote = "未满六十周岁，继续教育不少于九十学时。" }
WC-04 = { clause = "四", quote = "材料为学历证书。" }
WC-05 = { clause = "五", quote = "审核人员应当回避。" }
WC-06 = { clause = "六", quote = "从事本专业工作满六个月。" }
WC-07 = { clause = "七", quote = "十二月二十日前完成，公示五个工作日。" }

[facts]
hours = "继续教育学时 hours of further training"

[[batches]]
id = "B1"
zh = "第一批"
en = "first batch"
rule = "WC-01"

[[windows]]
id = "B1"
batch = "B1"
binds = "applicant"
opens = 2025-03-01
closes = 2025-03-31
closes_at = 17:00:00
rule = "WC-01"

[[completion]]
id = "2025"
batches = ["B1"]
finish_by = 2025-12-20
flag = "DECIDED_LATE"
rule = "WC-07"

[[conditions]]
id = "age"
zh = "未满60周岁"
en = "under sixty"
check = "age"
with = { fact = "person.born", under = 60 }
code = "CONDITION_NOT_MET"
rule = "WC-03"

[[conditions]]
id = "hours"
zh = "继续教育不少于90学时"
en = "ninety hours"
require = { hours = { at_least = 90 } }
code = "CONDITION_NOT_MET"
rule = "WC-03"

[[conditions]]
id = "served"
zh = "从事本专业工作满6个月"
en = "six months of the specialty"
check = "served"
with = { months = 6, where = { relation = ["same"] } }
code = "SERVICE_TOO_SHORT"
rule = "WC-06"

[[routes]]
id = "college"
zh = "大专毕业满3年"
en = "junior college and three years"
level = "assistant"
kind = "recognition"
education = { level = "college" }
terms = [{ years = 3, after = "education" }]
rule = "WC-02"

[[labels]]
id = "recognition"
zh = "认定"
en = "recognition"
rule = "WC-02"

[[stages]]
id = "employer"
zh = "用人单位审核"
en = "review by the employer"
body = "employer"
publicity = "employer"
rule = "WC-07"

[[publicity]]
id = "employer"
zh = "单位公示"
en = "publicity at the employer"
stage = "employer"
before = "forward"
place = "用人单位"
working_days = 5
rule = "WC-07"

[[materials]]
id = "diploma"
zh = "学历证书"
en = "diploma"
channel = "online"
rule = "WC-04"

[[recusal_grounds]]
id = "relative"
zh = "近亲属"
en = "near relative"
rule = "WC-05"
"""
COLLEGE = """
- id: W-1
  locality: wucheng-2025
  kind: eligibility
  facts:
    education: [{level: college, date: 2022-01-10}]
    work: [{from: 2022-03-01, relation: same}]
    person: {born: 1970-05-05}
    hours: 95
    applied: assistant
    submitted_at: "2025-03-10T09:00:00+08:00"
  expect: {outcome: eligible}
"""
LAST_DAY = """
- id: W-2
  locality: wucheng-2025
  kind: window
  facts: {at: ["2025-03-31T17:00:00+08:00", "2025-03-31T17:00:01+08:00"]}
  expect: {outcome: [accepted, refused]}
"""
ELSEWHERE = "- {id: X-1, locality: huzhou-2024, kind: routing, facts: {}, expect: {}}\n"


def covered(*written: str) -> Coverage:
    law = load_law(DEFAULT, Document("wucheng-2025.toml", PACK))
    examples = [one for text in written for one in yaml.safe_load(text)]
    return coverage(law, examples, packs.calendar())


def edge(found: Coverage, key: str) -> Tried:
    return next(each for each in found.tried if each.boundary.key == key)


def untouched(found: Coverage) -> list[str]:
    return [each.quoted.citation.rule for each in found.untouched]


def test_a_clause_is_touched_by_the_answer_that_rests_on_it() -> None:
    assert untouched(covered()) == [f"WC-0{number}" for number in range(1, 8)]
    assert untouched(covered(COLLEGE)) == ["WC-04", "WC-05", "WC-07"]
    unmentioned = COLLEGE.replace("    person: {born: 1970-05-05}\n    hours: 95\n", "")
    assert "WC-03" in untouched(covered(unmentioned))


def test_a_clause_about_which_no_example_asks_is_told_apart() -> None:
    asked = {each.quoted.citation.rule: each.askable for each in covered(COLLEGE).untouched}
    assert asked == {"WC-04": True, "WC-05": False, "WC-07": True}


def test_an_example_of_another_place_is_left_out() -> None:
    assert covered(COLLEGE, ELSEWHERE).examples == 1


def test_an_example_that_cannot_be_run_is_named() -> None:
    found = covered("- {id: W-9, locality: wucheng-2025, kind: fortune, facts: {}, expect: {}}")
    assert [line.split(":")[0] for line in found.failed] == ["W-9"]
    assert not found.complete


def test_every_edge_of_the_pack_is_looked_at() -> None:
    assert [each.boundary.key for each in covered().tried] == [
        "windows[B1].opens",
        "windows[B1].closes",
        "completion[2025].finish_by",
        "publicity[employer]",
        "routes[college].terms[0]",
        "conditions[age].under",
        "conditions[hours].require.hours.at_least",
        "conditions[served].0y6m0d",
    ]


def test_an_example_stands_on_the_last_day_up_to_its_hour() -> None:
    closing = edge(covered(LAST_DAY), "windows[B1].closes")
    assert dict(closing.sides) == {Side.ON: "W-2", Side.AFTER: "W-2"}
    assert closing.proposals[Side.BEFORE].facts["at"] == ["2025-03-30T09:00:00+08:00"]


def test_a_proposal_moves_one_date_of_the_nearest_example() -> None:
    years = edge(covered(COLLEGE), "routes[college].terms[0]")
    starts = {side: one.facts["work"][0]["from"] for side, one in years.proposals.items()}
    assert starts == {
        Side.BEFORE: date(2022, 3, 11),
        Side.ON: date(2022, 3, 10),
        Side.AFTER: date(2022, 3, 9),
    }
    own = yaml.safe_load(COLLEGE)[0]["facts"]
    for one in years.proposals.values():
        assert one.near == "W-1"
        assert {**one.facts, "work": own["work"]} == own
    assert [one.answers[0]["outcome"] for one in years.proposals.values()] == [
        "ineligible",
        "eligible",
        "eligible",
    ]


def test_dates_that_only_move_together_are_moved_together() -> None:
    same_day = COLLEGE.replace("2022-01-10", "2022-03-20").replace("2022-03-01", "2022-03-20")
    after = edge(covered(same_day), "routes[college].terms[0]").proposals[Side.AFTER].facts
    assert after["work"][0]["from"] == after["education"][0]["date"] == date(2022, 3, 9)
    assert after["submitted_at"] == "2025-03-10T09:00:00+08:00"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("conditions[age].under", ["eligible", "ineligible", "ineligible"]),
        ("conditions[hours].require.hours.at_least", ["ineligible", "eligible", "eligible"]),
        ("conditions[served].0y6m0d", ["ineligible", "ineligible", "ineligible"]),
        ("windows[B1].opens", ["refused", "accepted", "accepted"]),
        ("completion[2025].finish_by", ["accepted", "accepted", "flagged"]),
        ("publicity[employer]", ["refused", "refused", "allowed"]),
    ],
)
def test_the_law_answers_a_proposal_on_each_side(key: str, expected: list[str]) -> None:
    proposals = edge(covered(COLLEGE), key).proposals
    assert [proposals[side].answers[0]["outcome"] for side in Side] == expected


def test_no_example_is_invented_where_none_is_near() -> None:
    assert edge(covered(LAST_DAY), "routes[college].terms[0]").proposals == {}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    named = {"pack": "wucheng-2025.toml", "one": "one.yaml", "two": "two.yaml", "out": "out.yaml"}
    paths = {name: str(tmp_path / file) for name, file in named.items()}
    for name, text in (("pack", PACK), ("one", COLLEGE), ("two", LAST_DAY)):
        Path(paths[name]).write_text(text, encoding="utf-8")
    return paths


def run(*words: str) -> Result:
    return CliRunner().invoke(policy, ["cover", *words], obj=Invocation(language="zh"))


def told(path: str) -> list[dict[str, Any]]:
    examples: list[dict[str, Any]] = yaml.safe_load(Path(path).read_text("utf-8"))["examples"]
    return examples


def test_cover_informs_and_writes_examples_that_pass(files: dict[str, str]) -> None:
    asked = run(files["pack"], "--examples", files["one"], files["two"], "-o", files["out"])
    assert asked.exit_code == 0, asked.output
    assert "2 个算例用到 7 条中的 4 条；8 处边界中 0 处三面都试过" in asked.output
    for words in ("没有算例用到的条款", "WC-04", "没有三面试过的边界"):
        assert words in asked.output
    law = load_law(DEFAULT, Document("wucheng-2025.toml", PACK))
    examples = told(files["out"])
    assert len(examples) == 3 * 8 - 2
    for each in examples:
        result = run_example(each, [law], packs.calendar())
        assert result.passed, result.differences


def test_nothing_is_missing_once_the_proposals_are_kept(files: dict[str, str]) -> None:
    given = (files["pack"], "--examples", files["one"], "--examples", files["two"])
    assert run(*given, "--strict", "-o", files["out"]).exit_code == 1
    more = yaml.safe_dump(
        [
            {"kind": "material", "facts": {}, "expect": {}, "locality": "wucheng-2025"},
            {"kind": "chain", "facts": {}, "expect": {}, "locality": "wucheng-2025"},
        ]
    )
    Path(files["two"]).write_text(LAST_DAY + more, encoding="utf-8")
    asked = run(*given, files["out"], "--strict", "--json")
    assert asked.exit_code == 0, asked.output
    found = json.loads(asked.output)
    assert (found["complete"], found["proposals"]) == (True, [])
    assert [each["rule"] for each in found["untouched"]] == ["WC-05"]


def test_proposals_are_printed_where_no_file_is_named(files: dict[str, str]) -> None:
    shown = CliRunner().invoke(
        policy, ["cover", files["pack"], "--examples", files["one"]], obj=Invocation(language="en")
    )
    assert "Edges not tried on all sides" in shown.output
    assert "# Proposed examples." in shown.output
    assert "- id: windows[B1].opens.before" in shown.output


def test_cover_says_what_it_cannot_read(files: dict[str, str]) -> None:
    assert run(files["pack"]).exit_code == 2
    assert run(files["pack"], "--examples", files["pack"]).exit_code == 1
    missing = str(Path(files["out"]) / "no.yaml")
    assert run(files["pack"], "--examples", files["one"], "-o", missing).exit_code == 1


@pytest.mark.parametrize("name", packs.pack_names())
def test_every_proposal_for_a_pack_of_the_house_passes(name: str) -> None:
    beside = Path(__file__).parent / "examples" / f"{name.partition('-')[0]}.yaml"
    law, calendar = packs.load(name), packs.calendar()
    found = coverage(law, told(str(beside)), calendar)
    assert found.failed == ()
    for each in found.tried:
        for side, one in each.proposals.items():
            assert side in each.boundary.offsets(one.facts)
