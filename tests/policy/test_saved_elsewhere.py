"""Files that were saved by another editor are read, or told in Chinese what to do about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from api.archive_keys import TRUSTED, trusted_archives
from api.command.failure import sentence_of
from api.command.invocation import Invocation
from api.command.policy import policy
from api.keys import KeyFileRefusedError
from api.law import packs
from api.law.texts import ReadAsGbk, TextUnreadableError, is_toml, reading_gbk, text_of
from domain.calendar import CalendarDataError
from domain.policy.faults import Fault, PackError
from domain.toml import TomlError, read_toml
from tests.policy.test_packs import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXAMPLES = """examples:
- {id: 例一, locality: ALL, kind: years, facts: {from: 2023-02-28, checks: [2024-02-28]},
   expect: {outcome: [allowed]}}
"""
CALENDAR = """year = 2031
source = "国务院办公厅关于2031年部分节假日安排的通知"
rest_days = [2031-01-01]
working_days = []
"""
MARKED = ["utf-8-sig", "utf-16"]
OTHERS: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "broken UTF-8": lambda text: text.encode() + "# 通知".encode()[:-1],
}


def run(*words: str) -> Result:
    return CliRunner().invoke(policy, [*words])


def checked(path: Path) -> Result:
    return run("check", str(path))


def told_as_overlay(path: Path) -> Result:
    return run("check", "xunwu-2024", "--overlay", str(path))


def examined(path: Path) -> Result:
    return run("test", str(path))


def counted(path: Path) -> Result:
    (path.parent / "examples.yaml").write_text(EXAMPLES, "utf-8")
    return run("test", str(path.parent / "examples.yaml"), "--calendar", str(path))


FILES: dict[str, tuple[str, str, Callable[[Path], Result]]] = {
    "pack": ("small-2025.toml", SMALL, checked),
    "overlay": ("small-2025.toml", SMALL, told_as_overlay),
    "examples": ("say.yaml", EXAMPLES, examined),
    "calendar": ("2031.toml", CALENDAR, counted),
}


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("file", ["pack", "examples", "calendar"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, file: str, encoding: str) -> None:
    name, text, read = FILES[file]
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    plain = read(path)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert (read(path).exit_code, read(path).output) == (plain.exit_code, plain.output)
    assert "UTF-8" not in plain.output


@pytest.mark.parametrize("file", FILES)
def test_gbk_is_read_and_told_in_the_language_of_the_run(tmp_path: Path, file: str) -> None:
    name, text, read = FILES[file]
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    plain = read(path)
    packs.forget()
    path.write_bytes(text.replace("\n", "\r\n").encode("gbk"))
    told = read(path)
    assert (told.exit_code, told.stdout) == (plain.exit_code, plain.stdout)
    remark = f"{name}: 不是 UTF-8 编码，已按 GBK（GB18030）读取；"
    assert told.stderr.count(remark) == 1
    assert (
        told.stderr.replace(f"{remark}请核对文字，并用编辑器“另存为” UTF-8\n", "") == plain.stderr
    )


def test_gbk_is_told_in_english_to_who_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "small-2025.toml"
    path.write_bytes(SMALL.encode("gb18030"))
    told = CliRunner().invoke(policy, ["check", str(path)], obj=Invocation(language="en"))
    assert "small-2025.toml: is not UTF-8 and was read as GBK" in told.stderr
    assert "save it anew as UTF-8" in told.stderr


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("octets", OTHERS.values(), ids=OTHERS)
def test_another_encoding_is_told_with_its_place_and_the_remedy(
    tmp_path: Path, file: str, octets: Callable[[str], bytes]
) -> None:
    name, text, read = FILES[file]
    path = tmp_path / name
    path.write_bytes(octets(text))
    answer = read(path)
    assert answer.exit_code == 1
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    assert re.search(rf"{name}: 第 [0-9]+ 行第 [0-9]+ 列起不是 UTF-8", answer.output)
    assert "另存为" in answer.output


@pytest.mark.parametrize(
    "octets",
    [
        'a = "世'.encode() + b'\x87"',
        'a = "中文"'.encode("gbk").replace(b'"', b"", 1),
        b'a = "\xaa\xa1"',
        b'a = "\x84\x31\xa4\x37"',
        b'a = "\xff"',
    ],
    ids=["broken UTF-8", "no TOML", "private use", "replacement", "no GB 18030"],
)
def test_what_gbk_does_not_explain_is_not_taken_for_it(octets: bytes) -> None:
    heard: list[ReadAsGbk] = []
    with reading_gbk(heard.append), pytest.raises(TextUnreadableError):
        text_of("a.toml", octets, is_toml)
    assert not heard


def test_gbk_is_read_for_nobody_who_is_not_told_and_in_no_file_without_a_form() -> None:
    octets = 'a = "中文"'.encode("gbk")
    heard: list[ReadAsGbk] = []
    with pytest.raises(TextUnreadableError):
        text_of("a.toml", octets, is_toml)
    with reading_gbk(heard.append):
        with pytest.raises(TextUnreadableError):
            text_of("a.txt", octets)
        assert [text_of("a.toml", octets, is_toml) for _ in range(2)] == ['a = "中文"'] * 2
    assert heard == [ReadAsGbk("a.toml")]


def test_the_place_is_the_first_octet_that_is_not_utf_8() -> None:
    with pytest.raises(TextUnreadableError, match="a: 第 2 行第 4 列起不是 UTF-8"):
        text_of("a", "甲\n乙乙乙".encode() + b"\xd6\xd0")
    with pytest.raises(TextUnreadableError, match="a: 第 1 行第 2 列起不是 UTF-8"):
        text_of("a", "ab".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("line", "column", "mark", "instead"),
    [
        ("title = “通知”", 9, "“", '"'),
        ('title ＝ "通知"', 7, "＝", "="),
        ('title = "通知”', 12, "”", '"'),
        ('levels = ["初级"，"中级"]', 15, "，", ","),
        ("［pack］", 1, "［", "["),
    ],
)
def test_chinese_punctuation_is_named_with_its_place(
    line: str, column: int, mark: str, instead: str
) -> None:
    quoted = 'a = "用了“引号”，也可以"\n'
    with pytest.raises(TomlError) as told:
        read_toml("pack.toml", f"{quoted}{line}\n")
    assert f"pack.toml: 第 2 行第 {column} 列：" in str(told.value)
    assert f"「{mark}」" in str(told.value)
    assert f"「{instead}」" in str(told.value)


@pytest.mark.parametrize("text", ["a = [1,\n", 'a = "', "= 1", "a = 1 2"])
def test_whatever_else_is_no_toml_is_told_with_its_line(text: str) -> None:
    with pytest.raises(TomlError, match=r"^pack\.toml: 第 [0-9]+ 行第 [0-9]+ 列：不符合 TOML"):
        read_toml("pack.toml", text)


def test_yaml_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "say.yaml"
    path.write_text("examples:\n- {id: a， kind：b\n", "utf-8")
    assert "say.yaml: 第 3 行第 1 列：不符合 YAML" in examined(path).output


def test_a_calendar_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "2031.toml"
    for text, told in ((CALENDAR.replace("=", "＝"), "半角"), ("year = 2031\n", "工作日历须有")):
        path.write_text(text, "utf-8")
        answer = counted(path)
        assert (answer.exit_code, told in answer.output) == (1, True), answer.output


def test_whoever_starts_a_server_under_it_is_told_the_same() -> None:
    wrong = PackError(Fault(document="law.toml", key="", english="save anew", chinese="另存为"))
    assert sentence_of(wrong, "zh") == "law.toml：另存为"
    assert sentence_of(wrong, "en") == "law.toml: save anew"
    assert sentence_of(CalendarDataError("save anew", "另存为"), "zh") == "另存为"
    assert sentence_of(CalendarDataError("save anew", "另存为"), "en") == "save anew"
    unreadable = TextUnreadableError("law.toml", "甲\n")
    assert (sentence_of(unreadable, "zh") or "").startswith("law.toml: 第 2 行第 1 列起不是")
    assert (sentence_of(unreadable, "en") or "").startswith("law.toml: line 2, column 1: is not")


def test_the_file_of_trusted_archives_is_read_alike(tmp_path: Path) -> None:
    line = f"{'ab' * 32} 甲省职改办\n"
    (tmp_path / TRUSTED).write_bytes(line.encode("utf-8-sig"))
    assert trusted_archives(tmp_path) == {"ab" * 32: "甲省职改办"}
    (tmp_path / TRUSTED).write_bytes(line.encode("gbk"))
    with pytest.raises(KeyFileRefusedError, match="另存为"):
        trusted_archives(tmp_path)
