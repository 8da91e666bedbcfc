"""A case that is held still loses no time by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from tests.api.filings import done
from tests.api.test_timekeeper import kept, returned

if TYPE_CHECKING:
    from tests.api.world import World


def test_a_return_does_not_run_on_while_its_case_is_held_still(world: World) -> None:
    applicant, bureau = world.applicant(world.school), world.bureau
    due_on = beijing.day(world.clock.now()) + timedelta(days=5)
    path = returned(world, applicant, due_on.isoformat())
    suspicion = {"suspicion": "证书编号存疑"}
    opened = done(bureau.integrity_handler.change(path, "/investigations", suspicion))
    found = next(e for e in opened.body["events"] if e["topic"] == "investigation:opened:1")
    world.at("2024-11-20 09:00")
    kept(world)
    assert applicant.get(path).body["standing"]["phase"] == "suspended"
    closing = {"decision": "某核〔2024〕1号", "reason": "经核查属实"}
    investigation = f"/v1/investigations/{found['stream']}"
    done(bureau.integrity_leader.change(investigation, "/closures", closing))
    again = beijing.end(beijing.day(world.clock.now()) + timedelta(days=5))
    seen = applicant.get(path).body["standing"]
    assert (seen["phase"], datetime.fromisoformat(seen["due_at"])) == ("returned", again)
    listed = applicant.get(f"/v1/cases?{world.everything()}").body["cases"]
    assert [datetime.fromisoformat(each["due_at"]) for each in listed] == [again]
    world.clock.set(again)
    kept(world)
    assert applicant.get(path).body["standing"]["phase"] == "lapsed"
