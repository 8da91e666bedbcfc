"""Files that the commands read: packs, notices, worked examples, facts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import yaml

from api.law import packs
from api.law.texts import TextUnreadableError, read_text, text_of
from domain.calendar import CalendarDataError
from domain.policy.reading import PackError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from domain.calendar import Calendar
    from domain.policy.law import Law

NOTICE_FILES = ("*.txt", "*.md")


def laws(names: Iterable[str], overlays: Iterable[Path] = ()) -> list[Law]:
    """The laws of the named packs under all overlays, or of every pack under its own.

    Raises ``click.ClickException`` naming document and key where one cannot be read.
    """
    wanted, above = list(names), list(overlays)
    try:
        if not wanted:
            return list(packs.load_with(above))
        return [packs.load(name, above) for name in wanted]
    except (PackError, TextUnreadableError, packs.UnknownPackError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


def notices(directory: Path) -> dict[str, str]:
    """The texts of notices in a directory, by file name."""
    found = sorted(path for pattern in NOTICE_FILES for path in directory.glob(pattern))
    return {path.name: read_text(path) for path in found}


def plain(path: Path) -> Any:  # noqa: ANN401 -- whatever the file holds
    """What a YAML (or JSON) file holds; standard input for ``-``.

    Raises ``click.ClickException`` where it cannot be read.
    """
    name = path.name
    try:
        octets = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
        return yaml.safe_load(text_of(name, octets))
    except yaml.MarkedYAMLError as wrong:
        raise click.ClickException(_told(name, wrong)) from wrong
    except (yaml.YAMLError, TextUnreadableError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


def calendar(paths: Iterable[Path]) -> Calendar:
    """Working days, with those of further years. Raises ``click.ClickException``."""
    try:
        return packs.calendar(paths)
    except (CalendarDataError, TextUnreadableError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _told(name: str, wrong: yaml.MarkedYAMLError) -> str:
    mark = wrong.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return (
        f"{name}: 第 {line} 行第 {column} 列：不符合 YAML 的写法，请核对缩进、引号，以及冒号、逗号"
        f"是否为半角 / line {line}, column {column}: is no YAML: {wrong.problem}"
    )
