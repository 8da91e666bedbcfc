"""Publicity over National Day 2024: nobody goes on before its end, nor over an open objection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from domain.beijing import day
from domain.policy.law import Law
from tests.api.actor import Actor
from tests.api.client import Answer, Client
from tests.api.filings import done, passed
from tests.api.provinces import CONTENT, go_on, just_posted, passed_with_posting, post
from tests.api.renamings import renamed

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity

STATEMENT = "所填2023年度考核等次与单位公布的名单不一致，请核对原始考核表。"


@dataclass(frozen=True, kw_only=True)
class Told:
    """Three cases made public, and what was answered on the way."""

    disputed: str
    complained_of: str
    interrupted: str
    applicant: Actor
    on_show: Answer
    still_on_show: Answer
    on_its_last_day: Answer
    after_its_last_day: Answer
    torn_down: Answer
    announced: Answer
    announced_again: Answer
    together: Answer
    elsewhere: Answer
    objection: Answer
    complaint: Answer
    listed: set[str]
    over_an_objection: Answer
    over_a_complaint: Answer
    shown_afterwards: Answer
    before_the_second_end: Answer
    after_the_second_end: Answer


@pytest.fixture(scope="module")
def told(publishing_city: PublishingCity) -> Told:
    """The story from 25 September to 22 October 2024."""
    city, company, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    nobody = Client(city.address)
    applicants = [city.applicant(company, f"某公示者{n}") for n in range(3)]
    disputed, complained_of, interrupted = (city.filed(each) for each in applicants)
    passed(interrupted, company)
    shown = passed_with_posting(disputed, company, "2024-09-25")
    passed_with_posting(complained_of, company, "2024-09-25")
    city.catch_up()
    on_show = nobody.get(shown)
    renamed(bureau, applicants[0], "某更名者", effective_on="2024-09-24")
    city.catch_up()
    still_on_show = nobody.get(shown)

    city.at("2024-10-08T17:00:00")
    post(interrupted, company, "2024-10-08")
    on_its_last_day = go_on(company.handler, disputed)
    city.at("2024-10-09T00:00:00")
    after_its_last_day = go_on(company.handler, disputed)
    done(go_on(company.leader, complained_of))

    city.at("2024-10-11T12:00:00")
    for each in (disputed, complained_of):
        passed(each, bureau)
    announcement = {
        "posted_on": "2024-10-11",
        "content": CONTENT,
        "cases": [each.rpartition("/")[2] for each in (disputed, complained_of, interrupted)],
    }
    key = uuid4().hex
    announced, announced_again = (
        bureau.handler.post("/v1/announcements", announcement, key=key) for _ in range(2)
    )
    first, second = (just_posted(each, bureau) for each in (disputed, complained_of))
    down = {"taken_down_on": "2024-10-11", "reason": "公示栏被遮挡"}
    done(company.handler.change(interrupted, "/publicities/current/voidings", down))
    torn_down = go_on(company.handler, interrupted)
    city.at("2024-10-14T09:00:00")
    post(interrupted, company, "2024-10-14")

    city.catch_up()
    city.at("2024-10-14T10:00:00")
    listed = {each["place"] for each in done(nobody.get("/v1/publicities")).body["publicities"]}
    narrowed = "/v1/publicities?announcement="
    together = nobody.get(f"{narrowed}{announced.body['announcement']}")
    elsewhere = nobody.get(f"{narrowed}announcement-{uuid4()}")
    city.at("2024-10-17T23:30:00")
    objection = nobody.post(f"{first}/objections", {"statement": STATEMENT})
    city.at("2024-10-18T00:10:00")
    complaint = nobody.post(f"{second}/objections", {"statement": STATEMENT})
    shown_afterwards = nobody.get(second)
    city.at("2024-10-18T09:00:00")
    over_an_objection = go_on(bureau.leader, disputed)
    over_a_complaint = go_on(bureau.leader, complained_of)

    city.at("2024-10-21T23:59:59")
    before_the_second_end = go_on(company.handler, interrupted)
    city.at("2024-10-22T00:00:00")
    return Told(
        disputed=disputed,
        complained_of=complained_of,
        interrupted=interrupted,
        applicant=applicants[0],
        on_show=on_show,
        still_on_show=still_on_show,
        on_its_last_day=on_its_last_day,
        after_its_last_day=after_its_last_day,
        torn_down=torn_down,
        announced=announced,
        announced_again=announced_again,
        together=together,
        elsewhere=elsewhere,
        objection=objection,
        complaint=complaint,
        listed=listed,
        over_an_objection=over_an_objection,
        over_a_complaint=over_a_complaint,
        shown_afterwards=shown_afterwards,
        before_the_second_end=before_the_second_end,
        after_the_second_end=go_on(company.handler, interrupted),
    )


def postings(city: PublishingCity, path: str) -> list[dict[str, Any]]:
    """The postings of a case, as its history tells them."""
    events = done(city.enterprise.handler.get(f"{path}/history")).body["events"]
    return [each["fields"] for each in events if each["topic"] == "case:publicity-opened:1"]


def days(city: PublishingCity, path: str) -> list[tuple[str, str]]:
    """First and last day of each posting of a case."""
    return [(each["posted_on"], each["ends_on"]) for each in postings(city, path)]


@pytest.mark.story("HZ-E18")
def test_a_case_goes_on_at_the_first_instant_after_its_last_working_day(
    publishing_city: PublishingCity, told: Told
) -> None:
    assert days(publishing_city, told.disputed)[0] == ("2024-09-25", "2024-10-08")
    assert told.on_its_last_day.code == "PUBLICITY_TOO_SHORT"
    assert {each["id"] for each in told.on_its_last_day.body["rules"]} == {"HZ-34", "HZ-36"}
    assert told.after_its_last_day.status == 201


def test_the_public_sees_what_is_posted_and_no_document_number(told: Told) -> None:
    assert told.on_show.body["name"] == told.applicant.name
    assert told.on_show.body["content"] == CONTENT
    assert told.applicant.number not in str(told.on_show.body)
    assert told.still_on_show.body == told.on_show.body
    assert told.listed == {"湖州市人力资源和社会保障局官网“公告公示”栏目"}
    assert told.shown_afterwards.code == "NOT_FOUND"


def test_one_announcement_of_many_persons_is_one_posting_for_each(
    publishing_city: PublishingCity, told: Told
) -> None:
    announced = done(told.announced).body
    codes = [each["codes"] for each in announced["outcomes"]]
    assert codes[:2] == [[], []]
    assert "STAGE_ORDER" in codes[2]
    assert told.announced_again.body == announced
    for path in (told.disputed, told.complained_of):
        alone, together = postings(publishing_city, path)
        assert alone["announcement"] is None
        assert together["announcement"] == announced["announcement"]
    shown = done(told.together).body["publicities"]
    assert {each["announcement"] for each in shown} == {announced["announcement"]}
    assert {each["name"] for each in shown} == {"某更名者", "某公示者1"}
    assert told.elsewhere.body["publicities"] == []


@pytest.mark.story("HZ-E26")
def test_an_objection_on_the_last_evening_blocks_although_nobody_has_screened_it(
    publishing_city: PublishingCity, told: Told
) -> None:
    assert days(publishing_city, told.disputed)[1] == ("2024-10-11", "2024-10-17")
    assert (told.objection.status, told.objection.body["kind"]) == (201, "objection")
    assert told.over_an_objection.code == "OPEN_OBJECTION"
    assert {each["id"] for each in told.over_an_objection.body["rules"]} == {"HZ-37"}


@pytest.mark.story("HZ-E27")
def test_ten_minutes_after_midnight_it_is_a_complaint_and_blocks_nothing(told: Told) -> None:
    assert (told.complaint.status, told.complaint.body["kind"]) == (201, "complaint")
    topics = [each["topic"] for each in told.over_a_complaint.body["events"]]
    assert "case:recognised:1" in topics


@pytest.mark.story("ALL-E12")
def test_a_posting_that_was_taken_down_is_void_and_the_next_runs_its_full_length(
    publishing_city: PublishingCity, told: Told
) -> None:
    assert days(publishing_city, told.interrupted) == [
        ("2024-10-08", "2024-10-14"),
        ("2024-10-14", "2024-10-21"),
    ]
    assert told.torn_down.code == "PUBLICITY_TOO_SHORT"
    assert told.before_the_second_end.code == "PUBLICITY_TOO_SHORT"
    assert told.after_the_second_end.status == 201


def test_a_posting_from_before_the_approval_is_none(
    publishing_city: PublishingCity, told: Told
) -> None:
    city, company = publishing_city, publishing_city.enterprise
    assert told.after_the_second_end.status == 201
    path = city.filed(city.applicant(company, "某倒签者"))
    passed(path, company)
    body = {"posted_on": "2024-10-08", "content": CONTENT}
    early = company.handler.change(path, "/publicities", body)
    assert early.code == "OCCURRED_EARLIER"
    post(path, company, "2024-10-22")
    down = {"taken_down_on": "2024-10-22", "reason": "公示栏被遮挡"}
    done(company.handler.change(path, "/publicities/current/voidings", down))
    assert company.handler.change(path, "/publicities", body).code == "OCCURRED_EARLIER"


def test_a_publicity_that_no_kept_law_knows_is_told(
    publishing_city: PublishingCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, company = publishing_city, publishing_city.enterprise
    path = city.filed(city.applicant(company, "某失据者"))
    passed(path, company)
    monkeypatch.setattr(Law, "publicity", lambda *_: None)
    body = {"posted_on": day(city.clock.now()).isoformat(), "content": CONTENT}
    unknown = company.handler.change(path, "/publicities", body)
    assert (unknown.status, unknown.code) == (404, "POLICY_UNKNOWN")
