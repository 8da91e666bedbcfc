"""A table that cannot be read exactly is not read at all, and the error names document and key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.policy.accounts import read_separation
from domain.policy.chain import CLAIM_KINDS, read_stage
from domain.policy.checks import CHECKS, LENGTHS
from domain.policy.checks.plain import COMPARED
from domain.policy.condition import read_rule
from domain.policy.duties import read_retention
from domain.policy.faults import PackError
from domain.policy.header import read_quoted
from domain.policy.levels import read_level
from domain.policy.materials import read_material
from domain.policy.names import RECORDS
from domain.policy.outcome import read_label
from domain.policy.reference import read_reference
from domain.policy.routes import read_route
from domain.policy.terms import read_adjustment, read_term
from domain.policy.windows import read_window
from tests.policy.tables import (
    CITING,
    MATERIAL,
    NAMED,
    REFERENCE,
    STAGE,
    WINDOW,
    Table,
    read,
    reader_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.policy.condition import Rule
    from domain.policy.reading import Reader

CONDITION = {**NAMED, "code": "CONDITION_NOT_MET", "require": {"unit.type": "enterprise"}}
SEPARATION = {
    "different_persons": True,
    "self_review": False,
    "handler_first": True,
    "substitutes": False,
    "other_level": "flag",
    **CITING,
}
WORK = {"years": 1}
A_TEXT = "must be a text in quotation marks; is"
A_NUMBER = "must be a whole number without quotation marks; is"
NO_FACT = "is no fact that the engine or the pack names"


def read_condition(reader: Reader) -> Rule:
    return read_rule(reader, CHECKS)


def read_rule_quoted(reader: Reader) -> object:
    return read_quoted(reader, "R-1", "sample-2025")


def read_labels(reader: Reader) -> object:
    return reader.by_id("labels", read_label)


def read_needed(reader: Reader) -> object:
    return reader.needed("with")


NO_BOUND = "is no bound: from and before take a day, at_least and at_most a number or a day"
NOR = "nor a named fact"
UNTOLD = ", ".join(sorted(LENGTHS - COMPARED))
OF_TITLE = ", ".join(sorted(RECORDS["title"]))
OF_EDUCATION = ", ".join(sorted(RECORDS["education"]))


@pytest.mark.parametrize(
    ("reading", "table", "error"),
    [
        (read_label, {**NAMED, "zhs": "中"}, "zhs: unknown key"),
        (read_label, {**NAMED, "b": 1, "a": 1}, "a: unknown key\nsample.toml.b: unknown key"),
        (read_label, {"id": "it", "zh": "中", **CITING}, "en: missing"),
        (read_label, {**NAMED, "en": 1}, f"en: {A_TEXT} 1"),
        (read_level, {**NAMED, "rank": True}, f"rank: {A_NUMBER} true"),
        (read_retention, {"years": "1", **CITING}, f'years: {A_NUMBER} "1"'),
        (read_retention, {"years": 1}, "rule: missing"),
        (read_retention, {"rule": []}, "rule: a value without a citation is no law"),
        (read_retention, {"rule": "R-2"}, "rule: no rule 'R-2' is quoted in this pack"),
        (read_retention, {"rule": ["R-1", 2]}, "rule: must be a list of texts"),
        (read_labels, {"labels": {}}, "labels: must be a list; is {}"),
        (read_labels, {"labels": [1]}, "labels: must be a list of tables"),
        (read_labels, {"labels": [NAMED, NAMED]}, "labels[it].id: 'it' stands twice"),
        (read_labels, {"labels": [{"zh": "中", "en": "e", **CITING}]}, "labels[0].id: missing"),
        (read_needed, {}, "with: missing"),
        (read_needed, {"with": 1}, "with: must be a table; is 1"),
        (
            read_rule_quoted,
            {"clause": "一", "quote": " "},
            "quote: a citation has a clause and a quote",
        ),
        (
            read_rule_quoted,
            {"clause": " ", "quote": "原文"},
            "clause: a citation has a clause and a quote",
        ),
        (
            read_window,
            {**WINDOW, "opens": date(2025, 4, 1)},
            "opens: a window opens before it closes",
        ),
        (
            read_stage,
            {**STAGE, "first_to_assert": ["work", "wrok", "job"]},
            f"first_to_assert: 'wrok', 'job' is none of {', '.join(CLAIM_KINDS)}",
        ),
        (
            read_stage,
            {**STAGE, "instead": [{"body": "employer", **CITING, "zh": "中"}]},
            "instead[0].zh: unknown key",
        ),
        (
            read_material,
            {**MATERIAL, "supports": ["wrok", "job"]},
            f"supports: 'wrok', 'job' is none of {', '.join(CLAIM_KINDS)}",
        ),
        (
            read_material,
            {**MATERIAL, "channel": "post"},
            "channel: 'post' is none of online, paper, linked, online_or_linked, either",
        ),
        (
            read_reference,
            {**REFERENCE, "address": "某内网址", "public": False},
            "address: an address that is not public does not belong in a pack",
        ),
        (
            read_separation,
            {**SEPARATION, "different_persons": False},
            "different_persons: no pack may waive the separation of duties",
        ),
        (
            read_separation,
            {**SEPARATION, "handler_first": False},
            "handler_first: no pack may waive the separation of duties",
        ),
        (
            read_separation,
            {**SEPARATION, "self_review": True},
            "self_review: no pack may let anybody review themselves",
        ),
        (
            read_condition,
            {**CONDITION, "code": "NO_SUCH"},
            "code: no sentence is written for 'NO_SUCH'; one of your own stands under says",
        ),
        (
            read_condition,
            {**CONDITION, "code": "SERVICE_TOO_SHORT"},
            f"code: nothing here tells the {UNTOLD} of 'SERVICE_TOO_SHORT'",
        ),
        (
            read_condition,
            {**NAMED, "code": "CONDITION_NOT_MET"},
            "require: a comparison needs require or forbid",
        ),
        (
            read_condition,
            {**CONDITION, "require": {"unit.typ": "enterprise"}},
            f"require.unit.typ: 'unit.typ' {NO_FACT}",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"any": [{"level": "x"}, {"unit.typ": "x"}]}},
            f"when.any[1].unit.typ: 'unit.typ' {NO_FACT}",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"unless": {"unit.typ": "x"}}},
            f"when.unless.unit.typ: 'unit.typ' {NO_FACT}",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"level": []}},
            "when.level: must be a text, number, flag or list of them, or a table of bounds",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"level": ["junior", 1.5]}},
            "when.level: must be a text, number, flag or list of them, or a table of bounds",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"level": {}}},
            "when.level: needs a bound",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"level": {"atleast": 1}}},
            "when.level.atleast: unknown key",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"level": {"from": 1}}},
            f"when.level.from: {NO_BOUND}",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"title": {"sereis": "会计"}}},
            f"when.title.sereis: 'sereis' is neither a property of title ({OF_TITLE}) {NOR}",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"education": {"count": -1}}},
            "when.education.count: must be a whole number",
        ),
        (
            read_condition,
            {**CONDITION, "when": {"education": "bachelor"}},
            'when.education: must be a table of what one record is like, or "none" or "some"',
        ),
        (
            read_condition,
            {**NAMED, "code": "CONDITION_NOT_MET", "check": "achievements", "at_least": 2},
            "at_least: asks for more achievements than are listed",
        ),
        (read_term, {}, "years: a requirement of time needs years, months or days"),
        (
            read_term,
            {**WORK, "where": {"relation": ["same", "near", "far"]}},
            "where.relation: 'near', 'far' is none of same, close, professional, other",
        ),
        (read_term, {**WORK, "after": "graduation"}, f"after: 'graduation' {NO_FACT}"),
        (read_term, {**WORK, "before": "graduation"}, f"before: 'graduation' {NO_FACT}"),
        (read_term, {**WORK, "fact": "graduation"}, f"fact: 'graduation' {NO_FACT}"),
        (
            read_adjustment,
            {"id": "it", "if": {"years": 1, "zh": "中"}, **CITING},
            "if.zh: unknown key",
        ),
        (read_adjustment, {"id": "it", "zh": "中", **CITING}, "zh: unknown key"),
        (
            read_route,
            {**NAMED, "level": "junior", "kind": "k", "education": {"zh": "中"}},
            f"education.zh: 'zh' is neither a property of education ({OF_EDUCATION}) {NOR}",
        ),
        (
            read_route,
            {**NAMED, "level": "junior", "kind": "k", "terms": [{**WORK, "zh": "中"}]},
            "terms[0].zh: unknown key",
        ),
    ],
)
def test_an_inexact_table_is_refused_by_document_and_key(
    reading: Callable[[Reader], Any], table: Table, error: str
) -> None:
    with pytest.raises(PackError) as refused:
        read(reading, table)
    assert str(refused.value) == f"sample.toml.{error}"


@pytest.mark.parametrize(
    ("check", "parameters"),
    [
        ("served", {"years": 1}),
        ("education", {"at_least": "bachelor"}),
        ("assessment", {"grades": ["合格"]}),
        ("assessments", {"grades": ["合格"]}),
        ("specialty", {"of": ["major"]}),
        ("consents", {"steps": ["unit"]}),
    ],
)
def test_a_check_knows_all_its_parameters(check: str, parameters: Table) -> None:
    reader = reader_of({"with": {**parameters, "further": 1}})
    CHECKS[check].read(reader)
    with pytest.raises(PackError, match=r"sample\.toml\.with\.further: unknown key"):
        reader.finish()


def test_an_achievement_knows_all_its_keys() -> None:
    reader = reader_of({"items": [{**NAMED, "further": 1}]})
    CHECKS["achievements"].read(reader)
    with pytest.raises(PackError, match=r"items\[it\]\.further: unknown key"):
        reader.finish()
