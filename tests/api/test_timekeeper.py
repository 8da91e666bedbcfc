"""What falls due by itself, told by the record."""

from __future__ import annotations

from datetime import timedelta
from errno import ENOSPC
from typing import TYPE_CHECKING, Any

from prometheus_client import REGISTRY

from api.timekeeper import keep_time
from tests.api.filings import done, filed

if TYPE_CHECKING:
    import pytest

    from api.application.desk import Answer
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


def test_one_deadline_that_fails_keeps_no_other_from_being_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = world.applicant(world.school), world.applicant(world.school)
    broken, other = (returned(world, each, "2024-11-01") for each in (first, second))
    world.clock.set(world.clock.now().replace(month=11, day=2))
    cases = world.services.office.cases
    lapse = cases.lapse

    def stumble(case: str, *deadline: Any) -> Answer:  # noqa: ANN401 -- as lapse is called
        if broken.endswith(case):
            raise OSError(ENOSPC, "no space left")
        return lapse(case, *deadline)

    before = missed()
    with monkeypatch.context() as patched:
        patched.setattr(cases, "lapse", stumble)
        kept(world)
        assert missed() > before
        assert first.get(broken).body["standing"]["phase"] == "returned"
        assert second.get(other).body["standing"]["phase"] == "lapsed"
    kept(world)
    assert first.get(broken).body["standing"]["phase"] == "lapsed"


def missed() -> float:
    """How many returns could not be let lapse so far."""
    name = "mingjian_deadline_failures_total"
    return REGISTRY.get_sample_value(name, {"kind": "return"}) or 0.0
