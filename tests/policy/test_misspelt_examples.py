"""What is misspelt in a worked example is told with its line; the example isn't run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.policy.test_told import CHINESE, PYTHON, run

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = """examples:
- id: M-1
  locality: huzhou-2024
  kind: eligibility
  facts:
    education: [{level: bachelor, date: 2022-07-01}]
    work: [{from: 2022-07-10, relation: same}]
    unit: {type: enterprise, owner: county}
    applied: assistant
    submitted_at: "2024-05-20T10:00:00+08:00"
  expect: {outcome: eligible}
  rules: [HZ-09]
"""
WRONG = [
    ("  locality", "  becaus: x\n  locality", 3, "becaus：没有这个名称。您是不是想写 because？"),
    ("kind: eligibility", "kind: eligibilty", 4, "您是不是想写 eligibility？"),
    ("kind: eligibility", "note: 无", 2, "kind：缺少这一项"),
    ("applied:", "aplied:", 9, "facts.aplied：没有这个名称。您是不是想写 applied？"),
    ("level: bachelor", "level: bachlor", 6, "您是不是想写 bachelor？"),
    ("2022-07-01", '"2022-07-01"', 6, "facts.education[0].date：写成了文字：日期不加引号"),
    ("relation: same", "relation: smae", 7, "您是不是想写 same？"),
    ("relation:", "relatoin:", 7, "facts.work[0].relatoin：没有这个名称。您是不是想写 relation？"),
    ("type: enter", "tpye: enter", 8, "facts.unit.tpye：没有这个名称。您是不是想写 type？"),
    ("owner: county", "owner: countty", 8, "您是不是想写 county？"),
    ("applied: assistant", "applied: assistent", 9, "您是不是想写 assistant？"),
    ("applied:", 'exam_series: "true"\n    applied:', 9, "应写 true 或 false，不加引号"),
    ("20T10:00:00+08:00", "20T10:00:00", 10, "facts.submitted_at：2024-05-20T10:00:00 没有写时区"),
    ("outcome: eli", "outcom: eli", 11, "expect.outcom：没有这种答复。您是不是想写 outcome？"),
    ("outcome: eligible", "outcome: refused", 11, "expect.outcome：预期 refused，实际 eligible"),
    ("HZ-09", "HZ-099", 12, "没有编号为「HZ-099」的引文。您是不是想写 HZ-09？"),
    ("huzhou-2024", "huzou-2024", 3, "之中，未运行。您是不是想写 huzhou-2024？"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "say.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_the_example_without_a_fault_passes(path: Path) -> None:
    assert run("zh", "test", str(path)).exit_code == 0


@pytest.mark.parametrize(("old", "new", "line", "words"), WRONG)
def test_a_fault_of_an_example_is_told(
    path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in EXAMPLE
    path.write_text(EXAMPLE.replace(old, new, 1), encoding="utf-8")
    chinese, english = run("zh", "test", str(path)), run("en", "test", str(path))
    assert chinese.exit_code == english.exit_code == 1
    assert words in chinese.output
    assert f"say.yaml 第 {line} 行" in chinese.output
    assert f"say.yaml, line {line}" in english.output
    assert not PYTHON.search(chinese.output + english.output)
    assert not CHINESE.search(english.output.replace("note", ""))


def test_a_fact_that_no_law_asks_for_is_told_and_changes_nothing(path: Path) -> None:
    stated = "    hobbies: [围棋]\n    applied: assistant"
    path.write_text(EXAMPLE.replace("    applied: assistant", stated), encoding="utf-8")
    told = run("zh", "test", str(path))
    assert told.exit_code == 0
    assert "say.yaml 第 9 行，facts.hobbies：没有政策包用到这个事实" in told.output


def test_all_faults_of_an_example_are_told_at_once(path: Path) -> None:
    text = EXAMPLE
    together = [*WRONG[:2], *WRONG[4:6], *WRONG[7:11], WRONG[15]]
    for old, new, _line, _words in together:
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    told = run("zh", "test", str(path)).output
    assert [words for *_rest, words in together if words not in told] == []


@pytest.mark.parametrize("facts", ["3", "[]", "{education: 5}", "{work: [x]}", "{unit: [1]}"])
def test_facts_of_a_wrong_shape_are_told_without_python(path: Path, facts: str) -> None:
    path.write_text(
        f"- {{id: M, locality: huzhou-2024, kind: eligibility, facts: {facts}, expect: {{}}}}\n",
        encoding="utf-8",
    )
    told = run("zh", "test", str(path))
    assert (told.exit_code, told.exception.__class__) == (1, SystemExit)
    assert "say.yaml 第 1 行" in told.output
    assert not PYTHON.search(told.output)


def test_explain_tells_what_is_misspelt_in_the_facts(path: Path) -> None:
    path.write_text(EXAMPLE.replace("tpye", "type").replace("level:", "levle:"), encoding="utf-8")
    told = run("zh", "explain", "huzhou-2024", str(path), "--example", "M-1")
    assert told.exit_code == 1
    assert "facts.education[0].levle：没有这个名称。您是不是想写 level？" in told.output
    told = run("zh", "explain", "huzhou-2024", str(path), "--example", "M-2")
    asked = run("zh", "explain", "huzhou-2024", str(path))
    assert (asked.exit_code, asked.output) == (
        1,
        "文件里是算例，请用 --example 选一个，现有：M-1\n",
    )
    assert "没有编号为「M-2」的算例，现有：M-1。您是不是想写 M-1？" in told.output


def test_explain_says_its_summary_in_the_language_of_the_run(path: Path) -> None:
    chinese = run("zh", "explain", "huzhou-2024", str(path), "--example", "M-1").output
    english = run("en", "explain", "huzhou-2024", str(path), "--example", "M-1").output
    assert "可认定级别：助理" in chinese
    assert "认定机关：" in chinese
    assert "level: assistant" in english
    assert not [line for line in chinese.splitlines() if line.startswith(("level", "batch"))]
