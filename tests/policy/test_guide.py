"""The guide for officials names everything that a pack can contain."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import domain.policy
from api.command.policy import policy
from api.law import packs
from domain.calendar import Calendar, read_calendar
from domain.policy.asking import BOUNDS
from domain.policy.checks import CHECKS
from domain.policy.condition import OTHERWISE
from domain.policy.examples.asked import KINDS
from domain.policy.examples.run import assuming, examine
from domain.policy.layer import LISTS, NAMED, TABLES
from domain.policy.loader import Document, load_law
from domain.policy.names import NAMES, RECORDS, RELATIONS
from domain.policy.publicity import COUNTING
from domain.policy.reckoning import WAYS
from domain.policy.sources import Source
from domain.policy.supplement import AT_BEST, BOUND, ill_fitting, parts
from domain.policy.terms import COUNTED_FROM, MILESTONES
from domain.policy.unsettled import unsettled

READS = {
    "day",
    "each",
    "flag",
    "inner",
    "maybe_day",
    "maybe_number",
    "maybe_text",
    "maybe_time",
    "named_fact",
    "needed",
    "number",
    "one_of",
    "table",
    "text",
    "texts",
}
READ = re.compile(rf'(?<![\w.)\]])\w+\.(?:{"|".join(sorted(READS))})\(\s*"([^"]+)"')
"""A call of one of these by a name, with a key."""
GUIDE = (Path(__file__).parents[2] / "docs" / "policy-packs.md").read_text(encoding="utf-8")
NINTH = Path(__file__).parent / "ninth" / "jimao-2026.toml"
BLOCKS = GUIDE.split("```")


def blocks(language: str) -> list[str]:
    return [block[len(language) :] for block in BLOCKS[1::2] if block.startswith(f"{language}\n")]


def keys_read() -> set[str]:
    """Every key that some reader of the engine asks for."""
    asked: set[str] = set()
    for module in Path(domain.policy.__file__).parent.rglob("*.py"):
        asked.update(READ.findall(module.read_text(encoding="utf-8")))
    return asked - {"pack", *NAMED}


@pytest.mark.parametrize("key", sorted(keys_read()))
def test_every_key_is_listed(key: str) -> None:
    assert f"`{key}`" in GUIDE


@pytest.mark.parametrize("kind", ["eligibility", "years", "publicity", *KINDS])
def test_every_kind_of_example_is_listed(kind: str) -> None:
    assert f"`{kind}`" in GUIDE


@pytest.mark.parametrize("section", sorted(LISTS))
def test_every_list_is_explained(section: str) -> None:
    assert f"`[[{section}]]`" in GUIDE


@pytest.mark.parametrize("section", sorted(TABLES))
def test_every_table_is_explained(section: str) -> None:
    assert f"`[{section}]`" in GUIDE


@pytest.mark.parametrize(
    "word",
    sorted({*CHECKS, *WAYS, *COUNTING, *OTHERWISE, *RELATIONS, *NAMES, *Source, *COUNTED_FROM}),
)
def test_every_word_of_the_language_is_explained(word: str) -> None:
    assert f"`{word}`" in GUIDE


@pytest.mark.parametrize("listed", RECORDS)
def test_every_property_of_a_record_is_explained(listed: str) -> None:
    rows = [each for each in GUIDE.splitlines() if each.startswith(f"| `{listed}` ")]
    assert any(all(f"`{name}`" in row for name in RECORDS[listed]) for row in rows)


@pytest.mark.parametrize("bound", BOUNDS)
def test_every_bound_is_explained(bound: str) -> None:
    assert f"{bound} = " in GUIDE


@pytest.mark.parametrize("milestone", MILESTONES)
def test_every_milestone_is_explained(milestone: str) -> None:
    assert f'"{milestone}"' in GUIDE


@pytest.mark.parametrize("block", blocks("toml"))
def test_every_toml_in_the_guide_is_one(block: str) -> None:
    assert tomllib.loads(block)


def test_what_is_done_each_january_goes_as_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = re.findall(
        r"^\./mingjian policy ((?:new|check|diff) .*xunwu-2026.*)$", GUIDE, re.MULTILINE
    )
    words = [re.split(r"\s{2,}", each)[0].split() for each in shown]
    assert [each[0] for each in words] == ["new", "check", "diff"]
    codes = [CliRunner().invoke(policy, each).exit_code for each in words]
    assert codes == [0, 1, 0]


def test_the_edition_in_the_guide_follows_the_pack_that_it_names(tmp_path: Path) -> None:
    (block,) = [each for each in blocks("toml") if "follows = " in each]
    path = tmp_path / "xunwu-2026.toml"
    path.write_text(block, encoding="utf-8")
    law = packs.load_over(str(path))
    assert law.earlier == ("xunwu-2024",)
    assert [each.key for each in unsettled(law)] == ["completion[2026].finish_by"]
    assert "teacher_elsewhere" not in law.whole.conditions


def test_the_supplement_in_the_guide_binds_cases_under_way_as_it_says(tmp_path: Path) -> None:
    (block,) = [each for each in blocks("toml") if "supplements = " in each]
    path = tmp_path / "more.toml"
    path.write_text(block, encoding="utf-8")
    law = packs.load_over(str(path))
    assert (unsettled(law), ill_fitting(law)) == ((), ())
    assert law.whole.fees["recognition"].fen == 4200
    documents = [Document(*each) for each in law.texts[1:]]
    assert parts(documents, 1, BOUND) == ()
    bound = load_law(Document(*law.texts[0]), documents[0], parts(documents, 1, AT_BEST)).whole
    assert bound.windows["B2"] == law.whole.windows["B2"]
    assert not bound.fees


def test_the_calendar_in_the_guide_is_one() -> None:
    (document,) = [block for block in blocks("toml") if block.strip().startswith("year")]
    assert 2027 in read_calendar([("calendar.toml", document)]).years


def test_the_example_in_the_guide_is_one() -> None:
    block, _ = blocks("yaml")
    examples: list[dict[str, Any]] = yaml.safe_load(block)["examples"]
    assert [each["kind"] for each in examples] == ["eligibility"]


def test_the_example_at_the_door_comes_out_as_the_guide_says() -> None:
    _, block = blocks("yaml")
    held = yaml.safe_load(block)
    (example,) = assuming(held, held["examples"])
    result = examine(example, [packs.load(str(NINTH))], Calendar())
    assert (result.differences, result.remarks) == ((), ())
