"""Worked examples: those of the project, and those handed over with the notices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.run import assuming, run_example
from tests.worked import FILES, worked

SHARED = Path(__file__).parents[3] / "shared" / "examples.yaml"


def read(path: Path) -> list[Any]:
    held = worked(path)
    return [pytest.param(each, id=each["id"]) for each in assuming(held, held["examples"])]


def shared() -> list[Any]:
    if SHARED.exists():
        return read(SHARED)
    skipped = pytest.mark.skip(reason="the examples handed over are not beside this checkout")
    return [pytest.param({}, id="absent", marks=skipped)]


@pytest.mark.parametrize("example", shared())
def test_an_example_that_was_handed_over_comes_out_as_expected(example: dict[str, Any]) -> None:
    assert run_example(example, packs.load_all(), Calendar()).differences == ()


@pytest.mark.parametrize("example", [each for path in FILES for each in read(path)])
def test_an_example_of_the_project_comes_out_as_expected(example: dict[str, Any]) -> None:
    assert run_example(example, packs.load_all(), Calendar()).differences == ()
