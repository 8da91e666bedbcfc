"""What is held still waits for nobody who can't go on with it, and for whoever ends what holds it.

September and October 2024 in the city that makes every case public.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from domain.beijing import BEIJING
from tests.api.client import Client
from tests.api.filings import acts_in, done, kept_from, opine, passed
from tests.api.objections import (
    FINDINGS,
    NAMED,
    Public,
    Raised,
    codes,
    over,
    phase,
    settle,
)
from tests.api.provinces import CONTENT, PublishingCity, go_on, post
from tests.api.test_recusal import asked, rule_on
from tests.api.test_timekeeper import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.copies import Copies

SUSPICION = {"suspicion": "考核表疑似改动"}
CLOSURE = {"decision": "湖核〔2024〕1号", "reason": "经鉴定未改动"}


def rows(city: PublishingCity, who: Actor, path: str, member: str) -> list[dict[str, Any]]:
    """A list, as it is once the views show everything."""
    answer = done(who.get(f"{path}?limit=200&{city.everything()}"))
    found: list[dict[str, Any]] = answer.body[member]
    return found


def queued(city: PublishingCity, who: Actor, path: str) -> list[dict[str, Any]]:
    """What somebody's queue tells of a case."""
    waiting = rows(city, who, "/v1/work-queue", "cases")
    return [each for each in waiting if each["case"] in path]


def owed(city: PublishingCity, who: Actor, path: str) -> list[dict[str, Any]]:
    """The matters about a case that wait for somebody."""
    return [e for e in rows(city, who, "/v1/matters", "matters") if str(e["case"]) in path]


def aged(city: PublishingCity, path: str) -> bool:
    """Whether a case counts as waiting at its employer."""
    waiting = rows(city, city.enterprise.leader, "/v1/ageing-report", "cases")
    return any(each["case"] in path for each in waiting)


def ran_out(city: PublishingCity, public: Public) -> None:
    """The days of the publicity are over, and the timekeeper has seen it."""
    city.at("2024-10-10T09:00")
    kept(city)
    assert phase(public.applicant, public.path) == "publicised"


@pytest.fixture
def publishing_city(copies: Copies) -> Iterator[PublishingCity]:
    """A city of its own for each story, which goes on into October."""
    with copies.of(PublishingCity, datetime(2024, 9, 25, 9, tzinfo=BEIJING)) as city:
        yield city


