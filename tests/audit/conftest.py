"""A record of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.keys.keyfile import KeyFile
from audit.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Database


@pytest.fixture
def key_file(tmp_path: Path) -> KeyFile:
    """A new key file."""
    return KeyFile.create(tmp_path / "keys.json")


@pytest.fixture
def record(database: Database, key_file: KeyFile) -> Iterator[Record]:
    """An empty record."""
    with Record(database.url, database.ground, key_file, connections=12) as opened:
        yield opened
