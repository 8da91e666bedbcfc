"""A negative decision is told in sentences that rest on rules of the notice, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.filings import PACK, WORD, decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.world import World

SHORT = {"code": "YEARS_SHORT", "rules": ["XW-08"]}
SAID = {"opinion": "工作年限不足。"}
WRONG = [
    ({"code": "YEARS"}, 422, "/reasons/0/code", "YEARS_SHORT（工作年限不足）"),
    ({"code": "OBJECTION_UPHELD", "rules": ["XW-08"]}, 422, "/reasons/0/code", "YEARS_SHORT"),
    ({"code": "YEARS_SHORT"}, 409, "/reasons/0/rules", "XW-08"),
    ({"code": "YEARS_SHORT", "rules": ["LH-45"]}, 409, "/reasons/0/rules", "XW-08"),
]


@pytest.fixture(scope="module")
def path(world: World) -> str:
    """A case that waits for the employer's leader, whose handler is against it."""
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path, recommendation="reject", reasons=[SHORT]))
    return path


def told(answer: Answer) -> tuple[int, str, str]:
    """The status, and where and what the first thing is that is wrong."""
    wrong = answer.body.get("errors") or answer.body["refusals"]
    return answer.status, wrong[0]["pointer"], wrong[0]["detail"]


@pytest.mark.parametrize(("reason", "status", "pointer", "known"), WRONG)
def test_no_other_reason_is_taken(
    world: World, path: str, reason: dict[str, Any], status: int, pointer: str, known: str
) -> None:
    waiting = filed(world.applicant(world.school), world.school)
    asked = {"recommendation": "reject", "reasons": [reason]}
    for answer in (
        opine(world.school.handler, waiting, **asked),
        decide(world.school.leader, path, decision="reject", reasons=[reason], **SAID),
    ):
        assert told(answer)[:2] == (status, pointer)
        assert known in told(answer)[2]


def test_nor_in_a_decision_on_many(world: World, path: str) -> None:
    leader = world.school.leader
    case = path.removeprefix("/v1/cases/")
    seen = {"case": case, "version": done(leader.get(path)).body["version"]}
    body = {"decision": "reject", "cases": [seen], **SAID, **WORD}
    strange = leader.post("/v1/bulk-decisions", {**body, "reasons": [WRONG[3][0]]})
    assert done(strange).body["outcomes"][0]["codes"] == ["UNKNOWN_RULE"]
    unnamed = leader.post("/v1/bulk-decisions", {**body, "reasons": [WRONG[0][0]]})
    assert unnamed.status == 422


def test_nor_does_a_return_cite_another_notice(world: World, path: str) -> None:
    item = {"subject": "application", "problem": "请补充。", "rules": ["LH-45"]}
    answer = world.school.leader.change(path, "/returns", {"items": [item], **WORD})
    assert told(answer)[:2] == (409, "/items/0/rules")


def test_the_notice_prints_the_sentence_and_the_rule(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    done(opine(world.school.handler, path, recommendation="reject", reasons=[SHORT]))
    named = {"code": "工作年限不足", "rules": ["XW-08"]}
    done(decide(world.school.leader, path, decision="不通过", reasons=[named], **SAID))
    page = done(applicant.get(f"{path}/notice")).body
    rule = world.services.office.laws.law(PACK).rules["XW-08"].citation
    assert "工作年限不足。" in page
    assert rule.quote in page
    assert "YEARS" not in page


def test_nobody_judges_what_the_law_did_not_ask(world: World, path: str) -> None:
    body = {"question": "YEARS", "satisfied": True, "grounds": "符合。"}
    answer = world.school.leader.change(path, "/judgements", body)
    assert told(answer)[:2] == (409, "/question")
    assert "TABLE_NOT_SUPPLIED" in told(answer)[2]
