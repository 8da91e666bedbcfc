"""Who types a command otherwise than it is meant is told so in the language of the run."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from api.command.group import mingjian
from api.command.invocation import Invocation, Language


def told(language: Language, *words: str) -> str:
    answer = CliRunner().invoke(mingjian, [*words], obj=Invocation(language))
    assert answer.exit_code == 2
    return answer.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["policy", "test"], "缺少 FILE..."),
        (["policy", "cover"], "缺少 --examples"),
        (["policy", "check", "--nonsense"], "没有 --nonsense 这个选项。您是不是想写 --notices？"),
        (["policy", "explian"], "没有 explian 这个命令。您是不是想写 explain？"),
        (["policy", "check", "--notices", "/nowhere"], "--notices 写得不对：找不到"),
        (["policy", "print", "--lang", "fr", "x"], "--lang 写得不对：可以写的是 zh、en"),
        (["bench", "policy", "--checks", "many"], "--checks 写得不对：应写数字"),
        (["policy", "test", "--pack"], "选项 --pack 的写法不对"),
        (["policy", "print", "a", "b"], "请照上面的用法书写"),
        (["--nonsense"], "没有 --nonsense 这个选项"),
        (["polisy"], "没有 polisy 这个命令"),
    ],
)
def test_a_command_typed_otherwise_is_told_in_chinese(words: list[str], said: str) -> None:
    output = told("zh", *words)
    assert said in output
    assert not re.search(r"Error|Usage|Try|No such|Missing|Invalid", output)


def test_it_is_shown_how_the_command_is_written_and_where_more_is_said() -> None:
    usage, more, *_ = told("zh", "policy", "test").splitlines()
    assert usage == "用法：mingjian policy test [OPTIONS] FILE..."
    assert more == "详见 mingjian policy test --help"


def test_in_english_it_is_told_in_english() -> None:
    assert "Missing argument 'FILE...'" in told("en", "policy", "test")
    assert "No such option '--nonsense'" in told("en", "--nonsense")
