"""How a story is told: what is held against what was expected, and how it is printed."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email.message import Message
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from api.client import Reply
from api.demo.expecting import Answered, Done, Refused, refused
from api.demo.invented import document_number
from api.demo.printing import Printer
from api.demo.teller import Teller
from api.demo.words import Words
from domain import document
from domain.document import DocumentKind
from tests.api.demonstration import Silence

if TYPE_CHECKING:
    from api.demo.expecting import Expected
    from api.demo.words import Language

NOON = datetime(2024, 10, 15, 4, 0, tzinfo=UTC)
POST = Words("经办人", "handler")
DID = Words("审查本人的申报", "reviews her own case")
RULE = {"id": "XW-25", "clause": "四（一）", "quote": "不得审查本人的材料", "source": "xunwu-2024"}
REFUSAL = {
    "code": "SELF_REVIEW",
    "detail": "申报人不得审查本人的材料。",
    "refusals": [
        {"code": "SELF_REVIEW", "detail": "申报人不得审查本人的材料。", "rules": ["XW-25"]}
    ],
    "rules": [RULE],
    "position": 9,
}
EXPECTED = refused("SELF_REVIEW", "XW-25", recorded=True)


def reply(status: int, body: object) -> Reply:
    return Reply(status, Message(), body)


def missing(expected: Expected, answer: Reply) -> list[str]:
    return list(expected.missing(answer))


def told(answer: Reply, expected: Expected, language: Language = "zh") -> Teller:
    teller = Teller(Silence(), language)
    teller.step(NOON, "何秋雨", POST, DID, answer, expected)
    return teller


def test_a_refusal_as_expected_lacks_nothing() -> None:
    assert missing(EXPECTED, reply(409, REFUSAL)) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(201, {"position": 9}), EXPECTED),
        (reply(409, {**REFUSAL, "position": None}), EXPECTED),
        (reply(409, REFUSAL), refused("SELF_REVIEW", "XW-25")),
        (reply(409, REFUSAL), refused("SELF_REVIEW", "XW-23", recorded=True)),
        (reply(409, REFUSAL), refused("SAME_REVIEWER", "XW-25", recorded=True)),
        (
            reply(409, REFUSAL),
            Refused({"SELF_REVIEW": ("XW-25",), "NOT_IN_SEAT": ()}, recorded=True),
        ),
        (reply(409, {**REFUSAL, "rules": [{**RULE, "quote": ""}]}), EXPECTED),
        (reply(409, REFUSAL), Done()),
        (reply(201, {"events": []}), Done(topics=("case:opened:1",))),
        (reply(200, {"status": "revoked"}), Answered({"status": "valid"})),
        (reply(200, "<p>"), Answered(words=("不予受理通知书",))),
    ],
)
def test_what_goes_otherwise_is_a_deviation(answer: Reply, expected: Expected) -> None:
    assert missing(expected, answer)
    assert not told(answer, expected).went_well


def test_members_are_found_along_their_path() -> None:
    body = {"stages": [{"corrected": "DIFFERENT"}]}
    assert missing(Answered({"stages.0.corrected": "DIFFERENT"}), reply(200, body)) == []
    assert missing(Answered({"stages.1.corrected": "DIFFERENT"}), reply(200, body))


def test_a_story_without_steps_did_not_go_well() -> None:
    assert not Teller(Silence(), "zh").went_well


def test_a_story_that_broke_off_did_not_go_well() -> None:
    teller = told(reply(409, REFUSAL), EXPECTED)
    assert teller.went_well
    teller.broke("no server")
    assert not teller.went_well


def test_a_refusal_is_printed_with_its_sentence_rule_and_quote() -> None:
    text = printed(reply(409, REFUSAL), EXPECTED)
    for part in ("2024-10-15 12:00", "何秋雨", "经办人", "审查本人的申报", "✗ 已拦截", "9"):
        assert part in text
    for part in ("SELF_REVIEW", "申报人不得审查本人的材料。", "XW-25", "四（一）", "不得审查本人"):
        assert part in text


def test_a_deviation_is_printed_loudly() -> None:
    text = printed(reply(201, {"position": 9}), EXPECTED)
    assert "‼ 与预期不符" in text
    assert "SELF_REVIEW" in text


def test_without_a_terminal_no_colour_is_printed() -> None:
    assert "\x1b" not in printed(reply(409, REFUSAL), EXPECTED)


def test_steps_are_told_in_english_when_asked() -> None:
    text = printed(reply(201, {"position": 9}), Done(), "en")
    assert "reviews her own case" in text
    assert "✓ recorded" in text


def test_every_invented_document_has_its_check_digit() -> None:
    for place in range(1, 1000):
        number = document_number(place)
        read = document.read(DocumentKind.RESIDENT_IDENTITY_CARD, number, NOON.date())
        assert read.number == number
        assert number.startswith("36073419000101")


def printed(answer: Reply, expected: Expected, language: Language = "zh") -> str:
    paper = io.StringIO()
    teller = Teller(Printer(language, Console(file=paper, width=132)), language)
    teller.chapter(Words("一", "1"), Words("起", "in the beginning"))
    teller.step(NOON, "何秋雨", POST, DID, answer, expected)
    teller.show(Words("表", "table"), (Words("列", "column"),), ((1,), (None,)))
    return paper.getvalue()
