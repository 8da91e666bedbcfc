"""Due process over HTTP: told, given time, decided by number, in a case however it ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.filings import acts_in, done, draft, file, filed, opine, passed
from tests.api.objections import codes

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

FINDING = {"ground": "弄虚作假", "evidence": ["查无此证"], "finding": "证书系伪造"}
DECISION = {"decision": "寻人社处〔2024〕19号", "finding": "弄虚作假属实"}
LAST_INSTANT = datetime(2024, 10, 22, 16, 0, tzinfo=UTC)
"""The end in Beijing of the fifth working day after the day of these tests."""


def suspect(world: World) -> tuple[Actor, str]:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    passed(path, world.school)
    return applicant, path


def opened(by: Actor, path: str) -> str:
    body = {"suspicion": "学位证书疑似伪造"}
    return f"/v1/investigations/{done(by.change(path, '/investigations', body)).body['stream']}"


def tell(by: Actor, investigation: str, **how: Any) -> Answer:  # noqa: ANN401 -- of a request
    return by.change(investigation, "/allegations", {"allegation": "查无此证", **how})


def found(world: World, who: Actor, investigation: str, number: str) -> Answer:
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    done(tell(officer, investigation))
    done(who.change(investigation, "/statements", {"statement": "承认"}))
    done(officer.change(investigation, "/proposals", FINDING))
    return leader.change(investigation, "/findings", {**DECISION, "decision": number})


@pytest.fixture(scope="module")
def alleged(world: World) -> tuple[Actor, str]:
    """Somebody under investigation who was not told yet, and the path of the investigation."""
    applicant, path = suspect(world)
    return applicant, opened(world.bureau.integrity_handler, path)


def test_a_term_of_a_minute_is_refused_with_the_rule_and_the_day(
    world: World, alleged: tuple[Actor, str]
) -> None:
    officer, investigation = world.bureau.integrity_handler, alleged[1]
    for until in (timedelta(minutes=1), timedelta(days=5)):
        answer = tell(officer, investigation, answer_by=(world.clock.now() + until).isoformat())
        (refusal,) = answer.body["refusals"]
        assert (refusal["code"], refusal["pointer"]) == ("TERM_TOO_SHORT", "/answer_by")
        assert refusal["rules"] == ["ND-TERM-STATEMENT"]
        assert "2024-10-23 00:00" in refusal["detail"]
        (rule,) = answer.body["rules"]
        assert "行政处罚法" in rule["clause"]


def test_nobody_is_told_in_the_future_before_the_start_or_without_proof(
    world: World, alleged: tuple[Actor, str]
) -> None:
    officer, investigation = world.bureau.integrity_handler, alleged[1]
    by_hand = {"channel": "直接送达", "proof": "送达回证第1号"}
    for told, code in (
        ({**by_hand, "on": "2024-10-16"}, "OCCURRED_LATER"),
        ({**by_hand, "on": "2024-10-14"}, "TOLD_TOO_EARLY"),
        ({"channel": "system", "on": "2024-10-14"}, "TOLD_TOO_EARLY"),
        ({"channel": "post"}, "PROOF_MISSING"),
    ):
        assert codes(tell(officer, investigation, told=told)) == {code}, told
    elsewhere = tell(officer, investigation, told={"channel": "微信"})
    assert elsewhere.status == 422
    soon = tell(officer, investigation, hearing_on="2024-10-21")
    assert codes(soon) == {"TERM_TOO_SHORT"}


def test_who_leaves_the_term_out_gets_that_of_the_law(
    world: World, alleged: tuple[Actor, str]
) -> None:
    applicant, investigation = alleged
    officer = world.bureau.integrity_handler
    assert applicant.get(investigation).code == "NOT_FOUND"
    done(tell(officer, investigation))
    seen = done(applicant.get(investigation)).body
    assert datetime.fromisoformat(seen["answer_by"]) == LAST_INSTANT
    (event,) = seen["events"]
    told = event["fields"]["told"]
    assert (told["channel"], told["on"], told["late_entry"]) == ("system", "2024-10-15", False)
    by_notice = {"channel": "公告送达", "proof": "公告栏照片"}
    done(tell(officer, investigation, told=by_notice))
    seen = done(applicant.get(investigation)).body
    assert seen["answer_by"] == "2024-11-21T16:00:00+00:00"
    assert codes(officer.change(investigation, "/proposals", FINDING)) == {"NOT_YET_HEARD"}


def test_a_decision_is_one_of_a_list_and_a_document_number_is_one(
    world: World, alleged: tuple[Actor, str]
) -> None:
    leader, investigation = world.bureau.integrity_leader, alleged[1]
    for number in (
        "维持",
        "uphold",
        "某号",
        "HELLO〔2024〕1号",
        "某人社发〔24〕1号",
        "某人社发2024年1号",
    ):
        closed = leader.change(investigation, "/closures", {"decision": number, "reason": "查否"})
        assert closed.status == 422, number
        (error,) = closed.body["errors"]
        assert error["pointer"] == "/decision"
        assert "发文字号" in error["detail"]


def test_whoever_was_suspected_is_told_that_nothing_was_confirmed(
    world: World, alleged: tuple[Actor, str]
) -> None:
    applicant, investigation = alleged
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    early = officer.change(investigation, "/services", {})
    assert codes(early) == {"NO_DECISION_TO_SERVE"}
    closing = {"decision": "寻人社核[２０２４]第７号", "reason": "经查属实，嫌疑不成立"}
    done(leader.change(investigation, "/closures", closing))
    seen = done(officer.get(investigation)).body
    assert "investigations.conduct" in acts_in(seen)
    assert seen["events"][-1]["fields"]["decision"] == "寻人社核〔2024〕7号"
    done(officer.change(investigation, "/services", {}))
    seen = done(applicant.get(investigation)).body
    assert (seen["ended"], seen["review_by"]) == ("closed", None)
    assert [each["topic"] for each in seen["events"]][-2:] == [
        "investigation:closed:1",
        "investigation:decision-served:1",
    ]
    assert acts_in(done(officer.get(investigation)).body) == []


def test_of_a_suspicion_that_nobody_was_told_nothing_is_served(world: World) -> None:
    applicant, path = suspect(world)
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    investigation = opened(officer, path)
    closing = {"decision": "寻人社核〔2024〕8号", "reason": "查否"}
    done(leader.change(investigation, "/closures", closing))
    assert codes(officer.change(investigation, "/services", {})) == {"NO_DECISION_TO_SERVE"}
    assert applicant.get(investigation).code == "NOT_FOUND"
    for outsider in (applicant, world.school.handler):
        assert investigation.rpartition("/")[2] not in str(
            done(outsider.get(f"{path}/history")).body
        )


def test_a_finding_names_its_remedy_and_is_reviewed_within_the_term(world: World) -> None:
    applicant, path = suspect(world)
    officer = world.bureau.integrity_handler
    investigation = opened(officer, path)
    done(found(world, applicant, investigation, "寻人社处〔2024〕20号"))
    assert codes(officer.change(investigation, "/services", {})) == {"REMEDY_MISSING"}
    remedy = {"remedy": "可向本局申请复查"}
    done(officer.change(investigation, "/services", remedy))
    assert done(applicant.get(investigation)).body["review_by"] == "2024-11-05"
    done(applicant.change(investigation, "/review-requests", {"grounds": "不服"}))
    assert done(applicant.get(investigation)).body["decide_by"] == "2024-11-26"


def test_an_investigation_is_extended_once_with_a_reason(world: World) -> None:
    _, path = suspect(world)
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    investigation = opened(officer, path)
    assert done(officer.get(investigation)).body["due_on"] == "2025-01-13"
    reason = {"reason": "须向外省核实"}
    assert codes(officer.change(investigation, "/extensions", reason)) == {"NOT_IN_SEAT"}
    done(leader.change(investigation, "/extensions", reason))
    assert done(officer.get(investigation)).body["due_on"] == "2025-04-13"
    assert codes(leader.change(investigation, "/extensions", reason)) == {"EXTENDED_BEFORE"}


def test_an_opinion_is_seen_by_the_applicant_once_the_leader_has_decided(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    reasons = [{"code": "EVIDENCE_DOUBTED", "rules": ["XW-30"]}]
    negative = {"recommendation": "reject", "reasons": reasons, "opinion": "证书存疑，建议不予通过"}
    done(opine(world.school.handler, path, **negative))

    def told() -> str:
        read = (path, f"{path}/history", f"{path}/file")
        return str([done(applicant.get(each)).body for each in read])

    assert "建议不予通过" in str(done(world.school.leader.get(f"{path}/history")).body)
    before = told()
    assert "建议不予通过" not in before
    assert "'reject'" not in before
    decided = {
        "decision": "reject",
        "opinion": "经核，不予通过",
        "reasons": reasons,
        "no_reason_to_recuse": True,
    }
    done(world.school.leader.change(path, "/leader-decisions", decided))
    assert "建议不予通过" in told()


@pytest.mark.parametrize("how", ["withdrawn", "rejected"])
def test_misconduct_is_found_in_a_case_however_it_ended(world: World, how: str) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    if how == "withdrawn":
        done(applicant.change(path, "/withdrawals", {"reason": "不报了"}))
    else:
        reasons = [{"code": "EVIDENCE_DOUBTED", "rules": ["XW-30"]}]
        negative = {"reasons": reasons, "opinion": "存疑"}
        done(opine(world.school.handler, path, recommendation="reject", **negative))
        decided = {"decision": "reject", "no_reason_to_recuse": True, **negative}
        done(world.school.leader.change(path, "/leader-decisions", decided))
    officer = world.bureau.integrity_handler
    assert "investigations.open" in acts_in(done(officer.get(path)).body)
    investigation = opened(officer, path)
    answer = done(found(world, applicant, investigation, f"寻人社处〔2024〕{40 + len(how)}号"))
    topics = [each["topic"] for each in answer.body["events"]]
    assert topics == ["investigation:misconduct-found:1", "integrity:entered:1"]
    assert done(applicant.get(path)).body["standing"]["phase"] == how
    again = file(applicant, draft(applicant, world.school))
    assert "INTEGRITY_BLOCK" in codes(again)
    listed = f"/v1/unfinished-findings?{world.everything()}"
    unfinished = done(world.auditor.get(listed)).body["findings"]
    assert investigation.rpartition("/")[2] not in {each["investigation"] for each in unfinished}


def test_a_criticism_and_a_return_leave_the_time_of_the_law(world: World) -> None:
    case = filed(world.applicant(world.school), world.school)
    officer, handler = world.bureau.integrity_handler, world.school.handler
    item = {"subject": "degree", "problem": "扫描件不清晰", "rules": ["XW-28"]}
    for due_on in ("2024-10-15", "2024-10-17"):
        answer = handler.change(
            case, "/returns", {"items": [item], "due_on": due_on, "no_reason_to_recuse": True}
        )
        (refusal,) = answer.body["refusals"]
        assert (refusal["code"], refusal["pointer"]) == ("TERM_TOO_SHORT", "/due_on")
        assert refusal["rules"] == ["ND-TERM-CORRECTION"]
    done(handler.change(case, "/returns", {"items": [item], "no_reason_to_recuse": True}))
    assert done(handler.get(case)).body["standing"]["due_at"] == "2024-10-30T16:00:00+00:00"
    body = {"target": "person", "about": handler.person, "cases": [case.rpartition("/")[2]]}
    proposed = done(officer.post("/v1/criticisms", {**body, "grounds": "未核对原件"}))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    soon = {"answer_by": (world.clock.now() + timedelta(minutes=1)).isoformat()}
    assert codes(officer.change(criticism, "/notifications", soon)) == {"TERM_TOO_SHORT"}
    done(officer.change(criticism, "/notifications", {}))
    assert datetime.fromisoformat(done(officer.get(criticism)).body["answer_by"]) == LAST_INSTANT


def test_a_complaint_has_a_term_and_ends_in_one_of_a_list(world: World) -> None:
    officer = world.bureau.integrity_handler
    case = filed(world.applicant(world.school), world.school).rpartition("/")[2]
    done(officer.client.post("/v1/complaints", {"statement": "证书有假", "case": case}))
    rows = done(officer.get(f"/v1/objections?{world.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["case"] == case)
    assert (row["screen_by"], row["overdue"]) == ("2024-10-30", False)
    path = f"/v1/complaints/{row['stream']}"
    free = {"outcome": "维持", "reason": "查无此事"}
    assert officer.change(path, "/closures", free).status == 422
    done(officer.change(path, "/closures", {**free, "outcome": "未查实"}))
    closed = done(officer.get(path)).body["events"][-1]["fields"]
    assert (closed["outcome"], closed["late"]) == ("not_confirmed", False)


def test_silence_until_the_last_instant_of_the_law_s_term_lets_a_finding_through(
    world: World,
) -> None:
    _, path = suspect(world)
    officer = world.bureau.integrity_handler
    investigation = opened(officer, path)
    done(tell(officer, investigation))
    world.clock.set(LAST_INSTANT - timedelta(seconds=1))
    officer.sign_in()
    assert codes(officer.change(investigation, "/proposals", FINDING)) == {"NOT_YET_HEARD"}
    world.clock.set(LAST_INSTANT)
    done(officer.change(investigation, "/proposals", FINDING))


def test_nobody_is_found_guilty_on_what_an_officer_says_that_they_said(world: World) -> None:
    """Nor before the hearing to which they were called, nor of what they were told since."""
    applicant, path = suspect(world)
    officer = world.bureau.integrity_handler
    investigation = opened(officer, path)
    for endless in ({"answer_by": "2100-12-31T23:59:59+08:00"}, {"hearing_on": "2100-12-31"}):
        assert codes(tell(officer, investigation, **endless)) == {"TERM_TOO_LONG"}
    done(tell(officer, investigation))
    done(officer.change(investigation, "/statements", {"statement": "当事人：承认"}))
    assert codes(officer.change(investigation, "/proposals", FINDING)) == {"NOT_YET_HEARD"}
    done(applicant.change(investigation, "/statements", {"statement": "并非如此"}))
    done(officer.change(investigation, "/proposals", FINDING))
    hearing = (world.clock.now() + timedelta(days=8)).date().isoformat()
    done(tell(officer, investigation, allegation="另有两份证明系伪造", hearing_on=hearing))
    leader = world.bureau.integrity_leader
    assert codes(leader.change(investigation, "/findings", DECISION)) == {"NOT_YET_HEARD"}
    done(applicant.change(investigation, "/statements", {"statement": "也非如此"}))
    assert codes(leader.change(investigation, "/findings", DECISION)) == {"NOT_YET_HEARD"}
    world.clock.set(world.clock.now() + timedelta(days=9))
    leader.sign_in()
    done(
        leader.change(investigation, "/findings", {**DECISION, "decision": "寻人社处〔2024〕70号"})
    )


@pytest.mark.parametrize("ended", [True, False])
def test_a_case_is_investigated_once_at_a_time(world: World, *, ended: bool) -> None:
    applicant, path = suspect(world)
    if ended:
        done(applicant.change(path, "/withdrawals", {"reason": "不报了"}))
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    first = opened(officer, path)
    again = officer.change(path, "/investigations", {"suspicion": "业绩亦疑似伪造"})
    assert codes(again) == {"INVESTIGATION_UNDER_WAY"}
    done(leader.change(first, "/closures", {"decision": "寻人社处〔2024〕71号", "reason": "查否"}))
    opened(officer, path)
