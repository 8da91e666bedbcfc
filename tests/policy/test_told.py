"""What is wrong with a pack is told whole, with its line, and in the language of the reader."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from api.command.invocation import Invocation, Language
from api.command.policy import policy
from api.command.policy.beginning import SKELETON
from api.law import packs
from domain.policy.faults import PackError
from domain.policy.lines import line_of, lines_of
from domain.policy.loader import Document, load_law
from domain.toml import TomlError, read_toml
from tests.policy.sample import BATCHES, DEFAULT, HEAD, ROUTES
from tests.policy.test_packs import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYTHON = re.compile(r"Traceback|Error\b|<class|None\b|True\b|False\b|\bdict\b|datetime")
CHINESE = re.compile(r"[一-鿿]")

WRONG = {
    'version = 1\ntitle = "样例通知"': (
        'version = "1"\ntitle = 5',
        {"pack.version": "应写整数，不加引号", "pack.title": "应写文字，加引号"},
    ),
    "opens = 2025-04-01": (
        'opens = "2025-04-01"',
        {"windows[B1].opens": '应写日期，不加引号，如 2025-03-31；现在写的是 "2025-04-01"'},
    ),
    'batch = "B2"': (
        'batch = "B22"',
        {"windows[B2].batch": "没有「B22」这一项。您是不是想写 B2？"},
    ),
    'rule = "S-COLLEGE"': (
        'rule = "S-COLLAGE"',
        {"routes[college].rule": "没有编号为「S-COLLAGE」的引文。您是不是想写 S-COLLEGE？"},
    ),
    'level = "assistant"': (
        'levle = "assistant"',
        {
            "routes[college].level": "缺少这一项",
            "routes[college].levle": "没有这个名称。您是不是想写 level？",
        },
    ),
    'where = { relation = ["same"] }': (
        'where = { relation = ["smae"] }',
        {"routes[college].terms[0].where.relation": "您是不是想写 same？"},
    ),
    '[[labels]]\nid = "recognition"': (
        """[[labells]]
id = "x"

[[labels]]
id = "recognition"
when = { "unit.tpye" = "enterprise" }""",
        {"labells": "您是不是想写 labels？", "labels[recognition].when": "没有这个名称"},
    ),
}
STAGE = '\n[[stages]]\nid = "s"\nzh = "环"\nen = "s"\nbody = "conty_hr"\nrule = "S-BODY"\n'
STAGE += 'when = { "unit.tpye" = "enterprise" }\n'
MORE = {
    "stages[s].body": "您是不是想写 county_hr",
    "stages[s].when.unit.tpye": "没有「unit.tpye」这个事实；自己起名的事实要先写在 [facts] 里。"
    "您是不是想写 unit.type",
}


def run(language: Language, *words: str) -> Result:
    return CliRunner().invoke(policy, [*words], obj=Invocation(language))


def spoilt() -> tuple[str, dict[str, str]]:
    """A pack with many faults, and what is to be told of each key."""
    text, told = HEAD + ROUTES + BATCHES + STAGE, dict(MORE)
    for old, (new, faults) in WRONG.items():
        assert old in text
        text = text.replace(old, new, 1)
        told |= faults
    return text, told


def test_every_fault_is_told_at_once_with_key_and_line_and_what_was_meant() -> None:
    text, expected = spoilt()
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("sample.toml", text))
    told = {fault.key: fault for fault in refused.value.faults}
    assert set(told) == set(expected)
    for key, words in expected.items():
        assert words in told[key].told("zh")
        assert told[key].line
    lines = text.splitlines()
    assert "levle" in lines[(told["routes[college].levle"].line or 0) - 1]
    assert "smae" in lines[(told["routes[college].terms[0].where.relation"].line or 0) - 1]
    assert lines[(told["routes[college].level"].line or 0) - 1] == "[[routes]]"
    order = [fault.line or 0 for fault in refused.value.faults]
    assert order == sorted(order)


def test_each_fault_speaks_one_language_and_no_python(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text(spoilt()[0], encoding="utf-8")
    chinese, english = run("zh", "check", str(path)), run("en", "check", str(path))
    assert chinese.exit_code == english.exit_code == 1
    assert len(chinese.output.splitlines()) == len(english.output.splitlines())
    assert all(CHINESE.search(line) for line in chinese.output.splitlines())
    assert not CHINESE.search(english.output)
    assert not PYTHON.search(chinese.output + english.output)


def test_a_second_fault_of_one_key_is_not_told() -> None:
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("sample.toml", HEAD.replace('quote = "办理', 'quot = "办理')))
    assert [fault.key for fault in refused.value.faults] == [
        "rules.S-LEVEL.quote",
        "rules.S-LEVEL.quot",
    ]


def test_faults_of_an_overlay_and_of_what_it_lies_over_are_told_together() -> None:
    overlay = '[pack]\nid = "o"\nversion = 1\ntitle = "叠加"\nissuer = "局"\nprovince = "省"\n'
    overlay += 'jurisdiction = "省/市"\nextends = "sample-2025"\nnumbre = "一"\n'
    below = Document("below.toml", HEAD.replace("clause", "clauze", 1))
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, below, [Document("over.toml", overlay)])
    documents = [fault.document for fault in refused.value.faults]
    assert documents == ["below.toml", "below.toml", "over.toml"]
    assert "您是不是想写 number？" in refused.value.told("zh")


def test_of_a_misspelt_check_nothing_else_is_told() -> None:
    condition = """
