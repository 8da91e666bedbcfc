"""Complaints: at any time, about anything, for the authority over what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.client import Client
from tests.api.filings import done
from tests.api.objections import NAMED, STATEMENT, Public, Raised

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity

pytestmark = pytest.mark.usefixtures("the_public_may_speak_again")


def test_a_complaint_is_taken_up_by_an_investigation_or_closed_with_a_reason(
    publishing_city: PublishingCity, public: Public
) -> None:
    case, city = public.path.rsplit("/", 1)[-1], publishing_city
    officer, nobody = city.bureau.integrity_handler, Client(city.address)
    receipts = [
        done(nobody.post("/v1/complaints", {"statement": STATEMENT, "case": case})).body
        for _ in range(2)
    ]
    assert [each["kind"] for each in receipts] == ["complaint", "complaint"]
    rows = done(officer.get(f"/v1/objections?{city.everything()}")).body["objections"]
    first, second = (each["stream"] for each in rows if each["case"] == case)
    suspicion = {"suspicion": "考核表疑似改动", "source": first}
    done(officer.change(public.path, "/investigations", suspicion))
    seen = done(officer.get(f"/v1/complaints/{second}")).body
    closed = officer.post(
        f"/v1/complaints/{second}/closures",
        {"outcome": "not_confirmed", "reason": "查无此事"},
        version=seen["version"],
    )
    assert done(closed).body["events"][0]["topic"] == "complaint:closed:1"
    standings = [
        done(nobody.post("/v1/objections/follow", {"receipt": each["receipt"]})).body["standing"]
        for each in receipts
    ]
    assert sorted(standings) == ["closed", "taken_up"]


def test_a_complaint_that_names_nobody_is_for_an_authority_and_not_for_an_employer(
    publishing_city: PublishingCity,
) -> None:
    city = publishing_city
    officer, employer = city.bureau.integrity_handler, city.enterprise.leader
    listed = f"/v1/objections?limit=200&{city.everything()}"
    before = {each["stream"] for each in done(officer.get(listed)).body["objections"]}
    done(Client(city.address).post("/v1/complaints", {"statement": STATEMENT}))
    listed = f"/v1/objections?limit=200&{city.everything()}"
    after = {each["stream"] for each in done(officer.get(listed)).body["objections"]}
    (complaint,) = after - before
    seen = done(officer.get(f"/v1/complaints/{complaint}")).body
    assert employer.get(f"/v1/complaints/{complaint}").code == "NOT_FOUND"
    assert complaint not in str(done(employer.get(listed)).body)
    closed = officer.post(
        f"/v1/complaints/{complaint}/closures",
        {"outcome": "not_confirmed", "reason": "查无此事"},
        version=seen["version"],
    )
    assert done(closed).body["events"][0]["topic"] == "complaint:closed:1"


def test_a_complaint_has_a_receipt_but_is_not_withdrawn(publishing_city: PublishingCity) -> None:
    nobody = Client(publishing_city.address)
    receipt = done(nobody.post("/v1/complaints", {"statement": STATEMENT})).body["receipt"]
    answer = nobody.post("/v1/objections/withdrawals", {"receipt": receipt})
    assert (answer.status, answer.code) == (404, "NOT_FOUND")


def test_objections_and_complaints_are_listed_the_newest_first_page_by_page(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    city, case = publishing_city, public.path.rsplit("/", 1)[-1]
    nobody, officer = Client(city.address), city.bureau.integrity_handler
    done(nobody.post("/v1/complaints", {"statement": STATEMENT, "case": case}))
    done(nobody.post(f"{public.posting}/objections", NAMED))
    first = done(officer.get(f"/v1/objections?limit=2&{city.everything()}"))
    link = first.headers["Link"]
    second = done(officer.get(link[link.find("<") + 1 : link.find(">")]))
    shown = [*first.body["objections"], *second.body["objections"]][:3]
    assert [each["kind"] for each in shown] == ["objection", "complaint", "objection"]
    assert shown[2]["stream"] in raised.path


def test_a_complaint_about_a_unit_is_for_the_authority_above_and_not_for_the_unit(
    publishing_city: PublishingCity,
) -> None:
    city, unit = publishing_city, publishing_city.enterprise
    own = city.account(unit.administrator, "本单位人员", unit.organisation, [Role.OFFICIAL])
    done(city.appoint(unit, "integrity_handler", own))
    said = {"statement": STATEMENT, "organisation": unit.organisation}
    done(Client(city.address).post("/v1/complaints", said))
    listed = f"/v1/objections?limit=1&{city.everything()}"
    officer = city.bureau.integrity_handler
    (row,) = done(officer.get(listed)).body["objections"]
    path = f"/v1/complaints/{row['stream']}"
    assert STATEMENT in str(done(officer.get(path)).body)
    assert done(own.get(listed)).body["objections"] == []
    assert own.get(path).code == "NOT_FOUND"
    done(officer.change(path, "/closures", {"outcome": "not_confirmed", "reason": "查无此事"}))
