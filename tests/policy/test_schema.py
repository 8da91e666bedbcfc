"""The schema for editors is what the readers ask for: every pack fits, and what is misspelt not."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import yaml

from api.command.policy.beginning import SKELETON
from api.law import packs
from domain.policy.binding import BINDS
from domain.policy.checks import CHECKS
from domain.policy.edition import BY_ADDRESS
from domain.policy.examples.asked import KINDS
from domain.policy.examples.schema import examples_schema
from domain.policy.examples.spelling import ASKING
from domain.policy.layer import LISTS, NAMED, TABLES
from domain.policy.schema import pack_schema
from domain.policy.schema_words import SECTIONS
from tests.policy.sample import HEAD
from tests.policy.test_commands import run
from tests.policy.test_loading import EVERYTHING
from tests.policy.test_misspelt_examples import EXAMPLE

if TYPE_CHECKING:
    from datetime import date, datetime, time

HERE = Path(__file__).parent
PACKS = [
    *sorted(packs.PACKS.glob("*.toml")),
    SKELETON,
    *sorted(HERE.glob("*th/*.toml")),
    *sorted(HERE.glob("editions/*.toml")),
]
PACK = jsonschema_rs.validator_for(pack_schema())
EXAMPLES = jsonschema_rs.validator_for(examples_schema())


def plain(text: str) -> Any:  # noqa: ANN401 -- whatever a document holds
    return json.loads(json.dumps(tomllib.loads(text), default=iso))


def iso(value: date | datetime | time) -> str:
    return value.isoformat()


def wrong(text: str) -> list[str]:
    return [
        "/".join(map(str, error.instance_path)) + ": " + error.message
        for error in PACK.iter_errors(plain(text))
    ]


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_every_pack_fits_the_schema(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[labels]]", "[[labells]]"),
        ("title =", "titel ="),
        ("version = 1", 'version = "1"'),
        ("quote =", "quot ="),
        ('zh = "认定"', 'zh = "认定"\nzhh = "x"'),
        ('level = "assistant"', 'levle = "assistant"'),
        ("years = 3", "yeers = 3"),
        ('where = { relation = ["same"] }', 'where = { relation = ["smae"] }'),
        (
            'where = { relation = ["same"] }',
            'any = [{ yeers = 1 }], where = { relation = ["same"] }',
        ),
        ('where = { relation = ["same"] }', "any = [{ years = 1, any = [{ yeers = 1 }] }]"),
        ('where = { relation = ["same"] }', 'adjust = [{ id = "x", mnths = 1, rule = "S-GOOD" }]'),
        ('binds = "applicant"', "binds = 5"),
        ('kind = "recognition"', 'kind = "recognition"\nwhen = { "unit.type" = "enterprize" }'),
        ('rule = "S-COLLEGE"', ""),
        ('body = "city_hr"', 'body = "city"'),
    ],
)
def test_what_is_misspelt_does_not(old: str, new: str) -> None:
    text = HEAD + "".join(EVERYTHING)
    assert old in text
    assert wrong(text) == []
    assert wrong(text.replace(old, new, 1))


CONDITION = """
[[conditions]]
id = "c"
zh = "条件"
en = "condition"
code = "CONDITION_NOT_MET"
rule = "S-GOOD"
"""


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ('require = { "unit.type" = "enterprise" }', True),
        ('check = "facts"\nforbid = { "unit.kind" = "some", unless = { level = "x" } }', True),
        ("require = { series = { at_least = 90 } }", True),
        ('check = "served"\nwith = { years = 1, any = [{ months = 3 }] }', True),
        ("require = { education = { degree = true, count = 2 } }", True),
        ('with = { fact = "training.hours", at_least = 90 }', False),
        ('check = "number"\nwith = { fcat = "training.hours", at_least = 90 }', False),
        ('check = "number"', False),
        ('check = "numbr"\nwith = { fact = "training.hours", at_least = 90 }', False),
        ('check = "served"\nwith = { years = 1, any = [{ mnths = 3 }] }', False),
        ('check = "licence"\nwith = { fact = "licence" }', False),
        ('require = { "unit.autonomous" = "true" }', False),
    ],
)
def test_a_condition_is_described_by_its_check(more: str, fits: object) -> None:
    assert (wrong(HEAD + CONDITION + more) == []) is fits


def test_every_section_and_check_is_described() -> None:
    assert set(SECTIONS) == {"pack", *NAMED, *LISTS, *TABLES, *BY_ADDRESS, BINDS}
    schema = pack_schema()
    assert set(schema["properties"]) == set(SECTIONS)
    assert all(each["description"] for each in schema["properties"].values())
    cases = schema["properties"]["conditions"]["items"]["allOf"]
    assert {case["if"]["properties"]["check"]["const"] for case in cases} == set(CHECKS)
    assert "inside" not in json.dumps(schema)


@pytest.mark.parametrize("path", sorted(HERE.glob("*/*.yaml")), ids=lambda path: path.name)
def test_every_file_of_examples_fits_its_schema(path: Path) -> None:
    held = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=iso))
    assert [error.message for error in EXAMPLES.iter_errors(held)] == []
    assert EXAMPLES.is_valid(held["examples"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  locality", "  becaus: x\n  locality"),
        ("kind: eligibility", "kind: eligibilty"),
        ("level: bachelor", "levle: bachelor"),
        ("owner:", "ownr:"),
        ("applied:", 'exam_series: "true"\n    applied:'),
    ],
)
def test_a_misspelt_example_does_not(old: str, new: str) -> None:
    assert old in EXAMPLE
    held = json.loads(json.dumps(yaml.safe_load(EXAMPLE.replace(old, new, 1)), default=iso))
    assert not EXAMPLES.is_valid(held)


def test_every_kind_of_example_is_known_with_what_it_asks() -> None:
    assert set(ASKING) == {*KINDS, "eligibility", "years", "publicity"}


def test_the_command_prints_or_writes_the_schema(tmp_path: Path) -> None:
    assert json.loads(run("schema").output) == pack_schema()
    assert json.loads(run("schema", "--examples").output) == examples_schema()
    out = tmp_path / "pack.json"
    assert "已写入" in run("schema", "--out", str(out)).output
    assert json.loads(out.read_text(encoding="utf-8")) == pack_schema()
