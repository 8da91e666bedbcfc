"""What falls due by itself, told by the record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.timekeeper import keep_time
from tests.api.filings import done, filed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


def returned(world: World, applicant: Actor, due_on: str) -> str:
    """The path of a case that was returned, to be mended until a day."""
    path = filed(applicant, world.school)
    item = {"subject": "degree", "problem": "扫描件不清晰", "rules": ["XW-28"]}
    body = {"items": [item], "due_on": due_on, "resume_stage": None}
    done(world.school.handler.change(path, "/returns", body))
    return path


def kept(world: World) -> int:
    """What happened when the timekeeper looked, with views that show everything."""
    done(world.system.get(f"/v1/organisations?wait_for={world.services.record.head()}"))
    with world.services.views.connection() as connection:
        return keep_time(world.services, connection)


def test_a_returned_case_lapses_at_the_end_of_its_last_day_and_once(world: World) -> None:
    applicant = world.applicant(world.school)
    path = returned(world, applicant, "2024-10-20")
    world.clock.set(world.clock.now().replace(day=20, hour=15, minute=59, second=59))
    kept(world)
    assert applicant.get(path).body["standing"]["phase"] == "returned"
    world.clock.set(world.clock.now() + timedelta(seconds=1))
    kept(world)
    kept(world)
    events = applicant.get(f"{path}/history").body["events"]
    lapses = [each for each in events if each["topic"] == "case:lapsed:1"]
    assert [each["actor"] for each in lapses] == [{"kind": "system", "job": "timekeeper"}]


def test_a_case_that_was_filed_again_in_time_does_not_lapse(world: World) -> None:
    applicant = world.applicant(world.school)
    path = returned(world, applicant, "2024-10-25")
    declared = {"declared_truthful": True, "declared_unclassified": True}
    done(applicant.change(path, "/resubmissions", declared))
    world.clock.set(world.clock.now().replace(day=26))
    kept(world)
    assert applicant.get(path).body["standing"]["phase"] == "under_review"
