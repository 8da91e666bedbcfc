"""The notice itself is on record with the law that says it, and whoever confirms has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.jobs.sweeper import sweep
from domain.law.events import NoticeAttached
from tests.api.filings import SCAN, done
from tests.api.lawmaking import attach_notice, decide, overlay, propose, upload_notice
from tests.api.test_law_in_force import codes

if TYPE_CHECKING:
    from tests.api.world import World

OTHER = SCAN.replace(b"595", b"596")


def waiting(world: World, identity: str) -> str:
    """The path of an overlay that was proposed without its notice."""
    text = overlay(identity, "xunwu-2024", world.area, 4200)
    return f"/v1/editions/{done(propose(world.bureau.handler, text)).body['stream']}"


def test_no_pack_is_law_without_its_notice_on_record(world: World) -> None:
    bureau, path = world.bureau, waiting(world, "fee-a")
    assert done(bureau.leader.get(path)).body["notice"] is None
    assert bureau.leader.get(f"{path}/notices/current/content").status == 404
    assert codes(decide(bureau.leader, path)) == {"EDITION_WITHOUT_NOTICE"}
    assert codes(decide(bureau.leader, path, notice="0" * 64)) == {"EDITION_WITHOUT_NOTICE"}
    done(attach_notice(bureau.handler, path, number=None))
    seen = done(bureau.leader.get(path)).body["notice"]
    assert (seen["number"], seen["source"]) == (None, "http://example.invalid/notice")
    assert (seen["media_type"], seen["size"]) == ("application/pdf", len(SCAN))
    done(decide(bureau.leader, path))
    assert done(bureau.leader.get(f"{path}/notices/current/content")).body.encode() == SCAN
    assert codes(attach_notice(bureau.handler, path)) == {"EDITION_DECIDED"}


def test_whoever_confirms_has_read_the_notice_that_is_attached(world: World) -> None:
    bureau, path = world.bureau, waiting(world, "fee-b")
    done(attach_notice(bureau.handler, path))
    assert codes(decide(bureau.leader, path, notice=None)) == {"EDITION_NOTICE"}
    read = done(bureau.leader.get(path)).body["notice"]["digest"]
    done(attach_notice(bureau.handler, path, OTHER, number="某人社发〔2024〕13号"))
    assert codes(decide(bureau.leader, path, notice=read)) == {"EDITION_NOTICE"}
    listed = done(bureau.leader.get("/v1/editions?waiting=true")).body["editions"]
    seen = done(bureau.leader.get(path)).body["notice"]
    assert seen["number"] == "某人社发〔2024〕13号"
    assert [e["notice"] for e in listed if path.endswith(e["edition"])] == [seen["digest"]]
    done(decide(bureau.leader, path))
    events = world.services.record.load(path.rpartition("/")[2]).events
    assert getattr(events[-1], "notice", None) == seen["digest"]


def test_the_notice_comes_from_who_proposed_and_from_nobody_else(world: World) -> None:
    bureau, path = world.bureau, waiting(world, "fee-c")
    assert codes(attach_notice(bureau.leader, path)) == {"NOT_ITS_PROPOSER"}
    body = {"upload": "material-1.0", "source": "某处"}
    assert bureau.handler.change(path, "/notices", body).code == "UPLOAD_UNKNOWN"
    assert bureau.handler.change(path, "/notices", {"upload": "material-1.0"}).status == 422
    stranger = world.department.handler.client.post(
        f"{path}/uploads", SCAN, Content_Type="application/pdf"
    )
    assert stranger.status == 403


def test_the_notice_stays_when_what_was_never_attached_is_swept(world: World) -> None:
    services, by = world.services, world.bureau.handler
    path = waiting(world, "fee-d")
    done(attach_notice(by, path))
    edition = path.rpartition("/")[2]
    (attached,) = (
        event.file
        for event in services.record.load(edition).events
        if isinstance(event, NoticeAttached)
    )
    services.case_uploads.forget([attached])
    services.case_uploads.begin(attached, edition, by.person, world.clock.now())
    left = upload_notice(by, path).partition(".")[0]
    world.at("2024-10-24T10:00:00")
    sweep(services)
    assert services.record.attachments.with_bytes([attached, left]) == {attached}
