"""What falls due by itself, told by the record."""

from __future__ import annotations

from datetime import timedelta
from errno import ENOSPC
from typing import TYPE_CHECKING, Any

from prometheus_client import REGISTRY

from api import app
from api.acts import case
from api.demo.xunwu.claims import FILES
from api.jobs.timekeeper import keep_time
from audit.record import Record
from domain.beijing import day
from tests.api.filings import WORD, attach, done, filed, refile
from tests.api.provinces import passed_with_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from api.acts.acting import Answer
    from api.office import Office
    from audit.record import Appended, AppendRequest
    from tests.api.actor import Actor
    from tests.api.provinces import PublishingCity
    from tests.api.society import Society
    from tests.api.world import World


def returned(world: World, applicant: Actor, due_on: str) -> str:
    """The path of a case that was returned, to be mended until a day."""
    path = filed(applicant, world.school)
    item = {"subject": "degree", "problem": "扫描件不清晰", "rules": ["XW-28"]}
    body = {"items": [item], "due_on": due_on, "resume_stage": None, **WORD}
    done(world.school.handler.change(path, "/returns", body))
    return path


def kept(world: Society) -> int:
    """What happened when the timekeeper looked, with views that show everything."""
    done(world.system.get(f"/v1/organisations?wait_for={world.services.record.head()}"))
    with world.services.views.connection() as connection:
        return keep_time(world.services, connection)


def test_a_returned_case_lapses_at_the_end_of_its_last_day_and_once(world: World) -> None:
    applicant = world.applicant(world.school)
    path = returned(world, applicant, "2024-10-20")
    attach(applicant, path, FILES[0])
    world.clock.set(world.clock.now().replace(day=20, hour=15, minute=59, second=59))
    kept(world)
    assert applicant.get(path).body["standing"]["phase"] == "returned"
    world.clock.set(world.clock.now() + timedelta(seconds=1))
    kept(world)
    kept(world)
    events = applicant.get(f"{path}/history").body["events"]
    lapses = [each for each in events if each["topic"] == "case:lapsed:1"]
    assert [each["actor"] for each in lapses] == [{"kind": "system", "job": "timekeeper"}]
    assert causes(applicant, path)["case:lapsed:1"] == "case:returned:1"
    told = single(world, lapses[0]["position"])
    assert (told["event"]["type"], told["cause"]["type"]) == ("case:lapsed:1", "case:returned:1")
    effects = single(world, int(told["cause"]["id"]))["effects"]
    assert told["event"]["id"] in [each["id"] for each in effects]


def test_a_case_that_was_filed_again_in_time_does_not_lapse(world: World) -> None:
    applicant = world.applicant(world.school)
    path = returned(world, applicant, "2024-10-25")
    done(refile(applicant, path))
    world.clock.set(world.clock.now().replace(day=26))
    kept(world)
    assert applicant.get(path).body["standing"]["phase"] == "under_review"


def test_one_deadline_that_fails_keeps_no_other_from_being_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = world.applicant(world.school), world.applicant(world.school)
    broken, other = (returned(world, each, "2024-11-01") for each in (first, second))
    world.clock.set(world.clock.now().replace(month=11, day=2))
    lapse = case.lapse

    def stumble(office: Office, stream: str, *deadline: Any) -> Answer:  # noqa: ANN401 -- as lapse is called
        if broken.endswith(stream):
            raise OSError(ENOSPC, "no space left")
        return lapse(office, stream, *deadline)

    before = missed()
    with monkeypatch.context() as patched:
        patched.setattr(case, "lapse", stumble)
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


