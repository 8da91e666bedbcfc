"""A watcher draws cases by lot under a mandate, and reads their words, each opening on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.acts.case_sample import drawn_by
from tests.api.filings import WORD, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

OPINION, REASON = "经逐项核实，建议通过。", "身份证复印件不清楚，请补正。"


class Scene:
    """Three cases of one school: two with an opinion, one returned; and one elsewhere."""

    def __init__(self, world: World) -> None:
        self.world, school = world, world.school
        self.paths = [filed(world.applicant(school), school) for _ in range(3)]
        for path in self.paths[:2]:
            done(opine(school.handler, path))
        item = {"subject": "application", "problem": REASON, "rules": ["XW-28"]}
        done(school.handler.change(self.paths[2], "/returns", {"items": [item], **WORD}))
        self.elsewhere = filed(world.applicant(world.enterprise), world.enterprise)
        self.of_school = f"employer:{school.organisation}"

    def draw(self, by: Actor, mandate: str | None, **body: Any) -> Answer:  # noqa: ANN401 -- of a request
        done(by.get(f"/v1/cases?{self.world.everything()}"))
        stated = {"q": self.of_school, "size": 2, **body}
        return by.post("/v1/case-samples", stated, mandate=mandate)


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    return Scene(world)


def words_of(by: Actor, path: str, **headers: str) -> str:
    """All that the history of a case says."""
    return str(done(by.get(f"{path}/history", **headers)).body)


def test_each_case_of_a_sample_is_read_in_clear_and_on_record(scene: Scene) -> None:
    world, auditor = scene.world, scene.world.auditor
    mandate = world.mandate(auditor, organisations=[world.school.organisation])
    drawn = done(scene.draw(auditor, mandate, size=3)).body["drawn"]
    assert {f"/v1/cases/{each['case']}" for each in drawn} == set(scene.paths)
    said = ""
    for each in drawn:
        path = f"/v1/cases/{each['case']}"
        assert OPINION not in words_of(auditor, path)
        said += words_of(auditor, path, Consultation=each["consultation"])
        other = next(one for one in drawn if one != each)["consultation"]
        assert auditor.get(path, Consultation=other).code == "REASON_REQUIRED"
    assert (said.count(OPINION), REASON in said) == (2, True)
    auditor.sign_in()
    again = auditor.get(scene.paths[0], Consultation=drawn[0]["consultation"])
    assert again.code == "REASON_REQUIRED"
    listed = f"/v1/consultations?{world.everything()}"
    looks = done(world.inspector.get(listed)).body["consultations"]
    on_record = [each["subject"] for each in looks if each["mandate"] == mandate]
    assert sorted(on_record) == sorted(each["case"] for each in drawn)


def test_the_lot_is_nobodys_choice_and_can_be_drawn_again(scene: Scene) -> None:
    auditor = scene.world.auditor
    answer = done(scene.draw(auditor, scene.world.whole(auditor)))
    cases = [path.rpartition("/")[2] for path in scene.paths]
    assert [each["case"] for each in answer.body["drawn"]] == drawn_by(
        answer.body["stream"], cases
    )[:2]
    lots = {tuple(drawn_by(f"consultation-{number}", cases)[:2]) for number in range(40)}
    assert len(lots) == 6


def test_the_same_request_draws_once(scene: Scene) -> None:
    auditor = scene.world.auditor
    mandate, body = scene.world.whole(auditor), {"q": scene.of_school, "size": 2}
    first, again = (
        auditor.post("/v1/case-samples", body, mandate=mandate, key="one-lot") for _ in range(2)
    )
    assert done(first).body["drawn"] == done(again).body["drawn"]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_nothing_is_drawn_without_a_mandate_or_beyond_it(scene: Scene) -> None:
    world, auditor = scene.world, scene.world.auditor
    assert scene.draw(auditor, None).code == "MANDATE_REQUIRED"
    one_case = world.mandate(auditor, cases=[scene.paths[0].rpartition("/")[2]])
    assert scene.draw(auditor, one_case).status == 409
    elsewhere = world.mandate(auditor, organisations=[world.enterprise.organisation])
    assert scene.draw(auditor, elsewhere).code == "NOTHING_TO_DRAW"
    only = done(scene.draw(auditor, elsewhere, q=None)).body["drawn"]
    assert [f"/v1/cases/{each['case']}" for each in only] == [scene.elsewhere]
    for body in ({"size": 0}, {"size": 51}, {"q": "nonsense:1"}):
        assert scene.draw(auditor, elsewhere, **body).status == 422


@pytest.mark.parametrize("who", ["handler", "leader", "administrator"])
def test_who_does_not_watch_draws_nothing(scene: Scene, who: str) -> None:
    by = getattr(scene.world.school, who)
    mandate = scene.world.whole(scene.world.auditor)
    answer = by.post("/v1/case-samples", {"size": 1}, mandate=mandate)
    assert (answer.status, answer.code) == (403, "FORBIDDEN")  # and nothing is told of a mandate
