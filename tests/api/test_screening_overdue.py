"""An objection is screened within one working day, make-up days counted; later it is flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.jobs.timekeeper import keep_time
from tests.api.client import Client
from tests.api.filings import done
from tests.api.objections import NAMED, codes, object_to
from tests.api.objections import Public as Posted
from tests.api.provinces import passed_with_posting

if TYPE_CHECKING:
    from tests.api.objections import Raised
    from tests.api.provinces import PublishingCity


def raised_on(city: PublishingCity, instant: str) -> Raised:
    """An objection raised at an instant in Beijing, to a case that was posted on that day."""
    city.at(instant)
    applicant = city.applicant(city.enterprise)
    path = city.filed(applicant)
    posting = passed_with_posting(path, city.enterprise, instant[:10])
    city.catch_up()
    return object_to(city, Posted(path, posting, applicant))


def row_of(city: PublishingCity, raised: Raised) -> dict[str, Any]:
    """What the list says of it."""
    officer = city.bureau.integrity_handler
    rows = done(officer.get(f"/v1/objections?{city.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["stream"] in raised.path)
    return dict(row)


def flags(city: PublishingCity, raised: Raised) -> list[dict[str, Any]]:
    """The flags in its history, after the timekeeper has looked."""
    city.catch_up()
    with city.services.views.connection() as connection:
        keep_time(city.services, connection)
    events = done(city.bureau.integrity_handler.get(raised.path)).body["events"]
    return [each for each in events if each["topic"] == "objection:screening-overdue:1"]


@pytest.mark.parametrize(
    ("raised_at", "screen_by", "last", "late"),
    [
        # a Friday before a Sunday that is worked, for the National Day
        ("2024-09-27T10:00", "2024-09-29", "2024-09-29T23:59", "2024-09-30T00:00"),
        # the last working day before the seven days of National Day
        ("2024-09-30T10:00", "2024-10-08", "2024-10-08T23:59", "2024-10-09T00:00"),
        # a Friday before a Saturday that is worked
        ("2024-10-11T23:50", "2024-10-12", "2024-10-12T23:59", "2024-10-13T00:00"),
        # an ordinary weekend
        ("2024-10-18T10:00", "2024-10-21", "2024-10-21T23:59", "2024-10-22T00:00"),
    ],
)
def test_it_is_flagged_by_mingjian_once_the_working_day_is_over_and_once(
    publishing_city: PublishingCity, raised_at: str, screen_by: str, last: str, late: str
) -> None:
    city = publishing_city
    raised = raised_on(city, raised_at)
    assert (row_of(city, raised)["screen_by"], row_of(city, raised)["overdue"]) == (
        screen_by,
        False,
    )
    city.at(last)
    assert flags(city, raised) == []
    assert not row_of(city, raised)["overdue"]
    city.at(late)
    (flag,) = flags(city, raised)
    assert flag["actor"] == {"kind": "system", "job": "timekeeper"}
    assert flag["fields"] == {"screen_by": screen_by, "rules": ["ND-OBJECTION"]}
    assert len(flags(city, raised)) == 1
    assert row_of(city, raised)["overdue"]


def test_what_was_screened_late_stays_flagged_and_what_was_in_time_never_is(
    publishing_city: PublishingCity,
) -> None:
    city = publishing_city
    duty_officer = city.bureau.seated["duty_officer"]
    late, in_time = raised_on(city, "2024-10-24T09:00"), raised_on(city, "2024-10-24T09:20")
    done(duty_officer.change(in_time.path, "/screenings", {"admitted": True}))
    city.at("2024-10-28T09:00")
    assert len(flags(city, late)) == 1
    assert flags(city, in_time) == []
    done(duty_officer.change(late.path, "/screenings", {"admitted": True}))
    assert row_of(city, late)["overdue"]
    assert not row_of(city, in_time)["overdue"]


def test_what_was_withdrawn_is_not_flagged(publishing_city: PublishingCity) -> None:
    city = publishing_city
    raised = raised_on(city, "2024-10-29T09:00")
    nobody = Client(city.address)
    done(nobody.post("/v1/objections/withdrawals", {"receipt": raised.receipt}))
    city.at("2024-11-01T09:00")
    assert flags(city, raised) == []
    assert not row_of(city, raised)["overdue"]


def test_being_late_lets_nothing_pass(publishing_city: PublishingCity) -> None:
    city = publishing_city
    raised = raised_on(city, "2024-11-04T09:00")
    assert NAMED["name"]
    city.at("2024-11-20T09:00")
    assert len(flags(city, raised)) == 1
    case = row_of(city, raised)["case"]
    over = city.enterprise.handler.change(f"/v1/cases/{case}", "/forwardings", {})
    assert "OPEN_OBJECTION" in codes(over)