def meanwhile(path: str, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, between the next decision on a case and its append."""
    append, case = Record.append, path.rpartition("/")[2]

    def interrupted(record: Record, request: AppendRequest) -> Appended:
        if case in {each.head.stream for each in request.writes}:
            monkeypatch.setattr(Record, "append", append)
            happens()
        return append(record, request)

    monkeypatch.setattr(Record, "append", interrupted)


def posted(city: PublishingCity) -> tuple[str, int]:
    """A case that is public, on the day after its last, with the version that was read before."""
    path = city.filed(city.applicant(city.enterprise))
    today = day(city.clock.now())
    passed_with_posting(path, city.enterprise, today.isoformat())
    seen = int(done(city.enterprise.handler.get(path)).body["version"])
    city.at(f"{today + timedelta(days=14)}T09:00:00")
    return path, seen


def test_who_meets_the_timekeeper_has_their_act_decided_anew(
    publishing_city: PublishingCity,
) -> None:
    path, seen = posted(publishing_city)
    kept(publishing_city)
    handler = publishing_city.enterprise.handler
    assert done(handler.get(path)).body["version"] == seen + 1
    told = causes(handler, path)
    assert told["case:publicity-closed:1"] == "case:publicity-opened:1"
    assert told["case:publicity-opened:1"] is None
    answer = done(handler.post(f"{path}/forwardings", {}, version=seen))
    assert [each["topic"] for each in answer.body["events"]] == ["case:forwarded:1"]


def test_who_meets_the_timekeeper_at_the_append_has_their_act_decided_anew(
    publishing_city: PublishingCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = posted(publishing_city)
    publishing_city.catch_up()
    meanwhile(path, monkeypatch, lambda: kept(publishing_city))
    handler = publishing_city.enterprise.handler
    answer = done(handler.post(f"{path}/forwardings", {}, version=seen))
    assert [each["topic"] for each in answer.body["events"]] == ["case:forwarded:1"]


def test_what_the_timekeeper_took_away_is_refused_with_the_reason(world: World) -> None:
    applicant = world.applicant(world.school)
    path = returned(world, applicant, a_week_on(world))
    seen = int(done(applicant.get(path)).body["version"])
    world.clock.set(world.clock.now() + timedelta(days=8))
    kept(world)
    late = refile(applicant, path, seen)
    assert (late.status, late.code) == (409, "STAGE_ORDER")


def test_what_a_person_changed_stays_stale_beside_the_timekeeper(
    publishing_city: PublishingCity,
) -> None:
    path, seen = posted(publishing_city)
    kept(publishing_city)
    company = publishing_city.enterprise
    down = {"taken_down_on": last_day(company.handler, path), "reason": "公示栏被遮挡"}
    done(company.handler.post(f"{path}/publicities/current/voidings", down, version=seen))
    stale = company.leader.post(f"{path}/forwardings", {}, version=seen)
    assert (stale.status, stale.code) == (412, "STALE")


def last_day(by: Actor, path: str) -> str:
    """The last day of a case's publicity."""
    events = done(by.get(f"{path}/history")).body["events"]
    return next(str(e["fields"]["ends_on"]) for e in events if "publicity-opened" in e["topic"])


def a_week_on(world: World) -> str:
    """A day in Beijing, far enough for a term."""
    return (day(world.clock.now()) + timedelta(days=7)).isoformat()


def test_who_keeps_time_over_many_cases_has_few_of_them_at_hand_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What falls due at once would stay for good, as much of it as requests may have at hand."""
    monkeypatch.setattr(app, "OCTETS_OF_JOBS", 1)
    cases, term = 4, timedelta(days=30)
    for _ in range(cases):
        due_on = day(world.clock.now() + term).isoformat()
        returned(world, world.applicant(world.school), due_on)
    world.clock.set(world.clock.now() + 2 * term)
    done(world.system.get(f"/v1/organisations?{world.everything()}"))
    beside = app.open_beside(world.services)
    try:
        with beside.views.connection() as connection:
            assert keep_time(beside, connection) >= cases
        assert len(beside.record._shelf._kept) == 1
    finally:
        beside.close()


def single(world: World, position: int) -> dict[str, Any]:
    """What an auditor is told of one event."""
    named = world.whole(world.auditor)
    asked = f"/v1/events/{position}?{world.everything()}"
    told: dict[str, Any] = done(world.auditor.get(asked, Mandate=named)).body
    return told


def causes(by: Actor, path: str) -> dict[str, str | None]:
    """By topic, of the last event of a case, the topic of the event from which it follows."""
    events = done(by.get(f"{path}/history")).body["events"]
    at = {each["position"]: str(each["topic"]) for each in events}
    return {str(each["topic"]): at.get(each["causation"]) for each in events}
