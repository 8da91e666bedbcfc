"""Nobody is found to have cheated unheard: clue, allegation, statement or its term, two persons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from api.identifiers import new_id
from audit.record import AppendRequest, Write
from domain.account.events import Role
from domain.actor import SystemActor
from domain.investigation.events import Ground, MisconductFound
from domain.personal import Personal, Purpose
from tests.api.client import Client
from tests.api.filings import acts_in, done, filed, passed
from tests.api.objections import NAMED, Public, codes
from tests.api.provinces import go_on

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import Province, PublishingCity
    from tests.api.world import World

FINDING = {"ground": "弄虚作假", "evidence": ["查无此证", "原件比对"], "finding": "证书系伪造"}
DECISION = {"decision": "寻人社处〔2024〕9号", "finding": "取消申报资格"}

LAST_DAY = datetime(2024, 10, 22, 16, 0, tzinfo=UTC)
"""The end, in Beijing, of the fifth working day after the one of these tests."""


@pytest.fixture
def suspected(world: World) -> tuple[Actor, str]:
    """Somebody under suspicion, and the path of their case, which is under way."""
    applicant = world.applicant(world.school, "某嫌疑人")
    path = filed(applicant, world.school)
    passed(path, world.school)
    return applicant, path


def opened(by: Actor, path: str, source: str | None = None) -> str:
    body = {"suspicion": "学位证书疑似伪造", "source": source}
    return f"/v1/investigations/{done(by.change(path, '/investigations', body)).body['stream']}"


def tell(by: Actor, investigation: str) -> None:
    """Through the system and today, for as long as the law gives."""
    done(by.change(investigation, "/allegations", {"allegation": "所交学位证书查无此证"}))


def test_a_clue_that_an_inspector_transfers_leads_to_an_investigation(
    world: World, suspected: tuple[Actor, str]
) -> None:
    _, path = suspected
    officer, inspector = world.bureau.integrity_handler, world.inspector
    clue = {"statement": "群众反映证书有假", "case": path.rsplit("/", 1)[-1]}
    answer = done(inspector.post("/v1/complaints/clues", clue))
    assert officer.post("/v1/complaints/clues", clue).code == "FORBIDDEN"
    complaint = answer.body["stream"]
    seen = done(officer.get(f"/v1/complaints/{complaint}")).body
    assert acts_in(seen) == ["complaints.close", "investigations.open"]
    investigation = opened(officer, path, complaint)
    fields = done(officer.get(investigation)).body["events"][0]["fields"]
    assert (fields["cause"], fields["source"]) == ("clue", complaint)
    taken_up = done(officer.get(f"/v1/complaints/{complaint}")).body["events"][-1]
    assert taken_up["topic"] == "complaint:taken-up:1"


def test_a_finding_takes_two_persons_who_reviewed_nothing_in_the_case(
    world: World, suspected: tuple[Actor, str]
) -> None:
    applicant, path = suspected
    bureau = world.bureau
    officer, leader = bureau.integrity_handler, bureau.integrity_leader
    investigation = opened(officer, path)
    tell(officer, investigation)
    done(applicant.change(investigation, "/statements", {"statement": "我承认"}))
    early = leader.change(investigation, "/findings", DECISION)
    assert codes(early) == {"PROPOSAL_FIRST"}
    done(officer.change(investigation, "/proposals", FINDING))
    assert codes(officer.change(investigation, "/findings", DECISION)) >= {"NOT_IN_SEAT"}
    both = world.account(bureau.administrator, "兼任者", bureau.organisation, [Role.OFFICIAL])
    done(world.appoint(bureau, "integrity_leader", both))
    body = {"first": officer.person, "second": both.person, "evidence": "人脸比对一致"}
    proposed = done(bureau.handler.post("/v1/person-links", body))
    link = f"/v1/person-links/{proposed.body['stream']}"
    done(bureau.leader.change(link, "/confirmations", {}))
    assert codes(both.change(investigation, "/findings", DECISION)) == {"SAME_REVIEWER"}
    found = done(leader.change(investigation, "/findings", DECISION))
    assert "case:disqualified:1" in [each["topic"] for each in found.body["events"]]
    ended = done(applicant.get(path)).body
    assert (ended["standing"]["phase"], acts_in(ended)) == ("disqualified", [])
    events = done(officer.get(investigation)).body["events"]
    fields = next(e["fields"] for e in events if e["topic"] == "investigation:misconduct-found:1")
    assert (fields["ground"], fields["evidence"]) == (FINDING["ground"], FINDING["evidence"])
    assert fields["decision"] == DECISION["decision"]


def test_a_finding_that_got_past_the_law_without_consequence_is_an_exception(
    world: World, suspected: tuple[Actor, str]
) -> None:
    _, path = suspected
    investigation = opened(world.bureau.integrity_handler, path).rsplit("/", 1)[-1]
    record = world.services.record
    forged = MisconductFound(
        ground=Ground.FRAUD,
        decision="寻人社处〔2024〕8号",
        evidence=(),
        finding=Personal("…", investigation, Purpose.DISCIPLINE),
        late=False,
    )
    history = record.load(investigation)
    record.append(
        AppendRequest(
            writes=(Write(history.head, (forged,)),),
            checks=(),
            actor=SystemActor("forger"),
            at=world.clock.now(),
            command=new_id(world.clock.now()),
        )
    )
    listed = f"/v1/unfinished-findings?{world.everything()}"
    found = done(world.auditor.get(listed)).body["findings"]
    (one,) = (each for each in found if each["investigation"] == investigation)
    assert one["code"] == "FINDING_WITHOUT_OUTCOME"


def test_what_came_too_late_for_an_objection_blocks_nothing_and_may_be_investigated(
    publishing_city: PublishingCity, public: Public
) -> None:
    city = publishing_city
    city.at("2024-10-10T09:00")
    taken = done(Client(city.address).post(f"{public.posting}/objections", NAMED)).body
    assert taken["kind"] == "complaint"
    done(go_on(city.enterprise.handler, public.path))
    officer = city.bureau.integrity_handler
    rows = done(officer.get(f"/v1/objections?{city.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["case"] in public.path)
    investigation = opened(officer, public.path, row["stream"])
    fields = done(officer.get(investigation)).body["events"][0]["fields"]
    assert (fields["cause"], fields["source"]) == ("complaint", row["stream"])
    followed = Client(city.address).post("/v1/objections/follow", {"receipt": taken["receipt"]})
    assert done(followed).body["standing"] == "taken_up"


def test_titles_gained_since_are_named_with_the_one_revoked_and_a_term_is_corrected(
    province: Province,
) -> None:
    one = province.applicant(province.enterprise, "某双证者")
    other = province.applicant(province.enterprise, "某双证者")
    first, second = province.granted(one), province.granted(other)
    bureau = province.bureau
    body = {"first": one.person, "second": other.person, "evidence": "人脸比对一致"}
    proposed = done(bureau.handler.post("/v1/person-links", body))
    link = f"/v1/person-links/{proposed.body['stream']}"
    done(bureau.leader.change(link, "/confirmations", {}))
    officer = bureau.integrity_handler
    investigation = opened(officer, first)
    tell(officer, investigation)
    done(one.change(investigation, "/statements", {"statement": "无话可说"}))
    done(officer.change(investigation, "/proposals", FINDING))
    found = done(bureau.integrity_leader.change(investigation, "/findings", DECISION))
    assert "case:title-revoked:1" in [each["topic"] for each in found.body["events"]]
    history = done(province.inspector.get(f"{first}/history")).body["events"]
    revoked = next(e["fields"] for e in history if e["topic"] == "case:title-revoked:1")
    assert revoked["dependents"] == [second.rsplit("/", 1)[-1]]
    corrected = review(province, one, investigation)
    assert "integrity:corrected:1" in [each["topic"] for each in corrected.body["events"]]
    asked = {"person": one.person, "reason": "核查线索"}
    consulted = done(province.inspector.post("/v1/integrity-consultations", asked)).body
    seen = province.inspector.get(
        f"/v1/integrity-records?wait_for={corrected.body['position']}",
        Consultation=consulted["consultation"],
    )
    (entry,) = done(seen).body["records"]
    assert (entry["ends_on"], entry["amendment"]) == ("2025-12-31", "湘人社复〔2024〕9号")


def review(province: Province, person: Actor, investigation: str) -> Answer:
    """Served with the remedy named, reviewed above, and the term shortened."""
    officer = province.bureau.integrity_handler
    remedy = "六十日内可向省人社厅申请复核"
    served = {
        "remedy": remedy,
    }
    done(officer.change(investigation, "/services", served))
    assert remedy in str(done(person.get(investigation)).body)
    done(person.change(investigation, "/review-requests", {"grounds": "量罚过重"}))
    body = {
        "outcome": "corrected",
        "decision": "湘人社复〔2024〕9号",
        "ends_on": "2025-12-31",
        "reason": "情节较轻",
    }
    return done(province.superior.integrity_leader.change(investigation, "/review-decisions", body))


def test_silence_stands_for_a_statement_once_its_term_is_over_and_not_before(
    world: World, suspected: tuple[Actor, str]
) -> None:
    _, path = suspected
    officer = world.bureau.integrity_handler
    investigation = opened(officer, path)
    tell(officer, investigation)
    early = officer.change(investigation, "/proposals", FINDING)
    assert codes(early) == {"NOT_YET_HEARD"}
    assert {each["id"] for each in early.body["rules"]} == {"ND-HEARING"}
    world.clock.set(LAST_DAY - timedelta(seconds=1))
    assert codes(officer.change(investigation, "/proposals", FINDING)) == {"NOT_YET_HEARD"}
    world.clock.set(LAST_DAY)
    proposed = done(officer.change(investigation, "/proposals", FINDING))
    assert [e["topic"] for e in proposed.body["events"]] == ["investigation:finding-proposed:1"]
