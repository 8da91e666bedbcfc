"""Mandates of those who watch: two of one body, with the document; and what asks for one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from domain.account.events import Role
from tests.api.filings import SCAN, done, filed
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

EXPORT = {"list": "cases"}
EVERYWHERE: dict[str, Any] = {
    "kind": "retrieval_letter",
    "document": "某纪函〔2024〕1号",
    "scope": {"areas": [""]},
    "last_day": "2024-12-31",
}


class Scene:
    """A county with two watchers of its own, and one next to it."""

    def __init__(self, world: World) -> None:
        self.world = world
        area = "江西省/赣州市/安远县"
        neighbour = world.found("邻县纪委", world.system, area=area, affairs=["watch"])
        watch = world.found("县纪委", world.system, affairs=["watch"])
        self.auditor, self.inspector = (
            world.account(world.system, f"县{role}", watch.organisation, [role])
            for role in (Role.AUDITOR, Role.INSPECTOR)
        )
        self.stranger = world.account(
            world.system, "邻县纪检", neighbour.organisation, [Role.INSPECTOR]
        )
        self.applicant = world.applicant(world.school)
        self.abroad = world.applicant(neighbour)
        self.case = filed(self.applicant, world.school).rpartition("/")[2]
        self.other = filed(world.applicant(world.enterprise), world.enterprise).rpartition("/")[2]
        self.area, self.neighbour = watch, neighbour

    def mandate(self, **scope: Any) -> str:  # noqa: ANN401 -- of a request
        """One in force, of the county's two."""
        return self.world.mandate(self.inspector, self.auditor, **scope)

    def lists(self, by: Actor, mandate: str) -> set[str]:
        """Those of the two cases that a file holds."""
        taken = done(by.post("/v1/exports", EXPORT, mandate=mandate))
        return {each for each in (self.case, self.other) if each in str(taken.body)}


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    """The counties."""
    return Scene(world)


def test_a_mandate_is_proposed_by_one_and_approved_by_another_of_the_same_body(
    scene: Scene,
) -> None:
    inspector, auditor = scene.inspector, scene.auditor
    path = scene.world.proposed(inspector, areas=[scene.world.area])
    name = path.rpartition("/")[2]
    yes = {"approved": True}
    assert auditor.change(path, "/decisions", yes).code == "MANDATE_WITHOUT_DOCUMENT"
    upload = done(uploaded(inspector, path)).body["upload"]
    assert uploaded(scene.stranger, path).status == 404
    assert auditor.change(path, "/documents", {"upload": upload}).code == "UPLOAD_UNKNOWN"
    theirs = done(uploaded(auditor, path)).body["upload"]
    assert auditor.change(path, "/documents", {"upload": theirs}).code == "NOT_ITS_PROPOSER"
    attached = done(inspector.change(path, "/documents", {"upload": upload}))
    assert [each["topic"] for each in attached.body["events"]] == ["mandate:document-attached:1"]
    assert inspector.change(path, "/decisions", yes).code == "TWO_OFFICERS"
    assert inspector.post("/v1/exports", EXPORT, mandate=name).code == "NO_SUCH_MANDATE"
    for outsider in (scene.stranger, scene.world.school.leader, scene.world.bureau.administrator):
        assert outsider.get(path).status == 404
        assert outsider.post(f"{path}/decisions", yes, version=2).status == 404
    done(auditor.change(path, "/decisions", yes))
    assert auditor.change(path, "/decisions", yes).code == "MANDATE_DECIDED"
    seen = done(auditor.get(path)).body
    assert (seen["kind"], seen["approved"]) == ("audit_notice", True)
    assert done(auditor.get(f"{path}/document/content")).body.encode() == SCAN
    (row,) = (
        each
        for each in done(auditor.get(f"/v1/mandates?{scene.world.everything()}")).body["mandates"]
        if each["mandate"] == name
    )
    assert (row["person"], row["decided_by"]) == (inspector.person, auditor.person)
    assert row["digest"] == seen["digest"]
    done(inspector.post("/v1/exports", EXPORT, mandate=name))


def test_who_approves_a_mandate_has_signed_in_lately(scene: Scene) -> None:
    world = scene.world
    path = world.proposed(scene.inspector, areas=[world.area])
    decided = scene.auditor.client
    seen = done(scene.auditor.get(path)).headers["ETag"]
    world.clock.set(world.clock.now() + timedelta(minutes=6))
    answer = decided.act(f"{path}/decisions", {"approved": True}, version=seen)
    assert answer.code == "FRESH_SIGN_IN_REQUIRED"


