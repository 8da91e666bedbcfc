"""Which look-ups and exports a watcher of an area is shown: of those, and at those, in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.filings import done

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
        self.taken = {place: self.take_out(by) for place, by in self.auditors.items()}

    def look(self, by: Actor, at: Actor) -> int:
        """The position of a look-up."""
        document = {"kind": "resident_identity_card", "number": at.number}
        asked = {"document": document, "reason": "核对举报"}
        return int(done(by.post("/v1/person-lookups", asked)).body["position"])

    def take_out(self, by: Actor) -> int:
        """The position of an export."""
        done(by.post("/v1/exports", {"list": "refusals"}))
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
