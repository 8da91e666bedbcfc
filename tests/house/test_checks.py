"""The code passes its own checks, as ``pyproject.toml`` sets them."""

from __future__ import annotations

import subprocess
import sys

from tests.house.source import ROOT


def run(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--quiet")


def test_the_code_is_formatted() -> None:
    run("ruff", "format", "--check", "--quiet", "--diff")


def test_every_type_holds() -> None:
    run("mypy")


def test_every_type_of_the_launcher_holds() -> None:
    run("mypy", "--scripts-are-modules", "mingjian")
