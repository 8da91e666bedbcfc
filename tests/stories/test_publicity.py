"""Publicities of September and October 2024, and the papers that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.api.client import Answer
from tests.api.filings import done
from tests.api.provinces import go_on, passed_with_posting
from tests.stories.acting import topics

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity

FORM = "determination_form"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was answered on the way."""

    over_national_day: str
    on_its_last_evening: Answer
    at_midnight: Answer
    over_a_make_up_saturday: str
    issued_on_saturday: Answer
    issued_on_sunday: Answer
    papers: tuple[str, str, str]
    handed_in: tuple[Answer, Answer, Answer]


def hand_in(city: PublishingCity, path: str, day: str) -> Answer:
    """Enter the form on the day on which it was handed in."""
    body = {"received_on": day, "items": [FORM]}
    return done(city.bureau.handler.change(path, "/paper-receipts", body))


@pytest.fixture(scope="module")
def told(huzhou: PublishingCity) -> Told:
    """The story from 4 September to 13 October 2024."""
    city, company, bureau = huzhou, huzhou.enterprise, huzhou.bureau
    names = ("某交表者甲", "某交表者乙", "某交表者丙", "某公示者甲", "某公示者乙")
    *papers, saturday, holiday = (city.filed(city.applicant(company, each)) for each in names)
    for path in papers:
        passed_with_posting(path, company, "2024-09-04")
    city.at("2024-09-12T09:00:00")
    for path in papers:
        done(go_on(company.handler, path))
        passed_with_posting(path, bureau, "2024-09-12")
    city.at("2024-09-20T09:00:00")
    passed_with_posting(saturday, company, "2024-09-20")
    city.at("2024-09-27T16:00:00")
    for path in papers:
        done(go_on(bureau.leader, path))
    passed_with_posting(holiday, company, "2024-09-27")
    city.at("2024-09-30T09:00:00")
    done(go_on(company.handler, saturday))
    passed_with_posting(saturday, bureau, "2024-09-30")

    city.at("2024-10-04T10:00:00")
    first = hand_in(city, papers[0], "2024-10-04")
    city.at("2024-10-08T16:00:00")
    second = hand_in(city, papers[1], "2024-10-08")
    city.at("2024-10-09T09:00:00")
    third = hand_in(city, papers[2], "2024-10-09")
    city.at("2024-10-10T23:59:59")
    on_its_last_evening = go_on(company.handler, holiday)
    city.at("2024-10-11T00:00:00")
    at_midnight = go_on(company.handler, holiday)
    city.at("2024-10-12T23:59:59")
    issued_on_saturday = go_on(bureau.leader, saturday)
    city.at("2024-10-13T00:00:00")
    return Told(
        over_national_day=holiday,
        on_its_last_evening=on_its_last_evening,
        at_midnight=at_midnight,
        over_a_make_up_saturday=saturday,
        issued_on_saturday=issued_on_saturday,
        issued_on_sunday=go_on(bureau.leader, saturday),
        papers=(papers[0], papers[1], papers[2]),
        handed_in=(first, second, third),
    )


def days_of(city: PublishingCity, path: str) -> list[list[str]]:
    """The days that were counted, of each posting of a case."""
    events = done(city.bureau.handler.get(f"{path}/history")).body["events"]
    return [e["fields"]["days"] for e in events if e["topic"] == "case:publicity-opened:1"]


@pytest.mark.story("HZ-E19")
def test_a_posting_of_friday_afternoon_runs_over_national_day_and_the_make_up_sunday(
    huzhou: PublishingCity, told: Told
) -> None:
    assert days_of(huzhou, told.over_national_day) == [
        ["2024-09-29", "2024-09-30", "2024-10-08", "2024-10-09", "2024-10-10"]
    ]
    assert told.on_its_last_evening.code == "PUBLICITY_TOO_SHORT"
    assert topics(told.at_midnight) == ["case:publicity-closed:1", "case:forwarded:1"]


@pytest.mark.story("HZ-E20")
def test_the_fifth_working_day_may_be_a_saturday_and_the_title_comes_the_day_after(
    huzhou: PublishingCity, told: Told
) -> None:
    _, result = days_of(huzhou, told.over_a_make_up_saturday)
    assert (result[0], result[-1], len(result)) == ("2024-10-08", "2024-10-12", 5)
    assert told.issued_on_saturday.code == "PUBLICITY_TOO_SHORT"
    rules = {each["id"] for each in told.issued_on_saturday.body["rules"]}
    assert "HZ-36" in rules
    assert "case:recognised:1" in topics(told.issued_on_sunday)


@pytest.mark.story("HZ-E21")
def test_two_weeks_that_end_on_a_holiday_end_on_the_next_working_day(
    huzhou: PublishingCity, told: Told
) -> None:
    for path in told.papers:
        _, result = days_of(huzhou, path)
        assert result == ["2024-09-13", "2024-09-14", "2024-09-18", "2024-09-19", "2024-09-20"]
        forms = done(huzhou.bureau.handler.get(f"{path}/duties")).body["forms"]
        assert [each["due_on"] for each in forms] == ["2024-10-08"]
    received, late = "case:paper-received:1", "case:overdue-flagged:1"
    assert [topics(each) for each in told.handed_in] == [[received], [received], [received, late]]
    events = done(huzhou.bureau.handler.get(f"{told.papers[2]}/history")).body["events"]
    marked = events[-1]["fields"]
    assert (marked["due_on"], marked["happened_on"]) == ("2024-10-08", "2024-10-09")
    assert "HZ-38" in marked["rules"]
