"""The roles of the private server and their passwords."""

from __future__ import annotations

import json
import os
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING

from api.embedded.errors import EmbeddedServerError

if TYPE_CHECKING:
    from pathlib import Path

_READABLE_BY_OTHERS = 0o077


class Role(StrEnum):
    """Who connects; the value is the role's name in PostgreSQL."""

    SUPERUSER = "postgres"
    """Makes roles and databases, and nothing else."""
    OWNER = "mingjian_owner"
    """Owns the database and migrates it."""
    APPLICATION = "mingjian_app"
    """What a running Mingjian connects as; owns nothing."""


def passwords(path: Path) -> dict[Role, str]:
    """The password of each role, drawn at random when first asked for.

    Raises ``EmbeddedServerError`` when others may read the file.
    """
    if not path.exists():
        _draw(path)
    if path.stat().st_mode & _READABLE_BY_OTHERS:
        raise EmbeddedServerError(
            f"{path} holds passwords and others may read it; run: chmod 600 {path}",
            f"{path} 内有口令，却允许他人读取；请执行：chmod 600 {path}",
        )
    stored = json.loads(path.read_text("utf-8"))
    return {role: stored[role] for role in Role}


def _draw(path: Path) -> None:
    """Write the file whole or not at all: a crash before the rename leaves none."""
    drawn = {role.value: secrets.token_hex(24) for role in Role}
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(drawn, file)
        file.flush()
        os.fsync(descriptor)
    unfinished.rename(path)
