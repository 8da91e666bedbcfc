"""What a backup says of itself."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "mingjian-backup/1"
FILE = "manifest.json"


class BackupRefusedError(Exception):
    """A backup can't be taken or put back so; the message says why and names the remedy."""


@dataclass(frozen=True)
class SavedTable:
    """A table: its columns in order, its rows, and the SHA-256 of its file in hex."""

    name: str
    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True)
class SeenView:
    """A view as it stood in the snapshot, at a position: what its rebuilt tables must equal."""

    name: str
    version: int
    position: int
    tables: tuple[SavedTable, ...]


@dataclass(frozen=True)
class AppliedMigration:
    """A migration of the database that was saved; ``digest`` in hex."""

    floor: str
    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One backup; ``taken_at`` is an instant in UTC, ``position`` the last one that it holds."""

    origin: str
    taken_at: str
    position: int
    migrations: tuple[AppliedMigration, ...]
    tables: tuple[SavedTable, ...]
    views: tuple[SeenView, ...]

    def write(self, directory: Path) -> None:
        """Put the manifest beside its tables; comes back when the disk has it."""
        content = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)
        with (directory / FILE).open("w", encoding="utf-8") as file:
            file.write(content + "\n")
            file.flush()
            os.fsync(file.fileno())


def digest_of(directory: Path) -> bytes:
    """The SHA-256 of a manifest as it lies there: which backup it is."""
    return sha256((directory / FILE).read_bytes()).digest()


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a backup; raises ``BackupRefusedError``."""
    try:
        stored = json.loads((directory / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        msg = f"{directory} holds no backup that was finished: its {FILE} cannot be read"
        raise BackupRefusedError(msg) from error
    if not isinstance(stored, dict) or stored.pop("format", None) != FORMAT:
        msg = f"{directory} is not a backup of format {FORMAT}; use the Mingjian that made it"
        raise BackupRefusedError(msg)
    try:
        return Manifest(
            origin=str(stored["origin"]),
            taken_at=str(stored["taken_at"]),
            position=int(stored["position"]),
            migrations=tuple(
                AppliedMigration(**_of(AppliedMigration, each)) for each in stored["migrations"]
            ),
            tables=tuple(_table(each) for each in stored["tables"]),
            views=tuple(
                SeenView(
                    str(each["name"]),
                    int(each["version"]),
                    int(each["position"]),
                    tuple(_table(table) for table in each["tables"]),
                )
                for each in stored["views"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{directory / FILE} is damaged; take another backup"
        raise BackupRefusedError(msg) from error


def _table(stored: dict[str, Any]) -> SavedTable:
    return SavedTable(
        str(stored["name"]), tuple(stored["columns"]), int(stored["rows"]), str(stored["digest"])
    )


def _of(kind: type[AppliedMigration], stored: dict[str, Any]) -> dict[str, Any]:
    return {each.name: stored[each.name] for each in fields(kind)}
