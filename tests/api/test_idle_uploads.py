"""Files that were uploaded for a case and never attached: nothing of them lies about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.demo.xunwu.claims import FILES
from api.identifiers import new_stream
from api.jobs.sweeper import sweep
from domain.account.events import Role
from domain.mandate import MandateDocumentAttached
from domain.separation import HANDLER
from tests.api.assisted import begun, form
from tests.api.client import Client
from tests.api.filings import SCAN, attach, done, draft, title

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


def uploaded(applicant: Actor, case: str) -> str:
    """A scan that waits for being attached."""
    headers = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
    return str(done(applicant.client.post(f"{case}/uploads", SCAN, **headers)).body["upload"])


def attaching(applicant: Actor, case: str, upload: str) -> Answer:
    """An attempt to attach it."""
    body: dict[str, Any] = {"upload": upload, "kind": FILES[0].kind, "supports": [], "title": "某"}
    return applicant.change(case, "/materials", body)


def later(world: World, **time: int) -> None:
    """Let time go on."""
    world.clock.set(world.clock.now() + timedelta(**time))


def test_an_upload_that_is_never_attached_is_discarded_after_a_week(world: World) -> None:
    applicant, services = world.applicant(world.school), world.services
    case = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    file = uploaded(applicant, case).partition(".")[0]
    later(world, days=7)
    sweep(services)
    assert services.record.attachments.with_bytes([file]) == {file}
    later(world, seconds=1)
    before = services.record.head()
    sweep(services)
    assert services.record.attachments.with_bytes([file]) == set()
    assert services.record.read(before, 1)[0].event.topic == "upload:discarded:1"
    after = services.record.head()
    sweep(services)
    assert services.record.head() == after


def test_what_an_upload_that_was_refused_left_behind_goes_as_well(world: World) -> None:
    applicant, services = world.applicant(world.school), world.services
    case = draft(applicant, world.school)
    for octets in (b"MZ\x90\x00" + bytes(100), b""):
        headers = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
        assert applicant.client.post(f"{case}/uploads", octets, **headers).status == 422
    services.case_uploads.begin(
        new_stream("material", world.clock.now()), case, applicant.person, world.clock.now()
    )
    later(world, days=8)
    sweep(services)
    assert services.case_uploads.left_over(world.clock.now()) == []


def test_what_is_about_to_be_discarded_cannot_be_attached_any_more(world: World) -> None:
    applicant = world.applicant(world.school)
    case = draft(applicant, world.school)
    in_time, too_late = uploaded(applicant, case), uploaded(applicant, case)
    later(world, days=6)
    done(attaching(applicant, case, in_time))
    later(world, seconds=1)
    answer = attaching(applicant, case, too_late)
    assert (answer.status, answer.code) == (422, "UPLOAD_UNKNOWN")


def test_what_was_attached_is_never_discarded(world: World) -> None:
    applicant, services = world.applicant(world.school), world.services
    case = draft(applicant, world.school)
    attach(applicant, case, FILES[0])
    shown = done(applicant.get(case)).body["materials"][-1]["material"]
    # We died between attaching the file and taking that down.
    services.case_uploads.forget([shown])
    services.case_uploads.begin(
        shown, case.removeprefix("/v1/cases/"), applicant.person, world.clock.now()
    )
    later(world, days=8)
    sweep(services)
    assert services.record.attachments.with_bytes([shown]) == {shown}
    assert done(applicant.get(f"{case}/materials/{shown}/content")).status == 200
    assert services.case_uploads.left_over(world.clock.now()) == []


def test_nor_is_the_document_of_a_mandate(world: World) -> None:
    services = world.services
    by = world.account(world.system, "监督丙", None, [Role.INSPECTOR])
    mandate = world.mandate(by)
    (attached,) = (
        event.file
        for event in services.record.load(mandate).events
        if isinstance(event, MandateDocumentAttached)
    )
    services.case_uploads.forget([attached])
    services.case_uploads.begin(attached, mandate, by.person, world.clock.now())
    left = uploaded(by, world.proposed(by)).partition(".")[0]
    later(world, days=8)
    sweep(services)
    assert services.record.attachments.with_bytes([attached, left]) == {attached}
    path = f"/v1/mandates/{mandate}/document/content"
    assert done(by.get(path)).body.encode() == SCAN


def test_who_attaches_nothing_uploads_no_more_through_any_case(world: World) -> None:
    applicant, table = world.applicant(world.school), world.services.case_uploads
    file, now = new_stream("material", world.clock.now()), world.clock.now()
    table.begin(file, "case-other", applicant.person, now)
    table.finish(file, 400 << 20)
    case, headers = drafted(world, applicant), {"Content_Type": "application/pdf"}
    full = applicant.client.post(f"{case}/uploads", SCAN, **headers)
    assert (full.status, full.code, full.body["limit"]) == (409, "UPLOADS_WAITING", 400 << 20)
    table.attached([file], now)
    done(applicant.client.post(f"{case}/uploads", SCAN, **headers))


def test_what_is_attached_and_withdrawn_again_counts_for_a_month(world: World) -> None:
    applicant, other = (world.applicant(world.school) for _ in range(2))
    cases = [drafted(world, each) for each in (applicant, applicant, other)]
    upload = uploaded(applicant, cases[0])
    material = done(attaching(applicant, cases[0], upload)).body["material"]
    world.services.case_uploads.finish(material, 2 << 30)
    done(applicant.change(cases[0], f"/materials/{material}/withdrawals", {}))
    record = f"/v1/persons/{applicant.person}/achievements"
    headers = {"Content_Type": "application/pdf"}
    for path in (cases[0], cases[1], record):
        full = applicant.client.post(f"{path}/uploads", SCAN, **headers)
        assert (full.status, full.code) == (409, "UPLOADS_OF_A_MONTH"), path
        assert "2 GiB（2,147,483,648 字节）" in full.body["detail"]
    done(other.client.post(f"{cases[2]}/uploads", SCAN, **headers))
    later(world, days=30)
    sweep(world.services)
    done(applicant.client.post(f"{cases[1]}/uploads", SCAN, **headers))


def test_whoever_files_for_somebody_has_no_quota_of_their_own(world: World) -> None:
    helped = world.applicant(world.school)
    table, now = world.services.case_uploads, world.clock.now()
    for of, person in ((helped.person, world.bureau.handler.person), (None, "person-other")):
        file = new_stream("material", now)
        table.begin(file, "case-other", person, now, of)
        table.finish(file, 2 << 30)
        table.attached([file], now)
    case, headers = drafted(world, helped), {"Content_Type": "application/pdf"}
    full = helped.client.post(f"{case}/uploads", SCAN, **headers)
    assert (full.status, full.code) == (409, "UPLOADS_OF_A_MONTH")


def drafted(world: World, applicant: Actor) -> str:
    """The path of a case that has just begun."""
    return f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"


def test_an_upload_is_attached_once(world: World) -> None:
    applicant = world.applicant(world.school)
    case = drafted(world, applicant)
    upload = uploaded(applicant, case)
    done(attaching(applicant, case, upload))
    again = attaching(applicant, case, upload)
    assert again.status == 409
    assert [each["code"] for each in again.body["refusals"]] == ["MATERIAL_ATTACHED"]
    (material,) = done(applicant.get(case)).body["materials"]
    assert material["material"] in upload


def test_an_upload_is_good_for_its_own_case_and_account_alone(world: World) -> None:
    applicant, other = world.applicant(world.school), world.applicant(world.school)
    case, second, others = (drafted(world, each) for each in (applicant, applicant, other))
    upload = uploaded(applicant, case)
    again = world.account(
        world.school.administrator,
        applicant.name,
        world.school.organisation,
        [Role.APPLICANT],
        applicant.number,
    )
    public = done(
        Client(world.address).post("/v1/public-files", SCAN, Content_Type="application/pdf")
    ).body["upload"]
    for by, path, named in (
        (applicant, second, upload),
        (other, others, upload),
        (again, case, upload),
        (applicant, case, public),
        (applicant, case, upload[:-1] + ("0" if upload[-1] != "0" else "1")),
    ):
        answer = attaching(by, path, named)
        assert (answer.status, answer.code) == (422, "UPLOAD_UNKNOWN"), path
    said = {"statement": "某人材料不实", "files": [{"upload": upload}]}
    answer = Client(world.address).post("/v1/complaints", said)
    assert (answer.status, answer.code) == (422, "UPLOAD_UNKNOWN")
    done(attaching(applicant, case, upload))


def test_a_signed_form_is_discarded_unless_it_became_part_of_a_case(world: World) -> None:
    services, holder = world.services, world.applicant(world.school)
    officer = world.official(world.school, "某帮办员", HANDLER)
    path = begun(officer, holder, world.school)
    kept = done(holder.get(path)).body["assisted_by"]["form"]
    services.case_uploads.forget([kept])
    services.case_uploads.begin(kept, holder.account, officer.person, world.clock.now())
    left = done(form(officer, holder)).body["upload"].partition(".")[0]
    later(world, days=8)
    sweep(services)
    assert services.record.attachments.with_bytes([kept, left]) == {kept}
