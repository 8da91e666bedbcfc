"""Refusals: a code, a full sentence in two languages, and a test for each."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.case import (
    certificate,
    filing,
    next_stage,
    refusals,
    resubmission,
    returning,
    verification,
)
from domain.case.extension import due_in_the_past
from domain.refusal import Refusal, Refused
from domain.refusals.entries import reason_missing
from domain.refusals.seats import not_in_seat
from domain.service import reads_nothing_here
from tests.domain.story import DRAFT, DUE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
OF_POLICY = (ROOT / "domain" / "policy", ROOT / "domain" / "refusals" / "sentences_by_code.py")


def codes() -> Iterator[str]:
    """Every code that the deciders can give; those of policy have tests of their own."""
    for path in sorted((ROOT / "domain").rglob("*.py")):
        if not {path, *path.parents}.isdisjoint(OF_POLICY):
            continue
        if "efusal(" not in (text := path.read_text(encoding="utf-8")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").lower() == "refusal":
                named = [each.value for each in node.keywords if each.arg == "code"]
                (code,) = named or node.args[:1]
                assert isinstance(code, (ast.Constant, ast.Name)), ast.unparse(node)
                if isinstance(code, ast.Constant):
                    yield str(code.value)


@pytest.mark.parametrize("code", sorted(set(codes())))
def test_every_refusal_is_told_by_a_test(code: str) -> None:
    tests = (path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    assert any(f'"{code}"' in text for text in tests)


SENTENCES = [
    refusals.wrong_phase(DRAFT, "审查", "reviewed"),
    not_in_seat("handler"),
    refusals.application_missing(),
    filing.declaration_missing("真实", "it is true", "/declared_truthful"),
    refusals.duplicate_claims(["work"]),
    refusals.unknown_claims(["work"], "/items"),
    refusals.unknown_materials(["scan"], "/material"),
    verification.unverified_claims(["work"]),
    verification.refuted_claims(["work"]),
    verification.first_assertion(["work"], ()),
    reason_missing("/reasons"),
    returning.items_missing(),
    due_in_the_past(DUE, "/due_at"),
    resubmission.past_due(DUE),
    refusals.unknown_stage("province"),
    next_stage.judgement_missing(["TABLE_NOT_SUPPLIED"], ()),
    next_stage.judged_unsatisfied(["TABLE_NOT_SUPPLIED"], ()),
    certificate.already_certified("证-1"),
    reads_nothing_here(),
]


@pytest.mark.parametrize("refusal", SENTENCES, ids=lambda refusal: refusal.code)
def test_a_refusal_is_a_full_sentence_in_two_languages(refusal: Refusal) -> None:
    assert refusal.chinese.endswith("。")
    assert refusal.english.endswith(".")
    assert refusal.english[0].isupper()


@pytest.mark.parametrize(
    ("refusal", "named"),
    [
        (refusals.duplicate_claims(["work", "prize"]), "work、prize"),
        (refusals.unknown_claims(["work", "prize"], ""), "work、prize"),
        (refusals.unknown_materials(["scan", "photo"], ""), "scan、photo"),
        (next_stage.judgement_missing(["ONE", "TWO"], ()), "ONE、TWO"),
        (next_stage.judged_unsatisfied(["ONE", "TWO"], ()), "ONE、TWO"),
    ],
)
def test_a_refusal_names_everything_that_it_is_about(refusal: Refusal, named: str) -> None:
    assert named in refusal.chinese
    assert named.replace("、", ", ") in refusal.english


def test_who_reads_nothing_here_is_told_otherwise() -> None:
    refusal = reads_nothing_here()
    assert (refusal.code, refusal.pointer) == ("READS_NOTHING_HERE", "/told")
    assert "证明材料" in refusal.chinese


def test_a_refusal_has_a_reason() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        Refused()


def test_a_refusal_lists_its_codes_and_nothing_else() -> None:
    refused = Refused(returning.items_missing(), reason_missing("/reasons"))
    assert str(refused) == "RETURN_ITEMS_MISSING, REASON_MISSING"
