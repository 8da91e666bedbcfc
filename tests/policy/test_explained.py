"""What was looked at, as ``policy explain`` and ``policy print`` say it: no codes, no Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api.command.invocation import Invocation
from api.command.policy import policy
from api.law import packs
from api.law.readable import Readable
from domain.policy.faults import PackError
from domain.policy.gaps import gaps
from domain.policy.loader import Document, load_law
from domain.policy.records import Value, said
from tests.policy.sample import DEFAULT, HEAD

if TYPE_CHECKING:
    from pathlib import Path

ASKED = """
[facts]
insured = { means = "参保 insurance", periods = ["参保地"] }

[[conditions]]
id = "unit"
zh = "在本地单位"
en = "at a local unit"
require = { "unit.type" = "some", "unit.owner" = "none", "unit.autonomous" = true }
code = "NOT_IN_SCOPE"
rule = "S-GOOD"

[[conditions]]
id = "insured"
zh = "在参保"
en = "insured"
check = "served"
with = { months = 6, of = "insured", until_now = true, where = { "参保地" = "本市", to = "none" } }
code = "SERVICE_TOO_SHORT"
rule = "S-GOOD"
"""
FACTS = """
applied: assistant
unit: {type: institution, owner: null, autonomous: true}
titles: [{level: yuan, via: 认定}]
"""


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, "none"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        ((), "none"),
        (("甲", "乙"), "甲、乙"),
        ("甲", "甲"),
    ],
)
def test_a_value_is_said_in_the_words_of_the_language(value: Value, word: str) -> None:
    assert said(value) == word


def explained(folder: Path) -> str:
    """What ``policy explain`` says of these facts in Chinese, without its line breaks."""
    pack = folder / "sample.toml"
    pack.write_text(HEAD + ASKED, encoding="utf-8")
    wide = {"COLUMNS": "200"}
    asked, chinese = ["explain", str(pack), "-"], Invocation(language="zh")
    result = CliRunner().invoke(policy, asked, input=FACTS, obj=chinese, env=wide)
    assert result.exit_code == 0, result.output
    return result.output


def test_facts_are_told_by_their_names_and_values_by_theirs(tmp_path: Path) -> None:
    told = explained(tmp_path)
    for each in ("单位类型为事业单位", "隶属为无", "自主评聘为是", "助理级"):
        assert each in told
    assert "9999" not in told
    assert not [each for each in ("None", "True", "unit.type", "institution") if each in told]


def test_a_period_without_a_break_until_now_is_said_so() -> None:
    law = load_law(DEFAULT, Document("sample.toml", HEAD + ASKED))
    check = law.whole.conditions["insured"].check
    told = Readable(law).term(check.term)  # type: ignore[attr-defined] # of a time served
    assert told == "参保（参保地为本市，且没有结束日期）至今连续满6个月"


def test_no_time_at_all_is_said_in_words() -> None:
    facts = "applied: assistant\neducation: [{level: bachelor, date: 2020-06-30}]\nwork: []\n"
    asked, chinese = ["explain", "yiyang-2024", "-"], Invocation(language="zh")
    told = CliRunner().invoke(policy, asked, input=facts, obj=chinese).output
    assert "0天" in told
    assert "0y0m0d" not in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            '[facts]\ntraining.hours = "学时"\n',
            'facts.training：名称里有点的，要加引号："training.hours"',
        ),
        (
            ASKED.replace('"unit.type" = "some"', 'unit.type = "some"'),
            'conditions[unit].require.unit：名称里有点的，要加引号："unit.type"',
        ),
    ],
    ids=["of one's own", "of the engine"],
)
def test_a_name_with_a_point_that_stands_without_quotes_is_told_so(
    written: str, meant: str
) -> None:
    with pytest.raises(PackError) as wrong:
        load_law(DEFAULT, Document("sample.toml", HEAD + written))
    assert [each.told("zh").partition("，")[2] for each in wrong.value.faults] == [meant]


def test_gaps_are_told_in_the_words_of_the_law() -> None:
    found = gaps(packs.load("luohe-2020"))
    told = [each.chinese for each in found]
    assert any("申报级别 助理级" in each for each in told)
    assert not [each for each in told if "assistant" in each or "bachelor" in each]
