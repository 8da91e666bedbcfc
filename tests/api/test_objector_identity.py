"""Who objected: known to those who deal with it, and a person of the record only when verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.client import Client
from tests.api.filings import acts_in, done, kept_from
from tests.api.objections import (
    ANSWER,
    FINDINGS,
    NAMED,
    STATEMENT,
    SUMMARY,
    Public,
    Raised,
    codes,
    settle,
)

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity

pytestmark = pytest.mark.usefixtures("the_public_may_speak_again")
SHOWN = "出示居民身份证原件，与留言姓名一致"


@pytest.fixture
def objector(publishing_city: PublishingCity) -> Actor:
    """A colleague of the applicant, who is a person of the record."""
    return publishing_city.applicant(publishing_city.enterprise, "某同事")


def identify(by: Actor, raised: Raised, person: str | None) -> Answer:
    return by.change(raised.path, "/identifications", {"shown": SHOWN, "person": person})


def test_an_objector_is_no_person_of_the_record_until_verified(
    publishing_city: PublishingCity, raised: Raised, objector: Actor
) -> None:
    duty_officer = publishing_city.bureau.seated["duty_officer"]
    before = done(duty_officer.get(raised.path)).body
    assert "person-" not in str(before["events"])
    done(identify(duty_officer, raised, None))
    assert "objection:identity-verified:1" not in topics(duty_officer, raised)
    verified = done(identify(duty_officer, raised, objector.person))
    assert [each["topic"] for each in verified.body["events"]] == [
        "objection:identity-shown:1",
        "objection:identity-verified:1",
    ]
    after = done(duty_officer.get(raised.path)).body["events"]
    assert after[-2]["fields"]["shown"] == SHOWN
    assert after[-1]["fields"] == {"person": objector.person}


def test_it_is_verified_by_an_officer_for_objections_and_against_a_known_person(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    bureau = publishing_city.bureau
    assert codes(identify(bureau.integrity_leader, raised, None)) == {"NOT_IN_SEAT"}
    nobody = "person-00000000-0000-7000-8000-000000000000"
    assert identify(bureau.integrity_handler, raised, nobody).code == "NOT_FOUND"
    body = {"shown": SHOWN, "person": None}
    for stranger in (bureau.handler, publishing_city.enterprise.leader):
        answer = stranger.post(f"{raised.path}/identifications", body, version=1)
        assert answer.code == "NOT_FOUND"


def test_nobody_deals_with_an_objection_that_they_raised_themselves(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    city, bureau = publishing_city, publishing_city.bureau
    duty_officer, officer = bureau.seated["duty_officer"], bureau.integrity_handler
    assert codes(identify(officer, raised, officer.person)) == {"REVIEWER_INVESTIGATES"}
    done(identify(duty_officer, raised, officer.person))
    done(duty_officer.change(raised.path, "/screenings", {"admitted": True}))
    refused = officer.change(raised.path, "/investigations", FINDINGS)
    assert codes(refused) == {"REVIEWER_INVESTIGATES"}
    masked = done(officer.get(raised.path)).body
    assert (masked["masked"], acts_in(masked)) == (True, [])
    assert STATEMENT not in str(masked)
    other = city.account(bureau.administrator, "另一经办", bureau.organisation, [Role.OFFICIAL])
    done(city.appoint(bureau, "integrity_handler", other))
    done(other.change(raised.path, "/investigations", FINDINGS))


def test_who_has_a_part_in_the_case_sees_no_words_and_no_files_of_it(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    city, officer = publishing_city, publishing_city.bureau.integrity_handler
    standing_in = {
        "stage": "employer",
        "seat": "handler",
        "account": officer.account,
        "reason": "人手不足",
    }
    done(city.bureau.administrator.change(public.path, "/substitutes", standing_in))
    down = {"taken_down_on": "2024-09-25", "reason": "公示栏被遮挡"}
    done(officer.change(public.path, "/publicities/current/voidings", down))
    again = {"posted_on": "2024-09-25", "content": "0" * 64}
    done(officer.change(public.path, "/publicities", again))
    seen = done(officer.get(raised.path)).body
    assert seen["masked"]
    for words in (STATEMENT, NAMED["name"], NAMED["contact"]):
        assert words not in str(seen)
    assert officer.get(f"{raised.path}/files/material-1/content").code == "FORBIDDEN"


def test_neither_the_applicant_nor_a_watcher_nor_the_feed_learns_who_it_was(
    publishing_city: PublishingCity, public: Public, raised: Raised, objector: Actor
) -> None:
    city, bureau = publishing_city, publishing_city.bureau
    feed = f"/v1/events?after={city.services.record.head()}&limit=200"
    duty_officer = bureau.seated["duty_officer"]
    done(identify(duty_officer, raised, objector.person))
    done(duty_officer.change(raised.path, "/screenings", {"admitted": True}))
    done(bureau.integrity_handler.change(raised.path, "/investigations", FINDINGS))
    done(settle(city, raised, "return"))
    texts = [
        str(done(public.applicant.get(public.path)).body),
        str(done(public.applicant.get(f"{public.path}/history")).body),
        str(done(city.enterprise.handler.get(f"{public.path}/history")).body),
        str(done(city.inspector.get(f"{public.path}/history")).body),
        str(done(city.inspector.get(feed, Mandate=city.whole(city.inspector))).body),
        str(done(objector.get(f"/v1/persons/{objector.person}")).body),
        str(
            done(
                Client(city.address).post("/v1/objections/follow", {"receipt": raised.receipt})
            ).body
        ),
    ]
    assert SUMMARY in texts[0] + texts[1]
    for text in texts[:-1]:
        for secret in (STATEMENT, NAMED["name"], NAMED["contact"], SHOWN, ANSWER):
            assert secret not in text
    for text in (*texts[:-2], texts[-1]):
        assert objector.person not in text
    for stranger in (public.applicant, objector, city.inspector, bureau.handler):
        assert stranger.get(raised.path).code == "NOT_FOUND"


def test_the_acts_on_offer_are_those_of_the_seat_and_of_where_it_stands(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    bureau = publishing_city.bureau
    officers = (bureau.seated["duty_officer"], bureau.integrity_handler, bureau.integrity_leader)

    def offered() -> list[list[str]]:
        return [acts_in(done(each.get(raised.path)).body) for each in officers]

    screen, identify_ = "objections.screen", "objections.identify"
    assert offered() == [[screen, identify_], [screen, identify_], []]
    done(officers[0].change(raised.path, "/screenings", {"admitted": True}))
    investigate = "objections.investigate"
    assert offered() == [[identify_], [identify_, investigate], []]
    done(officers[1].change(raised.path, "/investigations", FINDINGS))
    assert offered()[2] == ["objections.settle"]
    done(settle(publishing_city, raised, None))
    assert offered() == [[], [], []]
    kept = kept_from(done(officers[1].get(raised.path)).body)
    assert kept == {"objections.erase_words": {"CASE_UNDER_WAY", "RETENTION_NOT_SET"}}


def test_the_acts_on_a_complaint_are_to_close_it_or_to_investigate(
    publishing_city: PublishingCity, public: Public
) -> None:
    city, case = publishing_city, public.path.rsplit("/", 1)[-1]
    done(Client(city.address).post("/v1/complaints", {"statement": STATEMENT, "case": case}))
    officer, leader = city.bureau.integrity_handler, city.bureau.integrity_leader
    rows = done(officer.get(f"/v1/objections?{city.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["case"] == case)
    path = f"/v1/complaints/{row['stream']}"
    assert acts_in(done(officer.get(path)).body) == ["complaints.close", "investigations.open"]
    assert acts_in(done(leader.get(path)).body) == []
    assert officer.get(f"/v1/objections/{row['stream']}").code == "NOT_FOUND"
    closed = done(
        officer.change(path, "/closures", {"outcome": "not_confirmed", "reason": "查无此事"})
    )
    assert closed.body["links"]["self"] == path
    seen = done(officer.get(path)).body
    assert acts_in(seen) == []
    assert kept_from(seen) == {"objections.erase_words": {"CASE_UNDER_WAY", "RETENTION_NOT_SET"}}


def topics(by: Actor, raised: Raised) -> list[str]:
    return [each["topic"] for each in done(by.get(raised.path)).body["events"]]
