"""``mingjian policy``: what an official sees at a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.command.policy import policy
from domain.policy.loader import Document, load_law
from tests.policy.test_overlays import COUNTY
from tests.policy.test_packs import DEFAULT, NOTICES, SMALL

DECIDES = """
[[stages]]
id = "bureau"
zh = "市局"
en = "bureau"
body = "city_hr"
decides = true
rule = "SM-01"
"""
EXAMPLES = Path(__file__).parent / "examples"


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(policy, [*words], input=stdin)


def test_check_names_every_pack_with_its_digest() -> None:
    checked = run("check", "--json")
    assert checked.exit_code == 0
    reports = [json.loads(line) for line in checked.output.splitlines()]
    assert len(reports) == 5
    assert all(len(report["digest"]) == 64 and not report["problems"] for report in reports)


def test_check_finds_every_quote_in_the_notices() -> None:
    if not NOTICES.exists():
        pytest.skip("the notices are not beside this checkout")
    checked = run("check", "--notices", str(NOTICES), "--json")
    assert checked.exit_code == 0
    notices = {json.loads(line)["notice"] for line in checked.output.splitlines()}
    assert len(notices) == 5


def test_check_fails_on_a_quote_that_the_notice_does_not_contain(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("另一篇文字", encoding="utf-8")
    pack = tmp_path / "small-2025.toml"
    pack.write_text(SMALL, encoding="utf-8")
    checked = run("check", str(pack), "--notices", str(tmp_path))
    assert checked.exit_code == 1
    assert "SM-01" in checked.output


def test_check_names_document_and_key(tmp_path: Path) -> None:
    pack = tmp_path / "small-2025.toml"
    pack.write_text(SMALL.replace("closes =", "closing ="), encoding="utf-8")
    checked = run("check", str(pack))
    assert checked.exit_code == 1
    assert "small-2025.toml 第 19 行，windows[B1].closes：缺少这一项" in checked.output
    assert "windows[B1].closing：没有这个名称。您是不是想写 closes？" in checked.output


def test_check_tells_what_has_no_effect(tmp_path: Path) -> None:
    pack = tmp_path / "small-2025.toml"
    unused = 'SM-02 = { clause = "二", quote = "没有用到" }\n\n[[batches]]'
    pack.write_text(SMALL.replace("[[batches]]", unused, 1) + DECIDES, encoding="utf-8")
    checked = run("check", str(pack))
    assert checked.exit_code == 0, checked.output
    assert "rules.SM-02" in checked.output


def test_test_passes_the_examples_of_the_project() -> None:
    tested = run("test", *map(str, sorted(EXAMPLES.glob("*.yaml"))))
    assert tested.exit_code == 0, tested.output


def test_test_prints_each_difference_and_fails(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        "examples:\n"
        "- {id: W-1, locality: ALL, kind: years, facts: {from: 2023-02-28, checks: [1 year]},\n"
        "   expect: {outcome: refused, computed: [{calc: anniversary, from: 2023-02-28,"
        " years: 1, reached: 2024-02-29}]}}\n"
        "- {id: W-2, locality: nowhere-2025, kind: years, facts: {}, expect: {}}\n"
        "- {id: W-3, locality: ALL, kind: fortune, facts: {}, expect: {}}\n",
        encoding="utf-8",
    )
    tested = run("test", str(wrong), "--json")
    assert tested.exit_code == 1
    told = [json.loads(line) for line in tested.output.splitlines()]
    assert [each["passed"] for each in told] == [False, False, False]
    first = "，".join(told[0]["differences"])
    assert "wrong.yaml 第 3 行，expect.outcome：预期 refused，实际 allowed" in first
    assert "expect.computed：预期的算式 {calc: anniversary" in first
    assert "nowhere-2025" in told[1]["differences"][0]
    assert "fortune" in told[2]["differences"][0]


def test_test_runs_the_pack_that_was_named_and_no_other(tmp_path: Path) -> None:
    pack, examples = tmp_path / "small-2025.toml", tmp_path / "theirs.yaml"
    pack.write_text(SMALL, encoding="utf-8")
    examples.write_text(
        "- {id: T-1, locality: xunwu-2024, kind: routing, facts: {}, expect: {}}\n", "utf-8"
    )
    assert run("test", str(examples)).exit_code == 0
    tested = run("test", str(examples), "--pack", str(pack))
    assert tested.exit_code == 1
    assert "「xunwu-2024」的政策包不在所给的（small-2025）之中，未运行" in tested.output


def test_explain_uses_no_example_of_another_law(tmp_path: Path) -> None:
    path = str(EXAMPLES / "huzhou.yaml")
    shown = run("explain", "xunwu-2024", path, "--example", "HZ-P02")
    assert (shown.exit_code, "之中，未运行" in shown.output) == (1, True)
    facts = tmp_path / "facts.yaml"
    facts.write_text("{applied: assistant}\n", encoding="utf-8")
    shown = run("explain", "xunwu-2024", str(facts), "--example", "HZ-P02")
    assert (shown.exit_code, "没有编号为「HZ-P02」的算例" in shown.output) == (1, True)
    assert "HZ-P02" in run("explain", "huzhou-2024", path).output


def test_an_overlay_lies_over_the_pack_that_it_extends_and_no_other(tmp_path: Path) -> None:
    overlay = tmp_path / "county.toml"
    overlay.write_text(COUNTY.text, encoding="utf-8")
    plain = [json.loads(line) for line in run("check", "--json").output.splitlines()]
    checked = run("check", "--overlay", str(overlay), "--json")
    assert checked.exit_code == 0, checked.output
    laid = [json.loads(line) for line in checked.output.splitlines()]
    changed = [each["pack"] for each, before in zip(laid, plain, strict=True) if each != before]
    assert changed == ["huzhou-2024"]


def test_test_of_nothing_fails(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("examples: []\n", encoding="utf-8")
    assert run("test", str(empty)).exit_code == 1
    empty.write_text("just words\n", encoding="utf-8")
    assert "没有算例" in run("test", str(empty)).output


def test_explain_shows_every_condition_with_words_and_arithmetic() -> None:
    facts = json.dumps(
        {
            "education": [{"level": "bachelor"}],
            "applied": "assistant",
            "submitted_at": "2024-05-20T10:00:00+08:00",
        }
    )
    shown = run("explain", "yiyang-2024", "-", stdin=facts)
    assert shown.exit_code == 0
    for words in ("本科毕业，见习期满1年", "YY-13", "三（三）", "「大学本科毕业 1 年见习期满"):
        assert words in shown.output


def test_explain_takes_an_example_by_its_id_and_answers_as_json() -> None:
    path = str(EXAMPLES / "huzhou.yaml")
    shown = run("explain", "huzhou-2024", path, "--example", "HZ-P02", "--json")
    verdict = json.loads(shown.output)
    assert (verdict["outcome"], verdict["next_possible"]) == ("ineligible", "B2")
    assert verdict["refusals"][0]["rules"][0]["quote"]
    assert run("explain", "huzhou-2024", path, "--example", "none").exit_code == 1


def test_explain_says_what_it_cannot_read() -> None:
    assert "facts.work" in run("explain", "huzhou-2024", "-", stdin='{"work": [{}]}').output
    assert run("explain", "nowhere", "-", stdin="{}").exit_code == 1
    assert run("explain", "huzhou-2024", "-", stdin="[1]").exit_code == 1


def test_new_writes_a_skeleton_that_loads(tmp_path: Path) -> None:
    out = tmp_path / "ceshi-2025.toml"
    assert run("new", "ceshi-2025", "--out", str(out)).exit_code == 0
    law = load_law(DEFAULT, Document(out.name, out.read_text(encoding="utf-8")))
    assert law.id == "ceshi-2025"
    assert run("check", str(out)).exit_code == 0
    assert run("new", "ceshi-2025", "--out", str(out)).exit_code == 1
    assert run("new", "No Name").exit_code == 2
