"""How whatever goes wrong is answered."""

from __future__ import annotations

import ast
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.problems import CATALOGUE
from api.problems.of_requests import OF_REQUESTS
from api.problems.of_sign_in import OF_SIGN_IN
from api.problems.of_state import OF_STATE

if TYPE_CHECKING:
    from tests.api.client import Client


def test_a_refusal_tells_every_reason_with_the_words_of_its_rule(visitor: Client) -> None:
    answer = visitor.get("/probe/faults/law")
    assert (answer.status, answer.code) == (409, "SAME_REVIEWER")
    assert answer.body["type"] == "urn:mingjian:problem:same-reviewer"
    assert answer.body["detail"] == "不能为同一人。\n不得审查本人的材料。"
    assert answer.body["rules"] == [
        {"id": "XW-23", "clause": "四、（一）", "quote": "不能为同一人", "source": "xunwu-2024"}
    ]
    assert [(one["code"], one["pointer"]) for one in answer.body["refusals"]] == [
        ("SAME_REVIEWER", "/person"),
        ("SELF_REVIEW", ""),
    ]


@pytest.mark.parametrize(
    ("preferred", "language"),
    [("", "zh"), ("en", "en"), ("en-GB,zh;q=0.5", "en"), ("fr", "zh"), ("zh-CN,en", "zh")],
)
def test_accept_language_chooses_and_chinese_is_the_default(
    visitor: Client, preferred: str, language: str
) -> None:
    answer = visitor.get("/v1/nothing", Accept_Language=preferred)
    assert answer.headers["Content-Language"] == language
    entry = CATALOGUE["NOT_FOUND"]
    assert answer.body["detail"] == (entry.chinese if language == "zh" else entry.english)


def test_a_refusal_that_was_recorded_tells_where_and_whether_it_is_told_again(
    visitor: Client,
) -> None:
    answer = visitor.get("/probe/faults/noted")
    assert (answer.status, answer.code, answer.body["position"]) == (409, "SAME_REVIEWER", 7)
    assert answer.headers["Idempotent-Replayed"] == "true"


def test_every_code_that_is_raised_is_in_the_catalogue() -> None:
    raised = {
        node.args[0].value
        for path in (Path(__file__).parents[2] / "api").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert raised <= CATALOGUE.keys()


def test_no_code_is_given_out_twice() -> None:
    assert len(CATALOGUE) == len(OF_REQUESTS) + len(OF_SIGN_IN) + len(OF_STATE)


def test_what_nobody_foresaw_shows_the_request_id_and_nothing_else(visitor: Client) -> None:
    answer = visitor.get("/probe/faults/bug")
    assert (answer.status, answer.code) == (500, "INTERNAL_ERROR")
    assert answer.body["request_id"] == answer.headers["X-Request-Id"]
    assert "360734" not in str(answer.body)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("disk", "STORAGE_FULL"),
        ("slow", "BUSY"),
        ("gone", "DATABASE_UNAVAILABLE"),
        ("lost", "OUTCOME_UNKNOWN"),
        ("moved", "BUSY"),
        ("unmade", "NOT_YET_VISIBLE"),
    ],
)
def test_a_database_that_cannot_is_503_and_says_when_to_come_back(
    visitor: Client, fault: str, code: str
) -> None:
    answer = visitor.get(f"/probe/faults/{fault}")
    assert (answer.status, answer.code) == (503, code)
    assert int(answer.headers["Retry-After"]) > 0


def test_a_method_that_is_not_there_is_405_with_those_that_are(visitor: Client) -> None:
    answer = visitor.delete("/v1/password")
    assert (answer.status, answer.code) == (405, "METHOD_NOT_ALLOWED")
    assert "PUT" in answer.headers["Allow"]


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_has_a_chinese_and_an_english_sentence_with_the_same_words(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.chinese.endswith("。")
    assert entry.english.endswith(".")
    assert _words(entry.chinese) == _words(entry.english)
    assert 400 <= entry.status < 600


def _words(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
