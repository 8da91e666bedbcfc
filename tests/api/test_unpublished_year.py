"""A year whose working days nobody has published: told ahead, invented never, made up for later."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from api.app import open_services
from api.clock import SettableClock
from api.jobs.timekeeper import date_what_waited, keep_time, keep_time_until
from api.serving.running import listening
from domain.beijing import BEIJING
from projections import deadlines
from tests.api.applications import application
from tests.api.client import Answer, Client
from tests.api.filings import done, passed
from tests.api.objections import Public, Raised, object_to
from tests.api.provinces import CONTENT, PublishingCity, go_on, passed_with_posting, post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from api.services import Services

FORM = "determination_form"
UNKNOWN = "CALENDAR_NOT_PUBLISHED"
INVENTED_2027 = """
year = 2027
source = "invented for this test"
rest_days = [2027-01-01, 2027-01-04]
working_days = []
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was answered around the end of 2026."""

    warned: dict[str, tuple[Any, Any, Any]]
    in_time: str
    late: str
    waits: str
    refused: Answer
    given_up: Raised
    unscreened: Raised
    screened_late: Raised


def ready(city: PublishingCity) -> dict[str, Any]:
    """What ``/readyz`` says."""
    return dict(done(Client(city.address).get("/readyz")).body)


def warnings(city: PublishingCity, path: str) -> tuple[Any, Any, Any]:
    """What is warned of: to the operator, in the precheck, and in a case."""
    applicant = city.applicant(city.enterprise)
    question = {
        "pack": city.pack,
        "employer": city.enterprise.organisation,
        "series": "工程",
        "specialty": "机械",
        "level": "assistant",
        "application": {},
    }
    asked = done(applicant.client.post("/v1/eligibility-checks", question)).body["warnings"]
    case = done(city.enterprise.handler.get(f"{path}/duties")).body["warnings"]
    return (
        list(ready(city)["warnings"]),
        [each["code"] for each in asked],
        [each["code"] for each in case],
    )


@pytest.fixture(scope="module")
def city(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[PublishingCity]:
    clock = SettableClock(datetime(2024, 9, 4, 9, tzinfo=BEIJING))
    with running(clock) as (address, services):
        yield PublishingCity(address, services, clock)


@pytest.fixture(scope="module")
def told(city: PublishingCity) -> Told:
    """Cases of September 2024 that come to their ends when 2026 does."""
    company, bureau = city.enterprise, city.bureau
    papers = [city.filed(city.applicant(company, f"某交表者{n}")) for n in range(2)]
    applicants = [city.applicant(company, f"某公示者{n}") for n in range(4)]
    public = [city.filed(each) for each in applicants]
    for path in papers:
        passed_with_posting(path, company, "2024-09-04")
    city.at("2024-09-12T09:00")
    for path in papers:
        done(go_on(company.handler, path))
        passed(path, bureau)
    warned = {}
    for day in ("2026-11-01", "2026-11-02"):
        city.at(f"{day}T09:00")
        warned[day] = warnings(city, papers[0])
    city.at("2026-12-14T09:00")
    for path in papers:
        post(path, bureau, "2026-12-14")
    city.at("2026-12-22T09:00")
    for path in papers:
        done(go_on(bureau.leader, path))
    city.at("2026-12-24T09:00")
    postings = [passed_with_posting(path, company, "2026-12-24") for path in public[:3]]
    city.at("2026-12-25T09:00")
    passed(public[3], company)
    posted = {"posted_on": "2026-12-25", "content": CONTENT, "evidence": "张贴照片"}
    refused = company.handler.change(public[3], "/publicities", posted)
    city.at("2026-12-31T09:00")
    city.catch_up()
    raised = [
        object_to(city, Public(path, posting, applicant))
        for path, posting, applicant in zip(public, postings, applicants, strict=False)
    ]
    given_up = {"receipt": raised[2].receipt}
    done(Client(city.address).post("/v1/objections/withdrawals", given_up))
    for path, day in zip(papers, ("05", "06"), strict=True):
        city.at(f"2027-01-{day}T09:00")
        body = {"received_on": f"2027-01-{day}", "items": [FORM]}
        done(bureau.handler.change(path, "/paper-receipts", body))
    city.at("2027-01-11T09:00")
    screened = bureau.seated["duty_officer"].change(
        raised[1].path, "/screenings", {"admitted": True, "reason": None}
    )
    done(screened)
    return Told(
        warned=warned,
        in_time=papers[0],
        late=papers[1],
        waits=public[3],
        refused=refused,
        given_up=raised[2],
        unscreened=raised[0],
        screened_late=raised[1],
    )


@contextmanager
def restarted(city: PublishingCity, calendar: Path) -> Iterator[Services]:
    """The same record, served by a process that started with a calendar of 2027."""
    city.catch_up()  # of views that are behind it would say that it is not ready
    calendar.write_text(INVENTED_2027, encoding="utf-8")
    settings = replace(city.services.settings, calendars=(calendar,))
    services, before = open_services(settings, city.services.ground, city.clock), city.address
    with listening(application(services)) as address:
        city.address = address
        for each in city.people():
            each.forget()
        yield services
    city.address = before
    for each in city.people():
        each.forget()
    services.close()


def noted(city: PublishingCity, path: str, *topics: str) -> list[tuple[str, dict[str, Any]]]:
    """What Mingjian itself added of these topics to a case or an objection."""
    body = done(city.bureau.handler.get(f"{path}/history")).body
    return [
        (each["topic"], each["fields"])
        for each in body["events"]
        if each["topic"] in topics and each["actor"] == {"kind": "system", "job": "timekeeper"}
    ]


def screening(city: PublishingCity, raised: Raised) -> list[str]:
    """What Mingjian itself added to an objection."""
    events = done(city.bureau.integrity_handler.get(raised.path)).body["events"]
    return [each["topic"] for each in events if each["actor"]["kind"] == "system"]


def row_of(city: PublishingCity, raised: Raised) -> tuple[Any, Any]:
    """Until when it was to be screened, and whether that is over, as the list says."""
    listed = city.bureau.integrity_handler.get(f"/v1/objections?{city.everything()}")
    (row,) = (e for e in done(listed).body["objections"] if e["stream"] in raised.path)
    return row["screen_by"], row["overdue"]


def test_a_year_that_is_not_known_is_told_sixty_days_ahead_and_stops_nothing(
    city: PublishingCity, told: Told
) -> None:
    assert told.warned["2026-11-01"] == ([], [], [])
    assert told.warned["2026-11-02"] == (["calendar"], [UNKNOWN], [UNKNOWN])
    assert ready(city)["ready"] is True


def test_the_log_says_by_the_day_which_year_is_not_known(city: PublishingCity, told: Told) -> None:
    assert told.warned

    class Once:
        """Lets the timekeeper look once."""

        def __init__(self) -> None:
            self.asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 2

        def wait(self, _seconds: float) -> None:
            """Not at all."""

    with structlog.testing.capture_logs() as lines:
        keep_time_until(Once(), city.services)  # type: ignore[arg-type] # as much of it as is used
    (said,) = (each for each in lines if each["event"] == "working days not known")
    assert (said["log_level"], said["year"]) == ("warning", 2027)


def test_a_posting_that_would_run_into_it_waits_for_the_calendar(
    city: PublishingCity, told: Told, tmp_path: Path
) -> None:
    assert (told.refused.status, told.refused.code) == (409, UNKNOWN)
    assert "工作日历" in told.refused.body["detail"]
    with restarted(city, tmp_path / "2027.toml"):
        assert ready(city)["warnings"] == {}
        post(told.waits, city.enterprise, "2026-12-25")
        events = done(city.enterprise.handler.get(f"{told.waits}/history")).body["events"]
        assert events[-1]["fields"]["days"][-1] == "2027-01-05"


def test_what_waited_is_dated_once_the_calendar_has_come_and_once(
    city: PublishingCity, told: Told, tmp_path: Path
) -> None:
    forms = done(city.bureau.handler.get(f"{told.late}/duties")).body["forms"]
    assert [(each["reached_on"], each["due_on"]) for each in forms] == [("2027-01-04", None)]
    assert row_of(city, told.unscreened) == row_of(city, told.screened_late) == (None, False)
    assert dated(city, city.services) == 0

    with restarted(city, tmp_path / "2027.toml") as services:
        assert dated(city, services) == 4
        assert dated(city, services) == 0
        with services.views.connection() as connection:
            assert deadlines.waiting_for_a_calendar(connection) == []
        forms = done(city.bureau.handler.get(f"{told.late}/duties")).body["forms"]
        assert [each["due_on"] for each in forms] == ["2027-01-05"]

    topics = ("case:paper-dated:1", "case:overdue-flagged:1")
    (in_time,) = noted(city, told.in_time, *topics)
    assert (in_time[0], in_time[1]["due_on"]) == ("case:paper-dated:1", "2027-01-05")
    (_, flagged) = noted(city, told.late, *topics)
    assert (flagged[1]["due_on"], flagged[1]["happened_on"]) == ("2027-01-05", "2027-01-06")
    assert flagged[1]["rules"] == in_time[1]["rules"] == ["HZ-38", "HZ-39", "HZ-40"]
    assert screening(city, told.screened_late) == [
        "objection:screening-dated:1",
        "objection:screening-overdue:1",
    ]
    assert screening(city, told.unscreened) == ["objection:screening-dated:1"]
    assert screening(city, told.given_up) == []
    with city.services.views.connection() as connection:
        keep_time(city.services, connection)
    assert screening(city, told.unscreened)[1:] == ["objection:screening-overdue:1"]
    assert row_of(city, told.unscreened) == row_of(city, told.screened_late) == ("2027-01-05", True)


def dated(city: PublishingCity, services: Services) -> int:
    """How many last days were added now, with views that show everything."""
    city.catch_up()
    with services.views.connection() as connection:
        return date_what_waited(services, connection)
