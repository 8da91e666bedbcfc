"""Files that the commands read: packs, notices, worked examples, facts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import yaml

from api import packs
from domain.policy.reading import PackError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from domain.policy.law import Law

NOTICE_FILES = ("*.txt", "*.md")


def laws(names: Iterable[str], overlays: Iterable[Path] = ()) -> list[Law]:
    """The laws of the named packs, or of all that come with the house.

    Raises ``click.ClickException`` naming document and key where one cannot be read.
    """
    wanted = list(names) or list(packs.pack_names())
    try:
        return [packs.load(name, overlays) for name in wanted]
    except (PackError, packs.UnknownPackError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


def notices(directory: Path) -> dict[str, str]:
    """The texts of notices in a directory, by file name."""
    found = sorted(path for pattern in NOTICE_FILES for path in directory.glob(pattern))
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def plain(path: Path | None) -> Any:  # noqa: ANN401 -- whatever the file holds
    """What a YAML (or JSON) file holds; standard input for None or ``-``.

    Raises ``click.ClickException`` where it cannot be read.
    """
    try:
        if path is None or str(path) == "-":
            return yaml.safe_load(sys.stdin.read())
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as wrong:
        msg = f"{path or '-'}: {wrong}"
        raise click.ClickException(msg) from wrong
