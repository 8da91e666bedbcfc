"""Erasures, holds, mandates, links, corrections, renamings, as auditors and inspectors see them."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from api.conventions.exporting import NDJSON, XLSX
from domain.account.events import Role
from domain.single_events import RecordExported
from tests.api.filings import done

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

LISTED = {
    "erasures": "erasures",
    "holds": "holds",
    "mandates": "mandates",
    "person-links": "links",
    "binding-corrections": "corrections",
    "person-renamings": "renamings",
}
"""Each list by its path under ``/v1``, with the member that holds its rows."""


class Scene:
    """One of each, in the county; and who watches it, the county next to it, and everything."""

    def __init__(self, world: World) -> None:
        self.world = world
        bureau, school = world.bureau, world.school
        neighbour = world.found("邻县人社局", world.system, area="江西省/赣州市/安远县")
        by, roles = world.system, [Role.INSPECTOR]
        self.inspector = world.account(by, "本县纪检", bureau.organisation, roles)
        auditor = world.account(by, "本县审计", bureau.organisation, [Role.AUDITOR])
        self.mandate = world.mandate(self.inspector, auditor, areas=[world.area])
        self.stranger = world.account(by, "邻县纪检", neighbour.organisation, roles)
        self.applicant = world.applicant(school)
        twin = world.applicant(school)
        self.ids = {
            "erasures": self._stream(self.applicant, "/v1/erasures", self._erasure()),
            "holds": self._hold(),
            "mandates": self.mandate,
            "person-links": self._stream(
                bureau.handler,
                "/v1/person-links",
                {"first": self.applicant.person, "second": twin.person, "evidence": "同一指纹"},
            ),
            "binding-corrections": self._stream(
                bureau.handler,
                "/v1/binding-corrections",
                {
                    "document": {"kind": "resident_identity_card", "number": twin.number},
                    "name": "某真正持证人",
                    "evidence": "录入时选错了人",
                },
            ),
            "person-renamings": self._stream(
                bureau.handler,
                "/v1/person-renamings",
                {
                    "person": twin.person,
                    "name": "某更名者",
                    "proof": {"kind": "police_certificate", "number": "某公户证123"},
                    "effective_on": "2024-01-02",
                },
            ),
        }

    def _stream(self, who: Actor, path: str, body: object) -> str:
        return str(done(who.post(path, body)).body["stream"])

    def _erasure(self) -> dict[str, Any]:
        return {
            "person": self.applicant.person,
            "purposes": ["applicant"],
            "organisation": self.world.bureau.organisation,
            "basis": "个人信息保护法第四十七条",
            "reason": "本人申请",
        }

    def _hold(self) -> str:
        path = f"/v1/persons/{self.applicant.person}"
        body = {"mandate": "寻纪〔2024〕3号", "reason": "核查线索"}
        return str(done(self.inspector.change(path, "/holds", body)).body["hold"])

    def taken(self, name: str, media_type: str) -> Answer:
        """A list that the inspector takes out."""
        body = {"list": name, "media_type": media_type}
        return done(self.inspector.post("/v1/exports", body, mandate=self.mandate))

    def listed(self, who: Actor, name: str, query: str = "") -> Answer:
        """What somebody is shown of a list, once the views show everything."""
        return who.get(f"/v1/{name}?limit=200&{self.world.everything()}{query}")


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    return Scene(world)


@pytest.mark.parametrize("name", LISTED)
def test_a_list_is_scoped_by_jurisdiction_and_counted(scene: Scene, name: str) -> None:
    for watcher in (scene.inspector, scene.world.inspector, scene.world.auditor):
        answer = done(scene.listed(watcher, name)).body
        rows = answer[LISTED[name]]
        assert answer["count"] == len(rows) > 0
        assert scene.ids[name] in str(rows)
    elsewhere = done(scene.listed(scene.stranger, name)).body
    assert (elsewhere["count"], elsewhere[LISTED[name]]) == (0, [])


@pytest.mark.parametrize("name", ["holds", "mandates"])
def test_what_watchers_do_is_listed_for_watchers_alone(scene: Scene, name: str) -> None:
    for other in (scene.world.bureau.leader, scene.applicant, scene.world.system):
        assert scene.listed(other, name).code == "FORBIDDEN"


def test_who_holds_no_seat_reads_none_of_its_words(scene: Scene) -> None:
    bureau, erasure = scene.world.bureau, f"/v1/erasures/{scene.ids['erasures']}"
    clerk = scene.world.account(
        bureau.administrator, "无岗者", bureau.organisation, [Role.OFFICIAL]
    )
    assert scene.ids["erasures"] not in str(done(scene.listed(clerk, "erasures")).body)
    assert clerk.get(erasure).code == "NOT_FOUND"
    assert "同一指纹" not in str(done(scene.listed(clerk, "person-links")).body)
    assert "本人申请" not in str(done(scene.inspector.get(erasure)).body)
    for reader in (bureau.integrity_handler, scene.applicant):
        assert "本人申请" in str(done(reader.get(erasure)).body)


def test_a_list_goes_on_where_its_page_ended(scene: Scene) -> None:
    for number in range(1, 4):
        body = {"mandate": f"寻纪〔2024〕{number}号", "reason": "核查"}
        path = f"/v1/persons/{scene.applicant.person}"
        done(scene.inspector.change(path, "/holds", body))
    whole = done(scene.listed(scene.inspector, "holds")).body["holds"]
    seen: list[dict[str, Any]] = []
    address = f"/v1/holds?limit=2&{scene.world.everything()}"
    while address:
        answer = done(scene.inspector.get(address))
        assert answer.body["count"] == len(whole)
        seen += answer.body["holds"]
        link = answer.headers.get("Link", "")
        address = link[link.find("<") + 1 : link.find(">")] if link else ""
    assert seen == whole
    assert len(seen) > 2


def test_what_was_settled_is_left_out_unless_asked_for(scene: Scene) -> None:
    world, bureau = scene.world, scene.world.bureau
    first, second = world.applicant(world.school), world.applicant(world.school)
    body = {"first": first.person, "second": second.person, "evidence": "同一指纹"}
    link = done(bureau.handler.post("/v1/person-links", body)).body["stream"]
    done(bureau.leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    waiting = done(scene.listed(scene.inspector, "person-links")).body["links"]
    settled = done(scene.listed(scene.inspector, "person-links", "&settled=true")).body["links"]
    assert link not in {each["link"] for each in waiting}
    assert link in {each["link"] for each in settled}


def test_evidence_is_for_the_officers_and_a_number_is_masked(scene: Scene) -> None:
    for name in ("person-links", "binding-corrections"):
        watched = str(done(scene.listed(scene.inspector, name)).body)
        assert "同一指纹" not in watched
        assert "录入时选错了人" not in watched
    assert "某公户证123" not in str(done(scene.listed(scene.inspector, "person-renamings")).body)
    own = done(scene.listed(scene.world.bureau.leader, "person-links")).body
    assert "同一指纹" in str(own)


@pytest.mark.parametrize(
    "name", [*LISTED, "indicators", "stale-appointments", "unfinished-findings"]
)
def test_every_list_is_taken_out_with_a_trailer_and_recorded(scene: Scene, name: str) -> None:
    done(scene.listed(scene.inspector, name))
    taken = scene.taken(name, NDJSON)
    *rows, trailer = [json.loads(line) for line in taken.body.splitlines()]
    assert (trailer["trailer"]["query"], trailer["trailer"]["count"]) == (name, len(rows))
    assert name not in LISTED or scene.ids[name] in taken.body
    (event,) = scene.world.services.record.load(taken.headers["Export"]).events
    assert isinstance(event, RecordExported)
    assert event.digest == sha256(taken.body.encode()).hexdigest()
    sheet = scene.taken(name, XLSX)
    with ZipFile(BytesIO(sheet.body.encode(errors="surrogateescape"))) as book:
        assert f"<t>{name}</t>" in book.read("xl/worksheets/sheet1.xml").decode()
    for watcher, shown in (
        (scene.world.auditor, True),
        (scene.inspector, True),
        (scene.stranger, False),
    ):
        listed = watcher.get(f"/v1/exports?{scene.world.everything()}")
        found = {(each["query"], each["digest"]) for each in done(listed).body["exports"]}
        assert ((name, event.digest) in found) == shown


def test_nothing_personal_is_in_what_is_taken_out(scene: Scene) -> None:
    for name in LISTED:
        body = scene.taken(name, NDJSON).body
        for word in ("同一指纹", "录入时选错了人", "核查线索", "某更名者", scene.applicant.number):
            assert word not in body
