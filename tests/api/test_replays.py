"""The same request sent again: an answer about its events, and never a second look.

Who did something is told where it stands, whatever has become of them since. What is guarded is
shown again only by what holds at that moment, and that is recorded; else it is not shown.
"""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.conventions.exporting import CSV, NDJSON, XLSX
from domain.separation import HANDLER, INTEGRITY_HANDLER
from domain.single_events import RecordConsulted
from tests.api.filings import SCAN, WORD, acts_in, done, draft, file, filed, opine, passed
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

ROOT = Path(__file__).parents[2]
CARD = "resident_identity_card"


class Twice:
    """One request that can be sent as often as one likes, under one key."""

    def __init__(self, by: Actor, path: str, body: object, **headers: str) -> None:
        self._by, self._path, self._body = by, path, body
        self._headers = {"Idempotency_Key": uuid4().hex, **headers}

    def send(self) -> Answer:
        """The request, the same each time."""
        return self._by.client.post(self._path, self._body, **self._headers)


def looks(world: World) -> int:
    """How many consultations are on record."""
    return sum(
        isinstance(each.event, RecordConsulted)
        for each in world.services.record.read(0, world.services.record.head())
    )


def told(first: Answer, again: Answer) -> None:
    """The second answer says where the events of the first one stand."""
    assert again.headers["Idempotent-Replayed"] == "true", again.body
    assert again.body["events"] == first.body["events"]


def leaves(world: World, house: House, holder: Actor) -> None:
    """Somebody's appointment at a house ends."""
    path = f"/v1/organisations/{house.organisation}"
    listed = done(house.administrator.get(f"{path}/appointments?{world.everything()}")).body
    (held,) = (
        each["appointment"] for each in listed["appointments"] if each["account"] == holder.account
    )
    seats = f"{path}/appointments"
    done(house.administrator.change(seats, f"/{held}/closures", {"reason": "调离"}))


class TestANumberInClear:
    """Is told again only while it may be seen, and by a consultation of its own."""

    @pytest.fixture
    def looking(self, world: World) -> tuple[Twice, str]:
        applicant = world.applicant(world.school)
        path = filed(applicant, world.school)
        named = {"case": path.removeprefix("/v1/cases/")}
        address = f"/v1/persons/{applicant.person}/unmaskings"
        return Twice(world.school.handler, address, named), path

    def test_is_told_again_by_another_consultation(
        self, world: World, looking: tuple[Twice, str]
    ) -> None:
        request, _ = looking
        first, before = done(request.send()), looks(world)
        again = done(request.send())
        told(first, again)
        assert again.body["documents"] == first.body["documents"]
        assert again.body["consultation"] != first.body["consultation"] == first.body["stream"]
        assert looks(world) == before + 1

    def test_is_told_no_more_once_the_case_is_at_another_seat(
        self, world: World, looking: tuple[Twice, str]
    ) -> None:
        request, path = looking
        first = done(request.send())
        passed(path, world.school)
        before = looks(world)
        again = request.send()
        assert again.code == "GROUND_MISSING"
        told(first, again)
        assert first.body["documents"][0]["number"] not in json.dumps(again.body)
        assert looks(world) == before

    def test_is_told_no_more_to_whose_appointment_has_ended(self, world: World) -> None:
        applicant = world.applicant(world.enterprise)
        named = {"case": filed(applicant, world.enterprise).removeprefix("/v1/cases/")}
        address = f"/v1/persons/{applicant.person}/unmaskings"
        request = Twice(world.enterprise.handler, address, named)
        first = done(request.send())
        leaves(world, world.enterprise, world.enterprise.handler)
        again = request.send()
        assert again.code == "GROUND_MISSING"
        told(first, again)
        world.seat(world.enterprise, HANDLER)

    def test_is_told_no_more_once_the_mandate_has_run_out(self, world: World) -> None:
        applicant = world.applicant(world.school)
        today = world.clock.now().date()
        persons = [applicant.person]
        named = world.mandate(world.inspector, None, today.isoformat(), persons=persons)
        address = f"/v1/persons/{applicant.person}/unmaskings"
        request = Twice(world.inspector, address, {}, Mandate=named)
        first = done(request.send())
        world.at(f"{today + timedelta(days=2)}T10:00:00")
        again = request.send()
        assert again.code == "MANDATE_EXPIRED"
        told(first, again)
        assert applicant.number not in json.dumps(again.body)


def test_a_person_is_looked_up_again_by_another_consultation(world: World) -> None:
    body = {"document": {"kind": CARD, "number": invented_number()}, "reason": "核对"}
    request = Twice(world.school.handler, "/v1/searches", body)
    first, before = done(request.send()), looks(world)
    again = done(request.send())
    told(first, again)
    assert looks(world) == before + 1
    assert again.body["consultation"] != first.body["consultation"]


