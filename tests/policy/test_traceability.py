"""Every rule has a row, every row is true, and no rule can be removed without being missed."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from bench.mutate.rule_removal import law_without
from domain.calendar import Calendar
from domain.policy.examples.run import run_example
from domain.policy.layer import LISTS, NAMED, TABLES
from domain.policy.soundness import support
from tests.worked import FILES, worked

if TYPE_CHECKING:
    from domain.policy.law import Law

ROOT = Path(__file__).parents[2]
ROWS = tomllib.loads((ROOT / "docs" / "traceability.toml").read_text(encoding="utf-8"))["rule"]
EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for path in FILES for example in worked(path)["examples"]
}
LAWS = {law.id: law for law in packs.load_all()}
OWN = {
    rule: law
    for law in LAWS.values()
    for rule, quoted in law.rules.items()
    if quoted.citation.source == law.id
}
STATUSES = {
    "enforced",
    "reference_data",
    "human_judgement",
    "table_not_supplied",
    "out_of_scope",
}
DEFAULT = packs.document(packs.PACKS / "national-default.toml")


SUPPORT = {law.id: support(law) for law in LAWS.values()}


@cache
def functions_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, functions))


def test_every_rule_of_every_pack_has_one_row() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
    assert set(OWN) <= set(ids)
    others = set(ids) - set(OWN)
    assert {each.split("-")[0] for each in others} == {"A", "MS"}
    assert len(others) == 33


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS])
def test_a_row_names_only_what_exists(row: dict[str, Any]) -> None:
    assert row["status"] in STATUSES
    assert row["where"]
    assert row["status"] == "enforced" or row["reason"]
    assert row["shown_by"] or row["status"] == "out_of_scope"
    for shown in row["shown_by"]:
        if "::" in shown:
            path, name = shown.split("::")
            assert name in functions_in(ROOT / path), shown
        else:
            assert shown in EXAMPLES
    for where in row["where"]:
        if ":" in where:
            assert_in_pack(row["id"], *where.split(": "))
        else:
            assert (ROOT / where).exists(), where


def assert_in_pack(rule: str, pack: str, key: str) -> None:
    whole = LAWS[pack].whole if pack in LAWS else packs.load_default().whole
    section, _, rest = key.partition("[")
    value = getattr(whole, section)
    entry = value[rest.removesuffix("]")] if rest else value
    assert section in {*LISTS, *TABLES, *NAMED}
    assert rule in str(entry) or rule not in OWN


@pytest.mark.parametrize("rule", sorted(OWN))
def test_a_row_names_every_value_that_rests_on_the_rule(rule: str) -> None:
    (row,) = [row for row in ROWS if row["id"] == rule]
    law = OWN[rule]
    resting = (key for key, rules in SUPPORT[law.id].items() if rule in rules)
    assert sorted(row["where"]) == sorted(f"{law.id}: {key}" for key in resting)


@pytest.mark.parametrize("rule", sorted(OWN))
def test_without_the_rule_an_example_fails(rule: str) -> None:
    (row,) = [row for row in ROWS if row["id"] == rule]
    law = OWN[rule]
    lamed = law_without(rule, DEFAULT, packs.document(packs.pack_path(law.id)))
    shown = [EXAMPLES[name] for name in row["shown_by"] if name in EXAMPLES]
    assert any(_fails(example, lamed) for example in shown)
    assert not any(_fails(example, law) for example in shown)


def _fails(example: dict[str, Any], law: Law) -> bool:
    return not run_example(example, [law], Calendar()).passed
