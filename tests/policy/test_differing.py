"""What one edition says otherwise than another: every value, with the words behind it."""

from __future__ import annotations

import json

from domain.policy.differences import Kind, differences
from domain.policy.loader import Document, load_law
from tests.policy.sample import DEFAULT
from tests.policy.test_commands import run
from tests.policy.test_editions import EARLIER, HERE, RULES, law
from tests.policy.test_loading import STAGE

BEFORE = load_law(DEFAULT, EARLIER)


def test_a_law_differs_in_nothing_from_itself() -> None:
    assert differences(BEFORE, BEFORE) == ()
    assert differences(BEFORE, law()) == differences(BEFORE, law("[changed]\n"))


def test_each_value_is_told_with_the_words_behind_it_before_and_after() -> None:
    after = law(
        RULES,
        '[changed]\n"windows[B1].closes" = 2026-05-30\n"routes[college].terms[0].years" = 2\n',
        '[dropped]\n"routes[master]" = "没有了"\n"batches[B1].reference" = "按申报日"\n',
        STAGE.replace("bureau", "employer"),
    )
    found = {each.address: each for each in differences(BEFORE, after)}
    del found["pack.title"]
    assert {address: each.kind for address, each in found.items()} == {
        "rules.S-TIME.quote": Kind.CHANGED,
        "windows[B1].closes": Kind.CHANGED,
        "routes[college].terms[0].years": Kind.CHANGED,
        "routes[master]": Kind.GONE,
        "batches[B1].reference": Kind.GONE,
        "stages[employer]": Kind.NEW,
    }
    closes = found["windows[B1].closes"]
    assert (closes.before.isoformat(), closes.after.isoformat()) == ("2025-05-31", "2026-05-30")
    assert [each.source for each in (*closes.rested_on, *closes.rests_on)] == [
        "sample-2025",
        "sample-2026",
    ]


def test_a_batch_under_the_name_of_the_new_year_is_the_same_batch() -> None:
    shown = run("diff", "yiyang-2024", str(HERE / "yiyang-2026.toml"), "--json")
    addresses = [json.loads(line)["address"] for line in shown.output.splitlines()]
    assert "batches[2026H1].id" in addresses
    assert not [each for each in addresses if each.endswith((".batch", "]"))]


def test_what_is_named_after_the_year_before_is_the_same_where_it_kept_its_name() -> None:
    earlier = Document("sample.toml", EARLIER.text.replace('id = "year"', 'id = "2025"'))
    after = law('[changed]\n"completion[2025].finish_by" = 2026-12-18\n', earlier=earlier)
    found = [each.address for each in differences(load_law(DEFAULT, earlier), after)]
    assert found == ["pack.title", "completion[2025].finish_by"]


def test_diff_tells_days_and_clauses_in_words() -> None:
    shown = run("diff", "xunwu-2024", str(HERE / "xunwu-2026.toml")).output
    for words in (
        "xunwu-2024 第 1 版 → xunwu-2026 第 1 版：改了 15 处",
        "closes（截止日期）：2024-05-30 → 2026-05-29（后移 729 日）",
        "不再有 conditions[teacher_elsewhere]「教师系列",
        "依据 XW-35 四（五）「各相关单位务必于2026年12月20日前",
    ):
        assert words in shown
    assert "您是不是想写 xunwu-2024" in run("diff", "xunwu-2024", "xunwu-224").output
