"""Investigations, the integrity record, and who may read it for what reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.api.filings import acts_in, done, draft, file, filed, passed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


@pytest.fixture(scope="module")
def cheat(world: World) -> Actor:
    """Whose degree is forged."""
    return world.applicant(world.school, "某造假者")


@pytest.fixture(scope="module")
def suspended(world: World, cheat: Actor) -> str:
    """The path of a case in which fraud is suspected."""
    path = filed(cheat, world.school)
    passed(path, world.school)
    return path


@pytest.fixture(scope="module")
def investigation(world: World, suspended: str) -> str:
    """The path of the investigation that holds the case still."""
    opened = world.bureau.integrity_handler.change(
        suspended, "/investigations", {"suspicion": "学位证书疑似伪造"}
    )
    assert opened.status == 201, opened.body
    assert acts_in(opened.body) == ["investigations.conduct"]
    return f"/v1/investigations/{opened.body['stream']}"


@pytest.fixture(scope="module")
def found(world: World, cheat: Actor, investigation: str) -> Answer:
    """The answer to the finding, after the person was heard."""
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    finding = {"ground": "弄虚作假", "evidence": ["学信系统查无此证"], "finding": "证书系伪造"}
    unheard = officer.change(investigation, "/proposals", finding)
    assert "NOT_YET_HEARD" in {each["code"] for each in unheard.body["refusals"]}
    told = {"allegation": "所交学位证书查无此证"}
    done(officer.change(investigation, "/allegations", told))
    done(cheat.change(investigation, "/statements", {"statement": "我承认"}))
    done(officer.change(investigation, "/proposals", finding))
    decision = {"decision": "寻人社处〔2024〕1号", "finding": "证书系伪造，取消申报资格"}
    return done(leader.change(investigation, "/findings", decision))


def consult(by: Actor, person: str | None) -> Answer:
    return by.post("/v1/integrity-consultations", {"person": person, "reason": "核查线索"})


def records(by: Actor, consultation: Answer, query: str = "") -> Answer:
    number = consultation.body["consultation"]
    return by.get(f"/v1/integrity-records?{query}", Consultation=number)


def test_a_finding_disqualifies_and_enters_the_record_in_one_append(found: Answer) -> None:
    topics = [each["topic"] for each in found.body["events"]]
    assert topics == [
        "investigation:misconduct-found:1",
        "case:disqualified:1",
        "person:filing-ended:1",
        "integrity:entered:1",
    ]
    positions = [each["position"] for each in found.body["events"]]
    assert positions == list(range(positions[0], positions[0] + 4))


def test_others_do_not_learn_that_there_is_an_investigation(
    world: World, investigation: str
) -> None:
    for stranger in (world.bureau.handler, world.school.leader, world.auditor):
        assert stranger.get(investigation).code == "NOT_FOUND"
    assert world.inspector.get(investigation).status == 200


def test_the_person_sees_what_they_were_told_and_in_the_end_what_was_found(
    cheat: Actor, investigation: str, found: Answer
) -> None:
    assert found.status == 201
    seen = cheat.get(investigation).body
    assert seen["ended"] == "found"
    assert "investigation:misconduct-found:1" in {each["topic"] for each in seen["events"]}


def test_the_same_person_is_blocked_under_a_second_account(
    world: World, cheat: Actor, found: Answer
) -> None:
    assert found.status == 201
    again = world.account(
        world.enterprise.administrator,
        cheat.name,
        world.enterprise.organisation,
        ["applicant"],  # type: ignore[list-item] # the word as the wire has it
        cheat.number,
    )
    assert again.person == cheat.person
    answer = file(again, draft(again, world.enterprise))
    assert "INTEGRITY_BLOCK" in {each["code"] for each in answer.body["refusals"]}
    shown = world.auditor.get(f"/v1/refusals?q=kind:filing&wait_for={answer.body['position']}")
    assert shown.body["refusals"][0]["position"] == answer.body["position"]
    assert "INTEGRITY_BLOCK" in shown.body["refusals"][0]["codes"]


def test_nobody_reads_the_record_without_a_reason(world: World, found: Answer) -> None:
    assert found.status == 201
    assert world.inspector.get("/v1/integrity-records").code == "REASON_REQUIRED"
    mandate = world.whole(world.inspector)
    consulted = done(world.inspector.post("/v1/integrity-consultations", {}, mandate=mandate))
    assert records(world.auditor, consulted).code == "REASON_REQUIRED"


def test_an_inspector_reads_the_entry_in_force_on_a_day(
    world: World, cheat: Actor, found: Answer
) -> None:
    consulted = consult(world.inspector, cheat.person)
    assert (consulted.body["extent"], consulted.body["block"]) == ("integrity-record", True)
    shown = world.shown(found)
    (entry,) = records(world.inspector, consulted, shown).body["records"]
    assert (entry["state"], entry["months"], entry["term_source"]) == ("active", 36, "default")
    assert entry["name"] == cheat.name
    for day, state in (
        ("2024-10-14", "pending"),
        ("2024-10-15", "active"),
        (entry["ends_on"], "active"),
        ("2030-01-01", "expired"),
    ):
        answer = records(world.inspector, consulted, f"effective_at={day}&{shown}")
        assert answer.body["records"][0]["state"] == state, day
    narrowed = {
        "entered_from=2024-10-15": 1,
        "entered_to=2024-10-14": 0,
        f"employer={world.school.organisation}": 1,
        f"employer={world.enterprise.organisation}": 0,
        f"authority={world.bureau.organisation}": 1,
        f"authority={world.school.organisation}": 0,
        "ground=弄虚作假": 1,
        "ground=暗箱操作": 0,
    }
    for narrowing, number in narrowed.items():
        answer = records(world.inspector, consulted, f"{quote(narrowing, safe='=')}&{shown}").body
        assert (len(answer["records"]), answer["count"]) == (number, number), narrowing


def test_the_record_is_read_as_it_was_known_earlier(
    world: World, cheat: Actor, found: Answer
) -> None:
    consulted = consult(world.inspector, cheat.person)
    query = f"as_of=2024-10-15T00:00:00Z&{world.shown(found)}"
    assert records(world.inspector, consulted, query).body["records"] == []


def test_a_reviewer_learns_only_that_there_is_a_block(
    world: World, cheat: Actor, found: Answer
) -> None:
    assert found.status == 201
    reviewer = world.school.handler
    consulted = consult(reviewer, cheat.person)
    assert (consulted.body["extent"], consulted.body["block"]) == ("integrity-block", True)
    assert records(reviewer, consulted).code == "FORBIDDEN"
    assert consult(reviewer, None).code == "FORBIDDEN"


def test_an_integrity_officer_reads_what_their_authority_decided(
    world: World, cheat: Actor, found: Answer
) -> None:
    officer = world.bureau.integrity_leader
    consulted = consult(officer, None)
    (entry,) = records(officer, consulted, world.shown(found)).body["records"]
    assert (entry["person"], entry["decision"]) == (cheat.person, "寻人社处〔2024〕1号")


def test_a_consultation_is_an_event_without_words_in_the_feed(world: World, cheat: Actor) -> None:
    answer = consult(world.inspector, cheat.person)
    position, mandate = answer.body["position"], world.whole(world.auditor)
    feed = f"/v1/events?after={position - 1}&limit=1"
    (event,) = done(world.auditor.get(feed, Mandate=mandate)).body
    assert event["id"] == str(position)
    assert event["data"] == {"withheld": "（依法不公开）"}
