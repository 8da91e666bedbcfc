"""Files that the commands read: packs, notices, worked examples, facts."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any

import click
import yaml

from api.command.invocation import Invocation
from api.law import packs
from api.law.texts import TextUnreadableError, read_text, text_of
from domain.calendar import CalendarDataError
from domain.policy.faults import PackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from api.command.invocation import Language
    from api.law.texts import ReadAsGbk
    from domain.calendar import Calendar
    from domain.policy.law import Law

NOTICE_FILES = ("*.txt", "*.md")
_UNREADABLE = (PackError, TextUnreadableError, packs.UnknownPackError, OSError)


def laws(
    names: Iterable[str], overlays: Iterable[Path] = (), beside: Iterable[str] = ()
) -> list[Law]:
    """The laws of the named packs under all overlays, or of every pack under its own.

    What one of them lies over may be another of them, or one of ``beside``.
    Raises ``click.ClickException`` naming document and key where one cannot be read.
    """
    wanted, above = list(names), list(overlays)
    if not wanted:
        try:
            return list(packs.load_with(above))
        except _UNREADABLE as wrong:
            raise refused(wrong) from wrong
    read: list[Law] = []
    told: list[str] = []
    for name in wanted:
        try:
            read.append(packs.load_over(name, above, beside=(*wanted, *beside)))
        except _UNREADABLE as wrong:
            told += refused(wrong).message.splitlines()
    if told:
        raise FileRefusedError("\n".join(dict.fromkeys(told)))
    return read


def notices(directory: Path) -> dict[str, str]:
    """The texts of notices in a directory, by file name."""
    found = sorted(path for pattern in NOTICE_FILES for path in directory.glob(pattern))
    return {path.name: read_text(path) for path in found}


def plain(path: Path) -> Any:  # noqa: ANN401 -- whatever the file holds
    """What a YAML (or JSON) file holds; standard input for ``-``.

    Raises ``click.ClickException`` where it cannot be read.
    """
    return marked(path)[1]


def marked(path: Path) -> tuple[str, Any, dict[str, int]]:
    """The name of a YAML file, what it holds, and the line of each key in its list of examples.

    Raises as ``plain`` does.
    """
    name = path.name
    try:
        octets = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
        text = text_of(name, octets, _is_yaml)
        return name, yaml.safe_load(text), dict(_lines(yaml.compose(text, yaml.SafeLoader), ""))
    except yaml.YAMLError as wrong:
        raise FileRefusedError(_told(name, wrong)) from wrong
    except (TextUnreadableError, OSError) as wrong:
        raise refused(wrong) from wrong


def calendar(paths: Iterable[Path]) -> Calendar:
    """Working days, with those of further years. Raises ``click.ClickException``."""
    try:
        return packs.calendar(paths)
    except (CalendarDataError, TextUnreadableError, OSError) as wrong:
        raise refused(wrong) from wrong


def write(path: Path, content: str | bytes) -> None:
    """Write a text or octets to a file. Raises ``click.ClickException`` where that can't be."""
    try:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as wrong:
        raise told(
            f"{path}: can't be written; is the directory there, and yours?",
            f"{path}：写不进去，请核对文件夹在不在、有没有权限",
        ) from wrong


def _lines(node: yaml.Node | None, key: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        for number, each in enumerate(node.value):
            yield f"{key}[{number}]", each.start_mark.line + 1
            yield from _lines(each, f"{key}[{number}]")
    elif isinstance(node, yaml.MappingNode):
        for name, each in node.value:
            place = f"{key}.{name.value}".removeprefix(".").removeprefix("examples")
            yield place, name.start_mark.line + 1
            yield from _lines(each, place)


class FileRefusedError(click.ClickException):
    """A file can't be used; the message says what to do, and is shown as it stands."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message alone."""
        click.echo(self.message, file=file, err=file is None)


def told(english: str, chinese: str) -> FileRefusedError:
    """A sentence in the language of the run."""
    return FileRefusedError(chinese if language() == "zh" else english)


def refused(wrong: Exception) -> FileRefusedError:
    """What is wrong with a file, in the language of the run."""
    if isinstance(
        wrong, (CalendarDataError, PackError, TextUnreadableError, packs.UnknownPackError)
    ):
        return FileRefusedError(wrong.told(language()))
    if isinstance(wrong, OSError):
        name = wrong.filename or ""
        missing = isinstance(wrong, FileNotFoundError)
        chinese = "找不到这个文件" if missing else "文件不能读，请核对是不是文件、有没有权限"
        english = "there is no such file" if missing else "can't be read: is it a file of yours?"
        return FileRefusedError(
            f"{name}：{chinese}" if language() == "zh" else f"{name}: {english}"
        )
    return FileRefusedError(str(wrong))


def language() -> Language:
    """The language of the run."""
    context = click.get_current_context(silent=True)
    run = context.find_object(Invocation) if context else None
    return run.language if run else "zh"


def say_encoding(read: ReadAsGbk) -> None:
    """Tell whoever runs the command that a file was read in another encoding."""
    click.echo(read.told(language()), err=True)


def _is_yaml(text: str) -> bool:
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return False
    return True


def _told(name: str, wrong: yaml.YAMLError) -> str:
    mark = wrong.problem_mark if isinstance(wrong, yaml.MarkedYAMLError) else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if language() == "zh":
        return (
            f"{name}: 第 {line} 行第 {column} 列：不符合 YAML 的写法，请核对缩进、引号，"
            "以及冒号、逗号是否为半角"
        )
    return (
        f"{name}: line {line}, column {column}: is no YAML; check indentation, quotation marks,"
        " and that colons and commas are ASCII"
    )
