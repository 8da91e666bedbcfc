"""The command line keeps what it lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.command.catalogue import BENCHES, COMMANDS
from api.command.group import mingjian
from api.command.invocation import Invocation
from tests.conftest import LONG


@pytest.mark.parametrize(
    "names", [*((name,) for name in COMMANDS), *(("bench", name) for name in BENCHES)]
)
def test_a_listed_command_exists_and_takes_the_common_options(names: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(mingjian, [*names, "--help"], obj=Invocation("en"))
    assert answer.exit_code == 0, answer.output
    assert "--data" in answer.output
    assert "--lang" in answer.output


def test_the_files_that_are_begun_first_are_there() -> None:
    found = {path.stem for path in (Path(__file__).parents[1]).rglob("test_*.py")}
    assert set(LONG) <= found
