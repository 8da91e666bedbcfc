"""The story that ``mingjian demo`` tells, step by step, and what is left behind by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.demonstration import Silence

if TYPE_CHECKING:
    from api.demo.stage import Stage
    from api.demo.teller import Step
    from tests.api.looking_after import Looked


REFUSED = {
    "SAME_REVIEWER": {"XW-23"},
    "HANDLER_FIRST": {"XW-22", "XW-23"},
    "SELF_REVIEW": {"XW-25"},
    "NON_STATE_ENTERPRISE_ENGINEERING": {"XW-18"},
    "EXAM_SERIES": {"XW-17"},
    "WINDOW_NOT_OPEN": {"XW-02", "XW-03", "XW-04"},
    "WINDOW_CLOSED": {"XW-02", "XW-03", "XW-04"},
    "SI_EMPLOYER_MISMATCH": {"XW-13", "XW-14"},
    "EDUCATION_BELOW_MINIMUM": {"XW-08", "XW-09"},
    "MATERIAL_MISSING": {"XW-28", "XW-29"},
    "FIRST_ASSERTION": {"XW-34"},
    "INTEGRITY_BLOCK": {"XW-32", "XW-33", "ND-RECORD-EFFECT"},
    "ID_FORMAT": {"XW-26", "XW-27"},
    "NOT_YET_HEARD": {"ND-HEARING"},
}
"""What the notice does not let happen, and its rules for that."""
LAWS = {"good": "xunwu-2024", "own": "xunwu-2024", "seconded": "xunwu-2025"}
"""Cases that were decided, before the law of the next year and after it, and one filed under it."""


def test_each_act_is_answered_with_what_is_read_right_after_it(
    xunwu_told: tuple[Stage, Looked],
) -> None:
    _, looked = xunwu_told
    assert looked.differing == []
    assert len(looked.topics) > 45


def test_every_step_goes_as_told(xunwu: Stage) -> None:
    assert [(each.did, each.deviations) for each in xunwu.teller.deviating] == []
    assert xunwu.teller.went_well


def test_everything_that_the_notice_forbids_is_refused_by_its_rules(xunwu: Stage) -> None:
    seen: dict[str, set[str]] = {}
    for step in refusals(xunwu):
        for refusal in step.reply.body.get("refusals", ()):
            seen.setdefault(refusal["code"], set()).update(refusal["rules"])
    assert {code: seen.get(code) for code in REFUSED} == REFUSED


def test_every_refusal_by_law_has_a_sentence_and_quotes_its_clauses(xunwu: Stage) -> None:
    for step in refusals(xunwu):
        body = step.reply.body
        assert body["detail"]
        cited = {rule for refusal in body.get("refusals", ()) for rule in refusal["rules"]}
        assert cited == {rule["id"] for rule in body.get("rules", ())}
        assert all(rule["clause"] and rule["quote"] for rule in body.get("rules", ()))


def test_refused_filings_and_refused_separation_are_themselves_events(xunwu: Stage) -> None:
    told = {step.reply.position for step in refusals(xunwu) if step.reply.position}
    auditor = xunwu.people["auditor"]
    listed = xunwu.look(auditor, "/v1/refusals?limit=100").body["refusals"]
    assert {each["position"] for each in listed} == told
    kinds = {each["kind"] for each in listed}
    assert kinds == {"filing", "separation"}


def test_one_person_with_two_accounts_is_one_person(xunwu: Stage) -> None:
    people = xunwu.people
    assert people["institute-handler"].person == people["institute-handler-again"].person
    assert people["cheat"].person == people["cheat-again"].person


def test_two_documents_are_two_persons_until_two_officers_link_them(xunwu: Stage) -> None:
    people = xunwu.people
    first, second = people["company-handler"], people["company-handler-passport"]
    assert first.person != second.person
    read = people["bureau-handler"].get(f"/v1/persons/{first.person}").body
    assert second.person in str(read)


def test_past_decisions_keep_who_decided_them(xunwu: Stage) -> None:
    former, successor = xunwu.people["institute-leader"], xunwu.people["institute-successor"]
    trail = separation(xunwu, "good")
    leaders = {
        row["round"]: act["account"]
        for row in trail
        if row["stage"] == "employer"
        for act in row["acts"]
        if act["seat"] == "leader"
    }
    assert leaders == {1: former.account, 2: successor.account}


def test_nobody_was_handler_and_leader_of_a_stage(xunwu: Stage) -> None:
    filed = xunwu.cases.keys() - unseen(xunwu, "auditor")
    verdicts = {row["corrected"] for key in filed for row in separation(xunwu, key)}
    assert "SAME" not in verdicts
    for key in ("good", "own"):
        assert {row["corrected"] for row in separation(xunwu, key)} == {"DIFFERENT"}


@pytest.mark.parametrize(
    ("key", "phase"),
    [
        ("good", "recognised"),
        ("own", "recognised"),
        ("unready", "not_accepted"),
        ("unproven", "rejected"),
        ("leaver", "withdrawn"),
        ("latecomer", "lapsed"),
        ("fraud", "disqualified"),
        ("seconded", "under_review"),
    ],
)
def test_each_case_ends_as_it_should(xunwu: Stage, key: str, phase: str) -> None:
    assert standing(xunwu, key)["phase"] == phase


def test_what_was_let_in_nowhere_is_its_applicants_alone(xunwu: Stage) -> None:
    for reader in ("auditor", "inspector", "bureau-handler", "company-handler"):
        assert {"fraud-again", "engineer", "straggler"} <= unseen(xunwu, reader)
    own = xunwu.look(xunwu.people["engineer"], xunwu.cases["engineer"])
    assert own.body["standing"]["phase"] == "draft"


def test_the_returned_case_lapsed_by_the_timekeeper(xunwu: Stage) -> None:
    last = history(xunwu, "latecomer")[-1]
    assert last["topic"] == "case:lapsed:1"
    assert last["actor"] == {"kind": "system", "job": "timekeeper"}


def test_the_late_decision_is_flagged(xunwu: Stage) -> None:
    flagged = [each for each in history(xunwu, "own") if each["topic"] == "case:overdue-flagged:1"]
    assert [each["fields"]["due_on"] for each in flagged] == ["2024-12-20"]


def test_last_year_s_case_goes_on_under_its_own_law_and_the_next_is_taken_under_the_new(
    xunwu: Stage,
) -> None:
    reader = xunwu.people["bureau-handler"]
    packs = {key: xunwu.look(reader, xunwu.cases[key]).body["law"]["pack"] for key in LAWS}
    assert packs == LAWS


def test_disqualification_and_integrity_record_are_one_append(xunwu: Stage) -> None:
    step = next(each for each in xunwu.teller.steps if "一次写入" in each.did)
    topics = [each["topic"] for each in step.reply.body["events"]]
    positions = [each["position"] for each in step.reply.body["events"]]
    assert {"case:disqualified:1", "integrity:entered:1"} <= set(topics)
    assert positions == list(range(positions[0], positions[0] + len(positions)))


def test_the_integrity_record_runs_three_years_by_default(xunwu: Stage) -> None:
    (row,) = silence(xunwu).tables["诚信档案"]
    assert row[2:5] == ["2024-10-28", "2027-10-28", "default"]


def test_a_certificate_shows_its_status_and_nothing_else(xunwu: Stage) -> None:
    number = standing(xunwu, "good")["certificate"]
    assert xunwu.public(f"/v1/certificates/{number}").body["status"] == "valid"


def test_the_record_says_first_that_it_is_a_demonstration(xunwu: Stage) -> None:
    (mandate,) = xunwu.people["auditor"].get("/v1/mandates").body["mandates"]
    asked = "/v1/events?after=0"
    feed = xunwu.people["auditor"].get(asked, Mandate=mandate["mandate"]).body
    assert feed[0]["id"] == "1"
    assert feed[0]["type"].endswith("record:demonstration-declared:1")


def test_an_account_may_do_nothing_before_its_code_is_replaced(xunwu: Stage) -> None:
    codes = [each.reply.body["code"] for each in xunwu.teller.steps[:4] if each.refusals]
    assert codes == ["PASSWORD_CHANGE_REQUIRED", "PASSWORD_UNFIT"]


def test_the_story_has_its_chapters_and_closes_with_its_tables(xunwu: Stage) -> None:
    shown = silence(xunwu)
    assert len(shown.chapters) == 8
    assert {
        "申报历史",
        "各件申报的状态",
        "职责分离核验",
        "诚信档案",
        "与2024年度的不同",
    } <= shown.tables.keys()


def refusals(stage: Stage) -> list[Step]:
    return [each for each in stage.teller.steps if each.refusals]


def silence(stage: Stage) -> Silence:
    assert isinstance(stage.teller.audience, Silence)
    return stage.teller.audience


def unseen(stage: Stage, reader: str) -> set[str]:
    """The cases that there are not for somebody."""
    looked = {key: stage.look(stage.people[reader], path) for key, path in stage.cases.items()}
    return {key for key, reply in looked.items() if reply.status == 404}


def separation(stage: Stage, key: str) -> list[dict[str, Any]]:
    reply = stage.look(stage.people["auditor"], f"{stage.cases[key]}/separation")
    return list(reply.body["stages"])


def history(stage: Stage, key: str) -> list[dict[str, Any]]:
    return list(stage.look(stage.people["auditor"], f"{stage.cases[key]}/history").body["events"])


def standing(stage: Stage, key: str) -> dict[str, Any]:
    return dict(stage.look(stage.people["bureau-handler"], stage.cases[key]).body["standing"])
