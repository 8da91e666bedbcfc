"""The table of what is obeyed belongs to these packs and examples, and what it says is still so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.command.policy import policy
from tests.stories import proving
from tests.stories.proving import digest, own_rules, prove, table

TABLE = table()
AGAIN = sorted(TABLE["proved"])[::23]
"""Some of the rules, proved once more; the whole table is written by the module itself."""


def test_the_table_belongs_to_these_packs_and_examples() -> None:
    assert TABLE["digest"] == digest()


def test_every_rule_of_the_notices_was_tried() -> None:
    assert {*TABLE["proved"], *TABLE["tried"]} == set(own_rules())


@pytest.mark.parametrize("rule", AGAIN)
def test_without_the_rule_the_case_ends_otherwise(rule: str) -> None:
    found = prove(rule, own_rules()[rule])
    assert found is not None
    row = {"example": found.example, "obeyed": found.obeyed, "without": found.without}
    assert row == TABLE["proved"][rule]


def test_the_command_begins_the_module_that_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, arguments: begun.append(arguments))
    monkeypatch.chdir(Path(__file__).parent)
    assert CliRunner().invoke(policy, ["prove"]).exit_code == 0
    assert begun[0][-2:] == ["-m", proving.__name__]
