"""Every refusal of the program: its sentence in two languages, and the rule on which it rests."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.law import packs
from api.law.book import LawBook
from domain.refusal import Refusal
from domain.refusals.sentences_by_code import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.law import Law

ROOT = Path(__file__).parents[2]
DECIDED_BY_LAW = (ROOT / "domain" / "policy", ROOT / "domain" / "refusals" / "sentences_by_code.py")
"""What the law refuses of an application cites the condition that it did not meet."""
SAY = ("Refusal", "behind", "refusal")
CHINESE_END, ENGLISH_END = "。", "."


@cache
def calls() -> dict[str, list[ast.Call]]:
    """Each call of what says a refusal, but for the law itself, by its name."""
    found: dict[str, list[ast.Call]] = {name: [] for name in SAY}
    for floor in ("domain", "api"):
        for path in sorted((ROOT / floor).rglob("*.py")):
            if not {path, *path.parents}.isdisjoint(DECIDED_BY_LAW):
                continue
            if not any(f"{name}(" in (text := path.read_text("utf-8")) for name in SAY):
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
                    found.get(name, []).append(node)
    return found


def said(call: ast.Call, place: int, name: str) -> ast.expr | None:
    """An argument of a call, by place or by name."""
    named = [each.value for each in call.keywords if each.arg == name]
    given = named or call.args[place : place + 1]
    return given[0] if given else None


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Each refusal that is written out, by its code."""
    for call in calls()["Refusal"]:
        code = said(call, 0, "code")
        again = isinstance(code, ast.Attribute) and code.attr == "code"
        if code is not None and not again:  # what was told or recorded is told again, word for word
            assert isinstance(code, ast.Constant), ast.unparse(call)
            yield str(code.value), call


def asked_for() -> Iterator[str]:
    """Codes under which a decider asks the law for the words behind an act, or for a sentence."""
    for call in calls()["behind"] + calls()["refusal"]:
        yield from (str(each.value) for each in call.args[:1] if isinstance(each, ast.Constant))


CODES = sorted({code for code, _ in refusals()} | set(asked_for()))


OF_THE_DOOR = {"PASSWORD_CHANGE_REQUIRED", "WITHOUT_POWER"}
"""What is refused before anything is decided, by the law all the same."""


@pytest.fixture(scope="module")
def default() -> Law:
    return packs.load_default()


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_rests_on_a_rule(code: str, default: Law) -> None:
    citations = default.behind(code)
    assert citations, f"[refusals] {code} of the national default"
    assert all(each.quote and each.clause for each in citations)


def test_no_row_is_about_a_code_that_nobody_uses(default: Law) -> None:
    known = {*CODES, *SENTENCES, *OF_THE_DOOR, "CLASSIFIED_SUSPECTED"}
    for law in [default, *packs.load_all()]:
        assert set(law.whole.refusals) <= known, law.id


def test_every_refusal_is_a_full_sentence_in_two_languages() -> None:
    for code, call in refusals():
        chinese, english = said(call, 1, "chinese"), said(call, 2, "english")
        for words, end in ((chinese, CHINESE_END), (english, ENGLISH_END)):
            if isinstance(words, (ast.Constant, ast.JoinedStr)):
                whole = words.value if isinstance(words, ast.Constant) else ast.unparse(words)
                assert str(whole).rstrip("'\"").endswith(end), code
        if isinstance(chinese, ast.Constant):
            assert re.search("[\u4e00-\u9fff]", str(chinese.value)), code


def test_a_refusal_without_words_of_its_own_cites_the_default(default: Law) -> None:
    book = LawBook(default, ())
    told = book.cited(Refusal("ON_HOLD", "暂缓删除。", "On hold."))
    assert [each.rule for each in told.citations] == ["ND-ERASURE"]
    assert book.cited(told) == told