def test_a_case_waits_for_nobody_while_an_objection_keeps_it_from_going_on(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    city, handler = publishing_city, publishing_city.enterprise.handler
    officer, leader = city.bureau.integrity_handler, city.bureau.integrity_leader
    ran_out(city, public)
    assert codes(over(city, public.path)) == {"OPEN_OBJECTION"}
    assert (queued(city, handler, public.path), aged(city, public.path)) == ([], False)
    assert acts_in(owed(city, officer, public.path)[0]) == [
        "objections.screen",
        "objections.identify",
    ]
    done(officer.change(raised.path, "/screenings", {"admitted": True}))
    done(officer.change(raised.path, "/investigations", FINDINGS))
    assert (queued(city, handler, public.path), aged(city, public.path)) == ([], False)
    assert "objections.settle" in acts_in(owed(city, leader, public.path)[0])
    city.at("2024-10-11T09:00")
    done(settle(city, raised, None))
    (row,) = queued(city, handler, public.path)
    assert (row["may_act"], row["since"][:10]) == (True, "2024-10-11")
    assert aged(city, public.path)
    assert owed(city, leader, public.path) == []
    done(go_on(handler, public.path))


def test_it_waits_again_once_no_objection_is_admitted(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    city, handler = publishing_city, publishing_city.enterprise.handler
    done(Client(city.address).post(f"{public.posting}/objections", NAMED))
    ran_out(city, public)
    refusing = {"admitted": False, "reason": "与本次申报无关"}
    officer = city.bureau.integrity_handler
    done(officer.change(raised.path, "/screenings", refusing))
    assert queued(city, handler, public.path) == []
    (other,) = (each["stream"] for each in owed(city, officer, public.path))
    done(officer.change(f"/v1/objections/{other}", "/screenings", refusing))
    assert queued(city, handler, public.path)[0]["may_act"]


def test_a_posting_that_was_taken_down_is_owed_anew_whoever_objects(
    publishing_city: PublishingCity, public: Public, admitted: Raised
) -> None:
    city, handler = publishing_city, publishing_city.enterprise.handler
    assert admitted.path
    down = {"taken_down_on": "2024-09-25", "reason": "公示栏被遮挡"}
    done(handler.change(public.path, "/publicities/current/voidings", down))
    assert queued(city, handler, public.path)[0]["may_act"]
    duties = done(public.applicant.get(f"{public.path}/duties")).body
    assert duties["turn"]["seat"] == "handler"
    again = {"posted_on": "2024-09-25", "content": CONTENT}
    done(handler.change(public.path, "/publicities", again))


def test_what_was_posted_elsewhere_before_waits_for_the_leader_alone(
    publishing_city: PublishingCity,
) -> None:
    city = publishing_city
    handler, leader = city.enterprise.handler, city.enterprise.leader
    applicant = city.applicant(city.enterprise)
    path = city.filed(applicant)
    passed(path, city.enterprise)
    city.at("2024-09-26T10:00")
    post(path, city.enterprise, "2024-09-25")
    city.at("2024-10-10T09:00")
    kept(city)
    assert "NOT_IN_SEAT" in codes(go_on(handler, path))
    assert (queued(city, handler, path), len(queued(city, leader, path))) == ([], 1)
    assert done(applicant.get(f"{path}/duties")).body["turn"]["seat"] == "leader"
    assert done(leader.get(path)).body["standing"]["seat"] == "leader"


def test_an_upheld_objection_that_holds_its_case_waits_until_somebody_investigates(
    publishing_city: PublishingCity, public: Public, investigated: Raised
) -> None:
    city, officer = publishing_city, publishing_city.bureau.integrity_handler
    done(settle(city, investigated, "investigate"))
    for each in (city.enterprise.handler, city.enterprise.leader):
        assert queued(city, each, public.path) == []
    (row,) = owed(city, officer, public.path)
    assert (row["kind"], row["stream"] in investigated.path) == ("objection", True)
    (button,) = (each for each in row["acts"] if each["act"] == "investigations.open")
    assert (button["address"], button["refusals"]) == (f"{public.path}/investigations", [])
    done(officer.change(public.path, "/investigations", SUSPICION))
    (row,) = owed(city, officer, public.path)
    assert row["kind"] == "investigation"
    done(
        city.bureau.integrity_leader.change(
            f"/v1/investigations/{row['stream']}", "/closures", CLOSURE
        )
    )
    assert owed(city, officer, public.path) == []
    assert phase(public.applicant, public.path) == "under_publicity"


def test_who_decides_on_a_recusal_is_told_of_it_while_the_case_is_held_still(
    publishing_city: PublishingCity,
) -> None:
    city, school = publishing_city, publishing_city.enterprise
    applicant = city.applicant(school)
    path = city.filed(applicant)
    done(opine(school.handler, path))
    application = asked(applicant, path)
    done(city.bureau.integrity_handler.change(path, "/investigations", SUSPICION))
    (row,) = queued(city, school.leader, path)
    assert (row["may_act"], row["recusal_applications"]) == (False, [application])
    assert queued(city, school.handler, path) == []
    done(rule_on(school.leader, path, application, granted=False))
    assert queued(city, school.leader, path) == []


def test_an_erasure_that_a_hold_keeps_from_approval_waits_for_who_may_decline_it(
    publishing_city: PublishingCity,
) -> None:
    city, bureau = publishing_city, publishing_city.bureau
    applicant = city.applicant(city.enterprise)
    held = {"mandate": "某纪调〔2024〕1号", "reason": "案件调查"}
    done(city.inspector.change(f"/v1/persons/{applicant.person}", "/holds", held))
    body = {
        "person": applicant.person,
        "purposes": ["discipline"],
        "organisation": bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人要求",
    }
    erasure = done(applicant.post("/v1/erasures", body)).body["stream"]

    def told(who: Actor) -> dict[str, Any]:
        (row,) = (e for e in rows(city, who, "/v1/matters", "matters") if e["stream"] == erasure)
        return row

    assert kept_from(told(bureau.integrity_handler)) == {"erasures.approve": {"ON_HOLD"}}
    (declines,) = told(bureau.integrity_leader)["acts"]
    assert (declines["address"].rpartition("/")[2], declines["refusals"]) == ("refusals", [])
    declining = {"decision": "湖人社信〔2024〕1号", "reason": "保全期间"}
    done(bureau.integrity_leader.change(f"/v1/erasures/{erasure}", "/refusals", declining))
