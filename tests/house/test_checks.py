"""The code passes its own checks, as ``pyproject.toml`` sets them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def run(*command: str, at: Path = ROOT) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=at, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--quiet")


def test_ruff_reads_no_environment_where_there_is_no_repository(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    installed = tmp_path / ".mingjian" / "environments" / "test" / "installed.py"
    installed.parent.mkdir(parents=True)
    installed.write_text("import os\n")
    run("ruff", "check", "--quiet", "--no-cache", at=tmp_path)
    (tmp_path / "own.py").write_text("import os\n")
    with pytest.raises(AssertionError, match="own"):
        run("ruff", "check", "--quiet", "--no-cache", at=tmp_path)


def test_the_code_is_formatted() -> None:
    run("ruff", "format", "--check", "--quiet", "--diff")


def test_every_type_holds() -> None:
    run("mypy")


def test_every_type_of_the_launcher_holds() -> None:
    run("mypy", "--scripts-are-modules", "mingjian")
