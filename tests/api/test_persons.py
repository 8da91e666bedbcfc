"""Persons: found by document, shown masked, unmasked for a reason, linked by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.masking import masked_number
from domain.account.events import Role
from tests.api.filings import done
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


def look_up(by: Actor, number: str) -> Answer:
    body = {
        "document": {"kind": "resident_identity_card", "number": number},
        "reason": "核对申报人身份",
    }
    return by.post("/v1/searches", body)


def test_a_person_is_found_by_document_and_the_look_up_is_recorded(world: World) -> None:
    applicant = world.applicant(world.school)
    answer = look_up(world.school.handler, applicant.number)
    assert answer.body["persons"] == [applicant.person]
    assert [each["topic"] for each in answer.body["events"]] == ["consultation:recorded:1"]


def test_a_look_up_that_finds_nobody_is_recorded_as_well(world: World) -> None:
    answer = look_up(world.inspector, invented_number())
    assert (answer.status, answer.body["persons"]) == (201, [])
    assert answer.body["position"] > 0


def asked(world: World, by: Actor) -> list[str]:
    """Of whom it is on record that somebody asked for them by a document, the latest first."""
    path = f"/v1/consultations?person={by.person}&limit=200&{world.everything()}"
    rows = done(world.auditor.get(path)).body["consultations"]
    return [each["subject"] for each in rows if each["extent"] == "look-up"]


def test_no_refusal_tells_whether_a_number_is_known_without_a_record_of_the_question(
    world: World,
) -> None:
    known, by = world.applicant(world.school, "某甲"), world.enterprise.administrator
    card = {"kind": "resident_identity_card", "number": known.number}
    body = {
        "name": "某乙",
        "document": card,
        "organisation": world.enterprise.organisation,
        "roles": ["applicant"],
        "login": "whoever-is-asked-for",
    }
    for times in (1, 2):  # the same request, sent again under its key
        answer = by.post("/v1/accounts", body, key="asked-by-opening")
        assert (answer.code, asked(world, by)) == ("NAME_DIFFERS", [known.person] * times)
    official = world.school.handler
    watching = {
        **body,
        "name": official.name,
        "document": {**card, "number": official.number},
        "roles": ["auditor"],
        "organisation": None,
    }
    assert world.system.post("/v1/accounts", watching).code == "ROLES_APART"
    path = f"/v1/consultations?subject={official.person}&{world.everything()}"
    assert done(world.auditor.get(path)).body["count"] == 1


def test_neither_does_a_proposal_to_correct_a_binding(world: World) -> None:
    elsewhere = world.found("邻省企业", world.system, area="湖南省/益阳市", kind="enterprise")
    stranger, by = world.applicant(elsewhere), world.bureau.integrity_handler
    for number, code, whom in (
        (invented_number(), "PERSON_UNKNOWN", ""),
        (stranger.number, "WITHOUT_POWER", stranger.person),
        (by.number, "OWN_AFFAIR", by.person),
    ):
        card = {"kind": "resident_identity_card", "number": number}
        body = {"document": card, "name": "某丙", "evidence": "核对原件"}
        assert by.post("/v1/binding-corrections", body).code == code
        assert asked(world, by)[0] == whom
    assert len(asked(world, by)) == 3


def test_who_may_not_ask_is_told_nothing_and_nothing_is_recorded(world: World) -> None:
    someone, known = world.applicant(world.school), world.applicant(world.school)
    before = world.services.record.head()
    for number in (known.number, invented_number()):
        card = {"kind": "resident_identity_card", "number": number}
        body = {"document": card, "name": "某丙", "evidence": "核对原件"}
        assert someone.post("/v1/binding-corrections", body).code == "FORBIDDEN"
    topics = [each[3] for each in world.services.record.rows(before, 10)]
    assert "consultation:recorded:1" not in topics


def test_an_applicant_looks_nobody_up(world: World) -> None:
    assert look_up(world.applicant(world.school), invented_number()).code == "FORBIDDEN"


def test_a_number_is_masked_to_everybody(world: World) -> None:
    applicant = world.applicant(world.school, "某丁")
    path = f"/v1/persons/{applicant.person}"
    for reader in (applicant, world.school.handler, world.bureau.leader, world.auditor):
        answer = reader.get(path)
        assert answer.body["name"] == "某丁"
        assert answer.body["documents"] == [
            {"kind": "resident_identity_card", "number": masked_number(applicant.number)}
        ]
        assert applicant.number not in str(answer.body)
    assert world.enterprise.handler.get(path).code == "NOT_FOUND"


def test_unmasking_is_recorded_before_the_number_is_told(world: World) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/persons/{applicant.person}/unmaskings"
    answer = world.school.handler.post(path, {"reason": "与社保信息核对"})
    assert answer.body["documents"][0]["number"] == applicant.number
    assert [each["topic"] for each in answer.body["events"]] == ["consultation:recorded:1"]


def test_nobody_unmasks_without_an_office_over_the_person(world: World) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/persons/{applicant.person}/unmaskings"
    assert applicant.post(path, {"reason": "想看"}).code == "FORBIDDEN"
    assert world.enterprise.handler.post(path, {"reason": "想看"}).code == "NOT_FOUND"


def test_two_documents_of_one_human_being_are_linked_by_two_officers(world: World) -> None:
    one, other = world.applicant(world.school), world.applicant(world.school)
    body = {"first": one.person, "second": other.person, "evidence": "两份证件照片一致"}
    proposed = world.bureau.handler.post("/v1/person-links", body)
    assert proposed.status == 201
    path = f"/v1/person-links/{proposed.body['stream']}"
    alone = world.bureau.handler.change(path, "/confirmations", {})
    assert (alone.status, alone.code) == (409, "TWO_OFFICERS")
    waiting = world.bureau.leader.get(f"/v1/person-links?{world.shown(proposed)}").body["links"]
    assert [each["evidence"] for each in waiting if each["link"] in path] == ["两份证件照片一致"]
    confirmed = world.bureau.leader.change(path, "/confirmations", {})
    assert confirmed.status == 201
    waiting = world.bureau.leader.get(f"/v1/person-links?{world.shown(confirmed)}").body["links"]
    assert waiting == []
    assert world.bureau.leader.get(path).body["confirmed"] is True
    seen = world.school.handler.get(f"/v1/persons/{one.person}").body
    assert seen["linked"] == [other.person]


def test_a_linked_second_document_does_not_make_a_second_reviewer(world: World) -> None:
    handler = world.department.handler
    double = world.account(
        world.department.administrator,
        "同一人另一证件",
        world.department.organisation,
        [Role.OFFICIAL],
    )
    body = {"first": handler.person, "second": double.person, "evidence": "人脸比对"}
    proposed = world.bureau.handler.post("/v1/person-links", body)
    path = f"/v1/person-links/{proposed.body['stream']}"
    assert world.bureau.leader.change(path, "/confirmations", {}).status == 201
    assert world.appoint(world.department, "leader", double).code == "SAME_REVIEWER"


def test_proposals_belong_to_the_organisation_that_made_them(world: World) -> None:
    one, other = world.applicant(world.school), world.applicant(world.school)
    body = {"first": one.person, "second": other.person, "evidence": "旧档案"}
    proposed = world.bureau.handler.post("/v1/person-links", body)
    path = f"/v1/person-links/{proposed.body['stream']}"
    assert world.school.leader.get(path).code == "NOT_FOUND"
    assert one.get("/v1/person-links").code == "FORBIDDEN"


def test_a_link_that_was_wrong_is_severed_by_two_officers(world: World) -> None:
    one, other = world.applicant(world.school), world.applicant(world.school)
    body = {"first": one.person, "second": other.person, "evidence": "旧档案"}
    officer, leader = world.bureau.handler, world.bureau.leader
    path = f"/v1/person-links/{officer.post('/v1/person-links', body).body['stream']}"
    assert leader.change(path, "/confirmations", {}).status == 201
    assert officer.change(path, "/severances", {"evidence": "指纹不符"}).status == 201
    assert officer.change(path, "/severances/confirmations", {}).code == "TWO_OFFICERS"
    waiting = leader.get(f"/v1/person-links?{world.everything()}").body["links"]
    (doubted,) = [each for each in waiting if path.endswith(each["link"])]
    assert (doubted["confirmed"], doubted["severing"], doubted["severed"]) == (True, True, False)
    severed = leader.change(path, "/severances/confirmations", {})
    assert severed.status == 201
    person = officer.get(f"/v1/persons/{one.person}?{world.shown(severed)}").body
    assert person["linked"] == []


def test_a_document_bound_to_the_wrong_person_is_bound_to_the_right_one(world: World) -> None:
    """Somebody's number was typed for another; the rightful holder then comes with it."""
    wrong = world.applicant(world.school, "某错")
    number = {"kind": "resident_identity_card", "number": wrong.number}
    body = {"document": number, "person": None, "name": "某对", "evidence": "核对原件"}
    officer, leader = world.bureau.handler, world.bureau.leader
    proposed = officer.post("/v1/binding-corrections", body)
    assert proposed.status == 201, proposed.body
    path = f"/v1/binding-corrections/{proposed.body['stream']}"
    assert wrong.number not in str(officer.get(path).body)
    assert officer.change(path, "/confirmations", {}).code == "TWO_OFFICERS"
    confirmed = leader.change(path, "/confirmations", {})
    assert [each["topic"] for each in confirmed.body["events"]] == [
        "rebinding:confirmed:1",
        "person:binding-corrected:1",
        "person:registered:1",
        "person:document-bound:1",
    ]
    right = world.account(
        world.school.administrator,
        "某对",
        world.school.organisation,
        [Role.APPLICANT],
        wrong.number,
    )
    assert right.person == leader.get(path).body["rightful"] != wrong.person
    assert officer.get(f"/v1/persons/{wrong.person}").body["documents"] == []


def test_a_correction_names_a_person_or_somebody_new(world: World) -> None:
    applicant = world.applicant(world.school)
    number = {"kind": "resident_identity_card", "number": applicant.number}
    body = {"document": number, "evidence": "核对原件"}
    officer = world.bureau.handler
    assert officer.post("/v1/binding-corrections", body).status == 422
    unknown = {**body, "document": {**number, "number": invented_number()}, "name": "某对"}
    assert officer.post("/v1/binding-corrections", unknown).code == "PERSON_UNKNOWN"
    assert applicant.post("/v1/binding-corrections", {**body, "name": "某对"}).code == "FORBIDDEN"