def test_a_consultation_sent_again_from_another_session_opens_the_record_by_a_new_one(
    world: World,
) -> None:
    mandate = world.whole(world.inspector)
    request = Twice(world.inspector, "/v1/integrity-consultations", {}, Mandate=mandate)
    first = done(request.send())
    world.inspector.sign_in()
    closed = world.inspector.get("/v1/integrity-records", Consultation=first.body["consultation"])
    assert closed.code == "REASON_REQUIRED"
    again = done(request.send())
    told(first, again)
    opened = world.inspector.get("/v1/integrity-records", Consultation=again.body["consultation"])
    assert opened.status == 200


class TestAnExport:
    """Is pinned to its digest: the very same file, or none."""

    def taking(self, world: World, media_type: str) -> Twice:
        mandate = world.whole(world.auditor)
        done(world.auditor.get(f"/v1/refusals?{world.everything()}"))
        body = {"list": "cases", "media_type": media_type}
        return Twice(world.auditor, "/v1/exports", body, Mandate=mandate)

    @pytest.mark.parametrize("media_type", [NDJSON, CSV, XLSX])
    def test_is_the_same_octet_for_octet_and_on_record_twice(
        self, world: World, media_type: str
    ) -> None:
        filed(world.applicant(world.school), world.school)
        request = self.taking(world, media_type)
        first = done(request.send())
        world.clock.set(world.clock.now() + timedelta(seconds=3))
        again = done(request.send())
        assert again.body == first.body
        assert again.headers["Export"] == first.headers["Export"]
        assert again.headers["Export-Again"] != first.headers["Export"]
        assert again.headers["Idempotent-Replayed"] == "true"
        both = (first.headers["Export"], again.headers["Export-Again"])
        digests = {world.services.record.load(each).events[0] for each in both}
        assert len(digests) == 1

    def test_is_not_given_again_once_the_list_has_changed(self, world: World) -> None:
        request = self.taking(world, NDJSON)
        first = done(request.send())
        filed(world.applicant(world.school), world.school)
        done(world.auditor.get(f"/v1/refusals?{world.everything()}"))
        head = world.services.record.head()
        again = request.send()
        assert (again.status, again.code) == (409, "EXPORT_CHANGED")
        export, digest = first.headers["Export"], first.headers["Repr-Digest"]
        assert export in again.body["detail"]
        assert b64decode(digest.split(":")[1]).hex() in again.body["detail"]
        (event,) = again.body["events"]
        assert event["stream"] == export
        assert world.services.record.head() == head


def test_a_signed_delivery_is_the_same_octet_for_octet(world: World) -> None:
    request = Twice(world.bureau.integrity_leader, "/v1/archive-exports", {})
    first = done(request.send())
    world.clock.set(world.clock.now() + timedelta(seconds=3))
    again = done(request.send())
    assert (again.body, again.headers["Export"]) == (first.body, first.headers["Export"])
    assert again.headers["Export-Again"] != again.headers["Export"]


def test_what_the_law_said_is_told_again_from_the_record(world: World) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    version = done(applicant.get(path)).headers["ETag"]
    request = Twice(applicant, f"{path}/assessments", {}, If_Match=version)
    first = done(request.send())
    empty: dict[str, Any] = {"educations": [], "work": []}
    done(applicant.change(path, "/applications", empty))
    again = done(request.send())
    told(first, again)
    assert again.body["result"] == first.body["result"]
    assert (first.body["obstacles"], again.body["obstacles"]) == ([], None)


def test_a_file_that_was_attached_is_told_of_after_the_case_was_filed(world: World) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    upload = applicant.client.post(
        f"{path}/uploads", SCAN, Content_Type="application/pdf", Idempotency_Key=uuid4().hex
    )
    body = {"upload": done(upload).body["upload"], "kind": "diploma", "title": "补充"}
    version = done(applicant.get(path)).headers["ETag"]
    request = Twice(applicant, f"{path}/materials", body, If_Match=version)
    first = done(request.send())
    done(file(applicant, path))
    world.at(f"{world.clock.now().date() + timedelta(days=8)}T10:00:00")
    again = done(request.send())
    told(first, again)
    assert again.body["material"] == first.body["material"]


