"""Files with names while something is written: none outlives whoever wrote them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from audit.files.scratch import scratch, sweep

if TYPE_CHECKING:
    from pathlib import Path

WRITES = """
import tempfile
tempfile.tempdir = {place!r}
from audit.files.scratch import scratch
with scratch() as place:
    (place / "rows.xml").write_text("names")
    print(place, flush=True)
    input()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_gone_when_the_block_is_left_however_that_is(temporary: Path) -> None:
    with suppress(ZeroDivisionError), scratch() as place:
        assert place.stat().st_mode & 0o777 == 0o700
        (place / "rows.xml").write_text("names")
        raise ZeroDivisionError
    assert [*temporary.iterdir()] == []


def test_what_a_killed_process_left_is_taken_away_and_what_another_uses_is_not(
    temporary: Path,
) -> None:
    command = (sys.executable, "-c", WRITES.format(place=str(temporary)))
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        place = temporary / other.stdout.readline().strip()
        with scratch():
            sweep()
            assert (place / "rows.xml").exists()
        other.kill()
        other.wait()
        assert (place / "rows.xml").exists()
        with scratch() as mine:
            assert [*temporary.iterdir()] == [mine]


def test_nothing_is_taken_away_through_a_link_nor_anything_else(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    link = temporary / "mingjian-scratch-link"
    link.symlink_to(elsewhere)
    sweep()
    assert (elsewhere / "kept").exists()
    assert link.is_symlink()
