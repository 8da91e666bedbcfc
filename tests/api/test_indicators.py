"""Two persons' acts from one device, or within a minute: on record for watchers, and no bar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.demo.reviewing import verifications
from domain.account.events import Role
from tests.api.filings import WORD, done, filed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

OFFICE, HOME = "the office's browser", "another browser"
DAY = timedelta(days=1)
AT_ONCE = ["within_a_minute"]


def from_(device: str, actor: Actor, path: str, body: object) -> Answer:
    """An act on a case at the version that stands, sent from a device."""
    seen = done(actor.get(path.rpartition("/")[0])).headers["ETag"]
    headers = {"Idempotency_Key": uuid4().hex, "If_Match": seen}
    return actor.client.post(path, body, **headers, User_Agent=device)


def handled(world: World, device: str) -> str:
    """A case with the opinion of the school's handler, given from a device."""
    path = filed(world.applicant(world.school), world.school)
    body = opinion(world, path)
    done(from_(device, world.school.handler, f"{path}/handler-opinions", body))
    return path


def opinion(world: World, path: str) -> dict[str, Any]:
    """What a handler finds who confirms everything."""
    seen = done(world.school.handler.get(path)).body
    return {
        "recommendation": "approve",
        "reasons": [],
        "verifications": verifications(seen, {}),
        "opinion": "属实。",
        **WORD,
    }


def decided(world: World, path: str, device: str) -> Answer:
    """The leader's decision, sent from a device."""
    body: dict[str, Any] = {"decision": "approve", "reasons": [], "opinion": None, **WORD}
    return done(from_(device, world.school.leader, f"{path}/leader-decisions", body))


def listed(world: World, path: str, watcher: Actor | None = None) -> list[dict[str, Any]]:
    """The indicators about a case."""
    case = path.removeprefix("/v1/cases/")
    asked = f"/v1/indicators?subject={case}&{world.everything()}"
    rows: list[dict[str, Any]] = done((watcher or world.inspector).get(asked)).body["indicators"]
    return rows


def test_a_leader_at_the_handlers_device_decides_and_is_indicated(world: World) -> None:
    path = handled(world, OFFICE)
    world.clock.set(world.clock.now() + DAY)
    answer = decided(world, path, OFFICE)
    (row,) = listed(world, path)
    assert row["signs"] == ["same_device"]
    assert (row["first_account"], row["second_account"]) == (
        world.school.handler.account,
        world.school.leader.account,
    )
    assert row["second"] == answer.body["events"][0]["version"]
    assert row["seconds"] == DAY.total_seconds()
    assert row["organisation"] == world.school.organisation


def test_a_leader_at_another_device_a_day_later_is_not_indicated(world: World) -> None:
    path = handled(world, OFFICE)
    world.clock.set(world.clock.now() + DAY)
    decided(world, path, HOME)
    assert listed(world, path) == []


def test_a_device_to_which_a_sign_in_moved_counts_like_the_first(world: World) -> None:
    world.school.handler.sign_in()
    handled(world, HOME)
    path = handled(world, OFFICE)
    world.clock.set(world.clock.now() + DAY)
    decided(world, path, HOME)
    assert [each["signs"] for each in listed(world, path)] == [["same_device"]]


def test_a_client_that_does_not_name_itself_is_no_known_device(world: World) -> None:
    path = handled(world, "")
    world.clock.set(world.clock.now() + DAY)
    decided(world, path, "")
    assert listed(world, path) == []


@pytest.mark.parametrize(
    ("seconds", "signs"),
    [
        (0, [["within_a_minute"]]),
        (59, [["within_a_minute"]]),
        (60, [["within_a_minute"]]),
        (61, []),
    ],
)
def test_sixty_seconds_are_within_a_minute_and_sixty_one_are_not(
    world: World, seconds: int, signs: list[list[str]]
) -> None:
    path = handled(world, OFFICE)
    world.clock.set(world.clock.now() + timedelta(seconds=seconds))
    decided(world, path, HOME)
    rows = listed(world, path)
    assert [each["signs"] for each in rows] == signs
    assert all(each["seconds"] == seconds for each in rows)


def test_both_signs_stand_in_one_indicator(world: World) -> None:
    path = handled(world, OFFICE)
    decided(world, path, OFFICE)
    assert [each["signs"] for each in listed(world, path)] == [["same_device", "within_a_minute"]]


def test_one_persons_two_acts_are_no_indicator(world: World) -> None:
    path = handled(world, OFFICE)
    items = [{"subject": "degree", "problem": "请补正", "rules": ["XW-28"]}]
    body = {"items": items, "due_on": None, "resume_stage": None, **WORD}
    done(from_(OFFICE, world.school.handler, f"{path}/returns", body))
    assert listed(world, path) == []


def test_whom_it_is_about_learns_nothing_of_it(world: World) -> None:
    path = handled(world, OFFICE)
    answer = decided(world, path, OFFICE)
    (row,) = listed(world, path)
    assert not any(each["stream"].startswith("indicator-") for each in answer.body["events"])
    for insider in (world.school.handler, world.school.leader, world.school.administrator):
        assert insider.get("/v1/indicators").code == "FORBIDDEN"
    history = done(world.school.leader.get(f"{path}/history?{world.everything()}")).body
    assert "separation:indicated:1" not in str(history)
    asked = f"/v1/events?after={row['position'] - 1}&limit=1"
    feed = done(world.auditor.get(asked, Mandate=world.whole(world.auditor)))
    assert world.school.leader.account not in str(feed.body)


def test_a_watcher_of_another_area_is_not_shown_it(world: World) -> None:
    elsewhere = world.found("邻县人社局", world.system, area="江西省/赣州市/安远县")
    watcher = world.account(world.system, "邻县纪检", elsewhere.organisation, [Role.INSPECTOR])
    path = handled(world, OFFICE)
    decided(world, path, OFFICE)
    assert listed(world, path, world.auditor)
    assert listed(world, path, watcher) == []


def test_indicators_are_listed_page_by_page_and_taken_out_as_a_file(world: World) -> None:
    for _ in range(2):
        path = handled(world, OFFICE)
        decided(world, path, OFFICE)
    first = done(world.auditor.get(f"/v1/indicators?limit=1&{world.everything()}"))
    link = first.headers["Link"]
    second = done(world.auditor.get(link[1 : link.index(">")]))
    assert first.body["indicators"][0]["position"] > second.body["indicators"][0]["position"]
    body = {"list": "indicators", "media_type": "application/x-ndjson"}
    taken = done(world.auditor.post("/v1/exports", body, mandate=world.whole(world.auditor)))
    assert '"signs":["same_device","within_a_minute"]' in str(taken.body)


def test_whoever_confirms_what_another_proposed_is_compared_like_a_leader(world: World) -> None:
    one, other = world.applicant(world.school), world.applicant(world.school)
    body = {"first": one.person, "second": other.person, "evidence": "两份证件照片一致"}
    proposed = done(world.bureau.handler.post("/v1/person-links", body))
    path = f"/v1/person-links/{proposed.body['stream']}"
    done(world.bureau.leader.change(path, "/confirmations", {}))
    asked = f"/v1/indicators?subject={proposed.body['stream']}&{world.everything()}"
    (row,) = done(world.auditor.get(asked)).body["indicators"]
    assert (row["signs"], row["stage"], row["round"]) == (["within_a_minute"], None, None)