[[conditions]]
id = "c"
zh = "条件"
en = "condition"
code = "CONDITION_NOT_MET"
check = "servd"
with = { monhts = 6 }
rule = "S-GOOD"
"""
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("sample.toml", HEAD + condition))
    assert [fault.key for fault in refused.value.faults] == ["conditions[c].check"]
    assert "您是不是想写 served？" in refused.value.told("zh")


def test_what_refers_to_nothing_is_told_of_the_document_that_says_it() -> None:
    window = '[[windows]]\nid = "{}"\nbatch = "B9"\nbinds = "applicant"\ncloses = 2025-05-01\n'
    rule = 'rule = "S-TIME"\n'
    overlay = '[pack]\nid = "o"\nversion = 1\ntitle = "叠加"\nissuer = "局"\nprovince = "省"\n'
    overlay += 'jurisdiction = "省/市"\nextends = "sample-2025"\n'
    below = Document("below.toml", HEAD + window.format("one") + rule)
    above = Document("above.toml", overlay + window.format("two") + rule)
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, below, [above])
    assert [(fault.document, fault.key) for fault in refused.value.faults] == [
        ("below.toml", "windows[one].batch"),
        ("above.toml", "windows[two].batch"),
    ]


def test_an_instant_is_no_day_and_a_flag_no_number() -> None:
    text = HEAD + BATCHES.replace("opens = 2025-04-01", "opens = 2025-04-01T00:00:00")
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("sample.toml", text.replace("version = 1", "version = true")))
    assert [fault.key for fault in refused.value.faults] == ["pack.version", "windows[B1].opens"]


def keys_of(value: Any, key: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- any value
    """Each key of a document as faults tell it, with its last name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            place = f"{key}.{name}".removeprefix(".")
            yield place, name
            yield from keys_of(inner, place)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if isinstance(inner, dict):
                yield from keys_of(inner, f"{key}[{inner.get('id', number)}]")


@pytest.mark.parametrize("path", [*sorted(packs.PACKS.glob("*.toml")), SKELETON], ids=str)
def test_the_line_of_every_key_of_every_pack_is_found(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, table = text.splitlines(), tomllib.loads(text)
    found = list(keys_of(table))
    assert len(found) > 20
    places = lines_of(text, table)
    for key, name in found:
        assert name in lines[places[key] - 1], key
    last = found[-1][0]
    assert line_of(text, table, f"{last}.no.such[key]") == places[last]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a = 1\na = 2\n", 2, "同一名称写了两次"),
        ("[a]\n[a]\n", 2, "同一名称写了两次"),
        ("a = 本科\n", 1, "文字要加半角引号"),
        ("名称 = 1\n", 1, "名称只能用字母"),
        ('a = "甲\nb = 1\n', 1, "引号没有"),
        ("a = [1, 2\nb = 1\n", 2, "] 结束"),
        ("a = 2025-02-30\n", 1, "没有这一日"),
    ],
)
def test_what_is_no_toml_is_told_by_its_cause(text: str, line: int, told: str) -> None:
    with pytest.raises(TomlError) as refused:
        read_toml("pack.toml", text)
    (problem,) = refused.value.problems
    assert (problem.line, told in problem.chinese) == (line, True), problem


def test_chinese_punctuation_is_told_on_every_line() -> None:
    text = SMALL.replace('title = "', "title = “").replace("version =", "version ＝")
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("small.toml", text))
    assert len(refused.value.faults) == 2
    assert all("请改为半角" in fault.told("zh") for fault in refused.value.faults)


def test_faults_of_several_packs_are_told_at_once_and_once(tmp_path: Path) -> None:
    paths = [tmp_path / "one.toml", tmp_path / "two.toml"]
    for path in paths:
        path.write_text(SMALL.replace("title =", "titel ="), encoding="utf-8")
    told = run("zh", "check", *map(str, [*paths, paths[0]])).output.splitlines()
    assert [line.split()[0] for line in told] == ["one.toml"] * 2 + ["two.toml"] * 2


def test_a_pack_that_does_not_exist_is_told(tmp_path: Path) -> None:
    assert "您是不是想写 huzhou-2024？" in run("zh", "check", "huzou-2024").output
    assert "did you mean huzhou-2024?" in run("en", "check", "huzou-2024").output
    nowhere = str(tmp_path / "nowhere.toml")
    assert run("zh", "check", nowhere).output == f"{nowhere}：找不到这个文件\n"
    assert run("en", "check", nowhere).output == f"{nowhere}: there is no such file\n"
