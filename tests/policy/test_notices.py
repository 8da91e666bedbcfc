"""Nothing that a notice says is left out without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.notice_sentences import Fate, passages, rewritten
from tests.policy.sample import DEFAULT
from tests.policy.test_commands import run
from tests.policy.test_editions import EARLIER, PACK
from tests.policy.test_supplements import PACK as SUPPLEMENT

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """样例通知（虚构）

各有关单位：

一、申报范围
办理初级、中级。大专满三年，本科满一年，
硕士满二年。须合格。

二、申报时间
一年两批，市局审批。弄虚作假的，取消资格。
咨询市局。
"""
MORE = """
[set_aside]
"各有关单位：" = "称呼"
"样例通知（虚构）" = "标题"
"""
REFERRED = """
[[references]]
id = "ask"
kind = "text"
zh = "咨询"
en = "ask"
rule = "S-ASK"
"""
RULE = '[rules]\nS-ASK = { clause = "八", quote = "咨询市局" }'
WHOLE = EARLIER.text.replace("[rules]", RULE) + MORE + REFERRED


def files(tmp_path: Path, **texts: str) -> str:
    for name, text in texts.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_each_passage_is_carried_shown_judged_set_aside_or_nothing() -> None:
    law = load_law(DEFAULT, Document("sample.toml", WHOLE))
    fates = {each.text: (each.fate, each.line) for each in passages(law, NOTICE)}
    assert fates["弄虚作假的，取消资格。"] == (Fate.NOTHING, 10)
    assert fates["一、申报范围"] == (Fate.HEADING, 5)
    assert fates["各有关单位："] == (Fate.SET_ASIDE, 3)
    assert fates["咨询市局"] == (Fate.REFERENCE, 11)
    assert fates["本科满一年"] == (Fate.CARRIED, 6)
    assert [each for each, (fate, _) in fates.items() if fate is Fate.NOTHING] == [
        "弄虚作假的，取消资格。"
    ]


def test_a_part_of_a_quote_that_leaves_words_out_takes_nothing_from_a_clause_quoted_whole() -> None:
    signed = 'S-SIGNED = { clause = "末", quote = "样例通知……一年两批" }\nS-BODY ='
    law = load_law(DEFAULT, Document("sample.toml", WHOLE.replace("S-BODY =", signed, 1)))
    rules = {each.text: each.rule for each in passages(law, NOTICE)}
    assert (rules["一年两批"], rules["样例通知"]) == ("S-TIME", "S-SIGNED")


def test_check_fails_until_every_sentence_is_dealt_with(tmp_path: Path) -> None:
    where = files(tmp_path, sample_toml=WHOLE, notice_txt=NOTICE)
    pack = str(tmp_path / "sample.toml")
    checked = run("check", pack, "--notices", where)
    assert checked.exit_code == 1
    assert "notice.txt 第 10 行：「弄虚作假的，取消资格。」没有着落" in checked.output
    settled = WHOLE.replace("[set_aside]", '[set_aside]\n"弄虚作假的，取消资格" = "依默认规则"')
    wrong = settled.replace('"标题"', '"标题"\n"没有这句" = "多余"')
    files(tmp_path, settled_toml=settled, wrong_toml=wrong)
    checked = run("check", str(tmp_path / "settled.toml"), "--notices", where)
    assert checked.exit_code == 0, checked.output
    assert "不需执行（有理由） 3 处" in checked.output
    silent = settled.replace('"标题"', '" "')
    with pytest.raises(PackError, match="a reason is needed"):
        load_law(DEFAULT, Document("sample.toml", silent))
    checked = run("check", str(tmp_path / "wrong.toml"), "--notices", where)
    assert "set_aside.没有这句：通知里没有这句话" in checked.output


def test_an_edition_is_told_what_its_notice_says_otherwise(tmp_path: Path) -> None:
    later = NOTICE.replace("一年两批", "一年三批").replace("须合格。", "")
    words = '[rules]\nS-TIME = { clause = "六", quote = "一年三批" }\n'
    settled = WHOLE.replace("[set_aside]", '[set_aside]\n"弄虚作假的，取消资格" = "依默认规则"')
    where = files(tmp_path, a_txt=NOTICE, b_txt=later)
    files(tmp_path, next_toml=PACK + words, **{"sample-2025_toml": settled})
    checked = run("check", str(tmp_path / "next.toml"), "--notices", where)
    assert checked.exit_code == 0, checked.output
    assert "引自 b.txt" in checked.output
    assert "rules.S-GOOD：仍引自 sample-2025，新通知里没有这句话" in checked.output
    assert "- 须合格。" in checked.output
    assert "一年三批" in checked.output


def test_what_a_text_says_otherwise_is_told_sentence_by_sentence() -> None:
    assert rewritten("甲。乙。丙。", "甲。丁。丙。戊") == (("乙。", "丁。"), ("", "戊"))


def test_a_supplement_is_held_against_its_own_notice(tmp_path: Path) -> None:
    more = "补充通知（虚构）\n第一批延至五月十日。\n另有一句。\n"
    settled = WHOLE.replace("[set_aside]", '[set_aside]\n"弄虚作假的，取消资格" = "依默认规则"')
    where = files(tmp_path, a_txt=NOTICE, b_txt=more, **{"sample-2025_toml": settled})
    words = '[rules]\nS-MORE = { clause = "一", quote = "第一批延至五月十日" }\n'
    said = '[changed]\n"windows[B1].closes" = 2025-05-10\n"windows[B1].rule" = "S-MORE"\n'
    aside = '[set_aside]\n"补充通知（虚构）" = "标题"\n'
    files(tmp_path, more_toml=SUPPLEMENT + words + said + aside)
    checked = run("check", str(tmp_path / "more.toml"), "--notices", where)
    assert "引自 b.txt" in checked.output
    assert "引文不在" not in checked.output
    assert checked.output.count("」没有着落") == 1
    assert "b.txt 第 3 行：「另有一句。」没有着落" in checked.output
    assert checked.exit_code == 1
    bound = '[[batches]]\nid = "B3"\nzh = "三"\nen = "3"\nrule = "S-MORE"\n[[windows]]\nid = "B3"\n'
    bound += 'batch = "B3"\nbinds = "applicant"\ncloses = 2025-12-31\nrule = "S-MORE"\n'
    bound += '[binds]\n"windows[B3]" = "under_way"\n'
    files(tmp_path, wide_toml=SUPPLEMENT + words + said + aside + bound)
    assert "wide.toml:under_way" in run("check", str(tmp_path / "wide.toml")).output
