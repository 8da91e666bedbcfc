"""Which look-ups and exports a watcher of an area is shown: of those, and at those, in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.filings import done, filed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


class Scene:
    """Two counties with a watcher of each role, who look at people of both, and take out."""

    def __init__(self, world: World) -> None:
        self.world = world
        county, area = world.bureau, "江西省/赣州市/安远县"
        neighbour = world.found("邻县人社局", world.system, area=area, affairs=["watch"])
        houses = {"county": county, "neighbour": neighbour}
        self.auditors, inspectors = (
            {
                place: world.account(world.system, f"{place}{role}", house.organisation, [role])
                for place, house in houses.items()
            }
            for role in (Role.AUDITOR, Role.INSPECTOR)
        )
        own, other = world.applicant(world.school), world.applicant(neighbour)
        self.looks = {
            "at one's own": self.look(inspectors["county"], own),
            "at another's": self.look(inspectors["neighbour"], own),
            "in the neighbour alone": self.look(inspectors["neighbour"], other),
        }
        self.inspectors, self.own = inspectors, own
        areas = {"county": world.area, "neighbour": area}
        self.taken = {
            place: self.take_out(by, world.mandate(by, inspectors[place], areas=[areas[place]]))
            for place, by in self.auditors.items()
        }

    def look(self, by: Actor, at: Actor) -> int:
        """The position of a look-up."""
        document = {"kind": "resident_identity_card", "number": at.number}
        asked = {"document": document, "reason": "核对举报"}
        return int(done(by.post("/v1/searches", asked)).body["position"])

    def take_out(self, by: Actor, mandate: str) -> int:
        """The position of an export."""
        done(by.post("/v1/exports", {"list": "refusals"}, mandate=mandate))
        return self.world.services.record.head()

    def seen(self, by: Actor, what: str) -> set[int]:
        """The positions that somebody is shown of a list, of those that are looked for."""
        answer = done(by.get(f"/v1/{what}?limit=200&{self.world.everything()}")).body
        assert answer["count"] == len(answer[what])
        return {each["position"] for each in answer[what]}


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    """The two counties."""
    return Scene(world)


def test_an_auditor_of_an_area_is_shown_who_looked_there_or_at_somebody_of_it(
    scene: Scene,
) -> None:
    own, others, beyond = scene.looks.values()
    assert scene.seen(scene.auditors["county"], "consultations") == {own, others}
    assert scene.seen(scene.auditors["neighbour"], "consultations") == {others, beyond}
    assert scene.seen(scene.world.auditor, "consultations") == {own, others, beyond}


def test_an_auditor_of_an_area_is_shown_what_was_taken_out_there(scene: Scene) -> None:
    for place, auditor in scene.auditors.items():
        assert scene.seen(auditor, "exports") == {scene.taken[place]}
    assert scene.seen(scene.world.auditor, "exports") == set(scene.taken.values())


def test_whom_a_look_is_about_is_told_of_it_once_it_is_released(scene: Scene) -> None:
    own, others, _ = scene.looks.values()
    assert scene.seen(scene.own, "consultations") == set()
    rows = done(scene.auditors["county"].get("/v1/consultations")).body["consultations"]
    (looked,) = (each["consultation"] for each in rows if each["position"] == own)
    path = f"/v1/consultations/{looked}/releases"
    for stranger in (scene.inspectors["neighbour"], scene.world.inspector, scene.own):
        assert stranger.post(path, None).status in (403, 404)
    assert scene.world.bureau.handler.post(path, None).code == "FORBIDDEN"
    released = done(scene.auditors["county"].post(path, None))
    assert [each["topic"] for each in released.body["events"]] == ["consultation:released:1"]
    assert scene.seen(scene.own, "consultations") == {own}
    assert others not in scene.seen(scene.own, "consultations")
    assert scene.auditors["county"].post(path, None).code == "CONSULTATION_OPEN"


def test_a_look_by_who_reviews_is_told_at_once_and_one_by_who_investigates_is_not(
    scene: Scene,
) -> None:
    world = scene.world
    applicant = world.applicant(world.school)
    case = filed(applicant, world.school).removeprefix("/v1/cases/")
    unmasked = f"/v1/persons/{applicant.person}/unmaskings"
    reviewed = done(world.school.handler.post(unmasked, {"case": case})).body["position"]
    asked = {"person": applicant.person, "reason": "核查线索"}
    officer = world.bureau.integrity_handler
    looked = done(officer.post("/v1/integrity-consultations", asked)).body
    done(world.inspector.post(f"/v1/cases/{case}/consultations", {"reason": "核查线索"}))
    assert scene.seen(applicant, "consultations") == {reviewed}
    done(officer.post(f"/v1/consultations/{looked['consultation']}/releases", None))
    assert scene.seen(applicant, "consultations") == {reviewed, looked["position"]}
    assert scene.seen(world.applicant(world.school), "consultations") == set()


def test_who_watches_is_not_told_who_looked_at_them_before_it_is_released(scene: Scene) -> None:
    world, auditor = scene.world, scene.auditors["county"]
    asked = {"person": auditor.person, "reason": "核查线索"}
    position = done(world.inspector.post("/v1/integrity-consultations", asked)).body["position"]
    assert position in scene.seen(world.auditor, "consultations")
    assert position in scene.seen(scene.inspectors["county"], "consultations")
    assert position not in scene.seen(auditor, "consultations")
    mandate = world.mandate(auditor, scene.inspectors["county"], areas=[world.area])
    taken = done(auditor.post("/v1/exports", {"list": "consultations"}, mandate=mandate))
    assert f'"position":{position}' not in taken.body


def test_a_list_is_counted_for_its_first_page_and_the_number_is_carried_on(scene: Scene) -> None:
    auditor, seen = scene.world.auditor, list[int]()
    address = f"/v1/consultations?limit=1&{scene.world.everything()}"
    first = done(auditor.get(address))
    scene.look(auditor, scene.world.applicant(scene.world.school))
    answer = first
    while link := answer.headers.get("Link"):
        seen.append(answer.body["count"])
        answer = done(auditor.get(link[link.find("<") + 1 : link.find(">")]))
    seen.append(answer.body["count"])
    assert seen == [first.body["count"]] * first.body["count"]
    done(auditor.get(f"/v1/consultations?limit=1&{scene.world.everything()}"))
    again = done(auditor.get(address.replace("limit=1", "limit=2"))).body
    assert again["count"] == first.body["count"] + 1
