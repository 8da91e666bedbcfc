"""Every numbered situation that was handed over with the notices is told by a marked test."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.house.source import ROOT, modules_in

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDED_OVER = ROOT.parent / "shared"
STORIES, EXAMPLES = HANDED_OVER / "stories.yaml", HANDED_OVER / "examples.yaml"

needs_stories = pytest.mark.skipif(
    not STORIES.exists(), reason="the stories handed over are not beside this checkout"
)
needs_examples = pytest.mark.skipif(
    not EXAMPLES.exists(), reason="the examples handed over are not beside this checkout"
)


def marked() -> Iterator[tuple[str, str]]:
    """Each number under which a test function is marked, with the test."""
    for module in modules_in("tests"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                match decorator:
                    case ast.Call(func=ast.Attribute(attr="story"), args=numbers):
                        where = f"{module.relative_to(ROOT)}::{node.name}"
                        yield from ((str(ast.literal_eval(each)), where) for each in numbers)
                    case _:
                        pass


def handed_over() -> list[str]:
    return [each["id"] for each in yaml.safe_load(STORIES.read_text("utf-8"))["examples"]]


def test_only_what_pytest_collects_tells_a_story() -> None:
    told = list(marked())
    assert told
    for _, where in told:
        module, name = where.split("::")
        assert name.startswith("test_"), where
        assert module.rsplit("/", 1)[-1].startswith("test_"), where


def test_each_story_is_told_once() -> None:
    numbers = [number for number, _ in marked()]
    assert sorted(numbers) == sorted(set(numbers))


@needs_stories
def test_every_story_that_was_handed_over_is_told() -> None:
    told = {number for number, _ in marked()}
    assert sorted(set(handed_over()) - told) == []


@needs_stories
def test_no_test_tells_a_story_that_there_is_not() -> None:
    known = set(handed_over())
    assert [(number, where) for number, where in marked() if number not in known] == []


@needs_examples
def test_the_command_passes_every_worked_example_that_was_handed_over() -> None:
    command = [sys.executable, "-m", "api.command", "policy", "test", str(EXAMPLES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
