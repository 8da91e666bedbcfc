"""A command that was typed otherwise than is meant, told in Chinese; in English click tells it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

from api.command.invocation import Invocation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class MisusedError(click.UsageError):
    """What is wrong with the words of a command, in Chinese, with how they are meant."""

    def __init__(self, wrong: click.UsageError) -> None:
        super().__init__(_told(wrong), wrong.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is written, where more is said of it, and what is wrong."""
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage: ", "用法：", 1)
            more = f"详见 {self.ctx.command_path} --help"
            click.echo(f"{usage}\n{more}\n", file=file, err=file is None)
        click.echo(self.message, file=file, err=file is None)


@contextmanager
def misuse_told(context: click.Context) -> Iterator[None]:
    """What is misused within is told in the language of the run."""
    try:
        yield
    except MisusedError:
        raise
    except click.UsageError as wrong:
        if context.ensure_object(Invocation).language != "zh":
            raise
        raise MisusedError(wrong) from wrong


def _told(wrong: click.UsageError) -> str:
    match wrong:
        case click.MissingParameter():
            return f"缺少 {_named(wrong)}"
        case click.BadParameter():
            return f"{_named(wrong)} 写得不对：{_wanted(wrong)}"
        case click.NoSuchOption():
            return f"没有 {wrong.option_name} 这个选项{_meant(wrong.possibilities)}"
        case click.NoSuchCommand():
            return f"没有 {wrong.command_name} 这个命令{_meant(wrong.possibilities)}"
        case click.BadOptionUsage():
            return f"选项 {wrong.option_name} 的写法不对"
        case _:
            return wrong.message if _CHINESE.search(wrong.message) else "请照上面的用法书写"


def _named(wrong: click.BadParameter) -> str:
    """The argument or option, as it is called on the command line."""
    hint = wrong.param_hint or (wrong.param and wrong.param.get_error_hint(wrong.ctx)) or ""
    return hint.replace("'", "") if isinstance(hint, str) else "、".join(hint)


def _wanted(wrong: click.BadParameter) -> str:
    """What may stand there."""
    match wrong.param and wrong.param.type:
        case click.Choice(choices=choices):
            return f"可以写的是 {'、'.join(map(str, choices))}"
        case click.Path() | click.File():
            return "找不到这个文件或文件夹，或者没有权限"
        case click.types.IntParamType() | click.types.FloatParamType():
            return "应写数字"
        case _:
            return wrong.message


def _meant(possibilities: Sequence[str] | None) -> str:
    return f"。您是不是想写 {'、'.join(possibilities)}？" if possibilities else ""