def test_a_mandate_names_what_its_body_watches_over_and_a_last_day(scene: Scene) -> None:
    def refused(by: Actor, **members: object) -> str:
        return by.post("/v1/mandates", {**EVERYWHERE, **members}).code

    assert refused(scene.inspector) == "MANDATE_BEYOND"
    for scope in (
        {"areas": ["江西省"]},
        {"organisations": [scene.neighbour.organisation]},
        {"persons": [scene.abroad.person]},
        {"cases": ["case-00000000-0000-7000-8000-000000000000"]},
    ):
        assert refused(scene.inspector, scope=scope) == "MANDATE_BEYOND"
    assert refused(scene.inspector, scope={}) == "MANDATE_WITHOUT_SCOPE"
    own = {"areas": [scene.world.area]}
    assert refused(scene.inspector, scope=own, last_day="2024-10-01") == "MANDATE_EXPIRED"
    assert refused(scene.inspector, scope=own, kind="other") == "FIELDS_REFUSED"
    assert refused(scene.world.school.leader, scope=own) == "FORBIDDEN"


def test_what_is_taken_out_or_read_in_bulk_needs_one_and_is_narrowed_to_it(scene: Scene) -> None:
    inspector, world = scene.inspector, scene.world
    asked = {"reason": "年度核查"}
    for answer in (
        inspector.post("/v1/exports", EXPORT),
        inspector.get("/v1/events"),
        inspector.post("/v1/integrity-consultations", asked),
    ):
        assert answer.code == "MANDATE_REQUIRED"
    world.catch_up()
    assert scene.lists(inspector, scene.mandate(areas=[world.area])) == {scene.case, scene.other}
    school = scene.mandate(organisations=[world.school.organisation])
    assert scene.lists(inspector, school) == {scene.case}
    assert scene.lists(scene.auditor, school) == {scene.case}
    assert scene.stranger.post("/v1/exports", EXPORT, mandate=school).code == "NO_SUCH_MANDATE"
    single = scene.mandate(cases=[scene.case])
    assert inspector.post("/v1/exports", EXPORT, mandate=single).code == "MANDATE_ELSEWHERE"
    consulted = inspector.post("/v1/integrity-consultations", {}, mandate=single)
    assert consulted.code == "MANDATE_ELSEWHERE"
    told = feed(scene, inspector, school)
    assert (scene.case in told, scene.other in told) == (True, False)
    (last,) = done(inspector.get(f"/v1/exports?limit=1&{world.everything()}")).body["exports"]
    assert last["mandate"] == school


def test_one_that_is_over_serves_no_longer(scene: Scene) -> None:
    world = scene.world
    today = world.clock.now().date().isoformat()
    over = world.mandate(scene.inspector, scene.auditor, today, areas=[world.area])
    done(scene.inspector.post("/v1/exports", EXPORT, mandate=over))
    world.clock.set(world.clock.now() + timedelta(days=1))
    assert scene.inspector.post("/v1/exports", EXPORT, mandate=over).code == "MANDATE_EXPIRED"


def test_a_case_is_looked_into_under_one_that_is_about_it(scene: Scene) -> None:
    world, by = scene.world, scene.auditor
    employer = world.school.organisation
    for scope in (
        {"cases": [scene.case]},
        {"persons": [scene.applicant.person]},
        {"organisations": [employer]},
        {"organisations": [world.department.organisation]},
        {"areas": [world.area]},
    ):
        mandate = scene.mandate(**scope)
        done(by.post(f"/v1/cases/{scene.case}/consultations", {}, mandate=mandate))
    elsewhere = {"cases": [scene.other], "organisations": [world.enterprise.organisation]}
    mandate = scene.mandate(**elsewhere)
    answer = by.post(f"/v1/cases/{scene.case}/consultations", {}, mandate=mandate)
    assert answer.code == "MANDATE_ELSEWHERE"


def test_who_is_not_what_a_mandate_is_about_is_found_like_nobody(scene: Scene) -> None:
    mandate = scene.mandate(organisations=[scene.world.school.organisation])
    found = []
    for number in (scene.applicant.number, scene.abroad.number, invented_number()):
        document = {"kind": "resident_identity_card", "number": number}
        answer = done(scene.inspector.post("/v1/searches", {"document": document}, mandate=mandate))
        assert [each["topic"] for each in answer.body["events"]] == ["consultation:recorded:1"]
        found.append(answer.body["persons"])
    assert found == [[scene.applicant.person], [], []]


def uploaded(by: Actor, path: str) -> Answer:
    sent = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
    return by.client.post(f"{path}/uploads", SCAN, **sent)


def feed(scene: Scene, by: Actor, mandate: str) -> str:
    """Everything that somebody is told under a mandate."""
    shown, after, told = scene.world.everything(), 0, ""
    head = scene.world.services.record.head()
    while after < head:
        page = done(by.get(f"/v1/events?after={after}&limit=200&{shown}", Mandate=mandate)).body
        after, told = int(page[-1]["id"]), told + str(page)
    return told