def test_a_decision_is_told_of_without_a_fresh_sign_in(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path))
    leader = world.school.leader.sign_in()
    version = done(leader.get(path)).headers["ETag"]
    sent = {"Idempotency_Key": uuid4().hex, "If_Match": version}
    bulk = {"Idempotency_Key": uuid4().hex}
    other = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, other))
    seen = int(done(leader.get(other)).headers["ETag"][2:-1])
    many = {
        "decision": "approve",
        **WORD,
        "cases": [{"case": other.removeprefix("/v1/cases/"), "version": seen}],
    }
    decision = {"decision": "approve", **WORD}
    first = done(leader.post(f"{path}/leader-decisions", decision, **sent))
    outcome = done(leader.post("/v1/bulk-decisions", many, **bulk)).body
    late = timedelta(seconds=world.services.settings.fresh_seconds + 1)
    world.clock.set(world.clock.now() + late)
    again = done(leader.post(f"{path}/leader-decisions", decision, **sent))
    told(first, again)
    assert done(leader.post("/v1/bulk-decisions", many, **bulk)).body == outcome
    fresh = {**sent, "Idempotency_Key": uuid4().hex}
    assert leader.post(f"{path}/leader-decisions", decision, **fresh).code == (
        "FRESH_SIGN_IN_REQUIRED"
    )


def test_who_may_not_know_of_a_thing_any_more_is_told_what_they_did(world: World) -> None:
    officer, path = (
        world.bureau.integrity_handler,
        filed(world.applicant(world.school), world.school),
    )
    passed(path, world.school)
    version = done(officer.get(path)).headers["ETag"]
    suspicion = {"suspicion": "学位证书疑似伪造"}
    request = Twice(officer, f"{path}/investigations", suspicion, If_Match=version)
    first = done(request.send())
    leaves(world, world.bureau, officer)
    investigation = f"/v1/investigations/{first.body['stream']}"
    assert officer.get(investigation).status in (403, 404)
    again = done(request.send())
    told(first, again)
    assert (acts_in(first.body), acts_in(again.body)) == (["investigations.conduct"], [])
    world.seat(world.bureau, INTEGRITY_HANDLER)


def test_something_else_under_the_same_key_is_told_nothing(world: World) -> None:
    applicant = world.applicant(world.school)
    path, key = f"/v1/persons/{applicant.person}/unmaskings", uuid4().hex
    done(world.school.handler.post(path, {"reason": "核对"}, key=key))
    other = world.school.handler.post(path, {"reason": "另有用处"}, key=key)
    assert other.code == "IDEMPOTENCY_KEY_REUSED"
    assert "events" not in other.body
    assert "Idempotent-Replayed" not in other.headers


def test_a_code_is_told_once(world: World) -> None:
    somebody, administrator = world.applicant(world.school), world.school.administrator
    path = f"/v1/accounts/{somebody.account}"
    version = done(administrator.get(path)).headers["ETag"]
    request = Twice(administrator, f"{path}/codes", {"reason": "忘记密码"}, If_Match=version)
    first = done(request.send())
    again = done(request.send())
    told(first, again)
    assert (bool(first.body["one_time_code"]), again.body["one_time_code"]) == (True, None)


SETTLED = {
    "accession-approvals.approve": "ids, to whoever was told; the codes are told once",
    "accounts.open_account": "ids; the code is told once",
    "accounts.give_code": "the code is told once",
    "announcement-amendments.amend": "its id, and where each amendment stands, or why none does",
    "announcement-proofs.prove": "its id, and where each proof stands, or why none does",
    "announcements.announce": "its id, and where each posting stands, or why there is none",
    "archive-exports.hand_out": "pinned to its digest, permitted and recorded anew",
    "archive-imports.take_in": "what became of each entry by its events, the rest is not told",
    "bulk-decisions.decide": "where each decision stands, or why there is none",
    "case-consultations.consult": "permitted and recorded anew",
    "consent-lists.record_list": "where each consent stands, or why there is none",
    "case-samples.draw": "ids and numbers, to whoever was told",
    "cases.assess": "the result on record, to whoever may ask; what is not on record is not told",
    "exports.take_out": "pinned to its digest, permitted and recorded anew",
    "holds.place_hold": "ids",
    "integrity-consultations.consult": "permitted and recorded anew",
    "intakes.take_in": "ids by row, to whoever was told; the codes are told once",
    "materials.attach": "ids",
    "searches.search": "permitted and recorded anew",
    "persons.unmask": "permitted and recorded anew",
}
"""What each operation tells beside its events when its request is sent again."""


def test_every_operation_that_tells_more_than_its_events_has_been_thought_of() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    telling = {
        operation["operationId"]
        for operations in document["paths"].values()
        for operation in operations.values()
        if "IDEMPOTENCY_KEY" in json.dumps(operation) and not _tells_events_alone(operation)
    }
    assert telling == set(SETTLED)


def _tells_events_alone(operation: dict[str, Any]) -> bool:
    answers = [answer for status, answer in operation["responses"].items() if status[0] == "2"]
    return all('schemas/Appended"' in json.dumps(answer) for answer in answers)
