"""Taking over an objection, a complaint or an investigation: by whom, for whom, for what cause."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from audit.whole import check_whole
from domain.account.events import Role
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from projections import standing_still
from tests.api.client import Client
from tests.api.filings import acts_in, done, passed
from tests.api.objections import ANSWER, DECISION, FINDINGS, STATEMENT, SUMMARY
from tests.api.provinces import Province, filed, go_on, passed_with_posting
from tests.api.test_takeovers import MORNING, THE_DAY, codes, leaves, without_power

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House

TAKEN = {"cause": "NOBODY_ELIGIBLE", "document": "湘人社发〔2024〕7号"}
SETTLED = {"disposition": None, "decision": DECISION, "answer": ANSWER, "summary": SUMMARY}
TITLE = {"series": "农业", "specialty": "作物学"}


@pytest.fixture
def city(copies: Copies) -> Iterator[Province]:
    """A province of its own, of whose two cities the first is asked."""
    with copies.of(Province, MORNING) as province:
        yield province


@pytest.fixture
def applicant(city: Province) -> Actor:
    """Somebody who files."""
    return city.applicant(city.enterprise)


@pytest.fixture
def path(city: Province, applicant: Actor) -> str:
    """A case that is public at its employer."""
    return filed(applicant, city.enterprise, "yiyang-2024", **TITLE)


@pytest.fixture
def objection(city: Province, path: str) -> str:
    """An objection to it that the city's bureau has admitted."""
    posting = passed_with_posting(path, city.enterprise, THE_DAY)
    city.catch_up()
    done(Client(city.address).post(f"{posting}/objections", {"statement": STATEMENT}))
    (found,) = listed(city, city.bureau.integrity_handler)
    admitted = f"/v1/objections/{found}"
    done(city.bureau.integrity_handler.change(admitted, "/screenings", {"admitted": True}))
    return admitted


@pytest.fixture
def complaint(city: Province, path: str) -> str:
    """A complaint about the case, which the city's bureau deals with."""
    passed_with_posting(path, city.enterprise, THE_DAY)
    done(go_on(city.enterprise.handler, path))
    passed(path, city.department)
    said = {"statement": STATEMENT, "case": path.rpartition("/")[2]}
    done(Client(city.address).post("/v1/complaints", said))
    (found,) = listed(city, city.bureau.integrity_handler)
    return f"/v1/complaints/{found}"


@pytest.fixture
def investigation(city: Province, applicant: Actor, path: str) -> str:
    """An investigation of the case, in which a finding was proposed."""
    officer = city.bureau.integrity_handler
    opened = officer.change(path, "/investigations", {"suspicion": "学位证书疑似伪造"})
    act = f"/v1/investigations/{done(opened).body['stream']}"
    done(officer.change(act, "/allegations", {"allegation": "查无此证"}))
    done(applicant.change(act, "/statements", {"statement": "承认"}))
    finding = {"ground": "弄虚作假", "evidence": ["查无此证"], "finding": "证书系伪造"}
    done(officer.change(act, "/proposals", finding))
    return act


def listed(city: Province, who: Actor, path: str = "/v1/matters") -> dict[str, list[str]]:
    """What a list names, with what may be done about it."""
    rows = chain.from_iterable(pages(who, f"{path}?{city.everything()}"))
    return {each["stream"]: acts_in(each) for each in rows}


def pages(who: Actor, address: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of a list, page by page, as long as another follows."""
    while address:
        answer = done(who.get(address))
        yield answer.body.get("matters", answer.body.get("rows"))
        address = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")


def still(city: Province, who: Actor) -> dict[str, list[str]]:
    """What stands still, for who is above."""
    return listed(city, who, "/v1/standing-still")


def take_over(who: Actor, act: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Take a matter over, as it was last seen by who may see it."""
    return who.change(act, "/takeovers", TAKEN | members)


def nobody_leads(city: Province) -> None:
    """The bureau's integrity leader leaves, and is not replaced."""
    leaves(city.bureau, city.bureau.integrity_leader)


def beneath(city: Province, *affairs: str) -> House:
    """An office of the province beneath its department, with the officers of integrity."""
    above = {"bureau": city.superior.organisation, "level": "province"}
    house = city.found("省职称中心", city.system, affairs=affairs, **above)
    city.seat(house, INTEGRITY_HANDLER, INTEGRITY_LEADER)
    return house


def test_what_stands_still_is_found_behind_however_much_that_does_not(
    city: Province, path: str, objection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_still, "MOST_LOOKED_AT", 1)
    above = city.superior.integrity_leader
    said = {"statement": STATEMENT, "case": path.rpartition("/")[2]}
    done(Client(city.address).post("/v1/complaints", said))
    done(city.bureau.integrity_handler.change(objection, "/investigations", FINDINGS))
    nobody_leads(city)
    first, *_, last = pages(above, f"/v1/standing-still?{city.everything()}&limit=1")
    assert first == last == []
    assert still(city, above) == {objection.rpartition("/")[2]: ["objections.take_over"]}


class TestAnObjection:
    def test_that_stands_still_is_named_to_who_leads_above_without_its_words(
        self, city: Province, objection: str
    ) -> None:
        above, stream = city.superior.integrity_leader, objection.rpartition("/")[2]
        done(city.bureau.integrity_handler.change(objection, "/investigations", FINDINGS))
        assert above.get(objection).status == 404
        assert still(city, above) == {}
        nobody_leads(city)
        assert still(city, above) == {stream: ["objections.take_over"]}
        seen = done(above.get(objection)).body
        assert (seen["masked"], STATEMENT in str(seen)) == (True, False)
        for who in (city.superior.administrator, city.department.leader, city.bureau.leader):
            assert stream not in str(who.get(f"/v1/standing-still?{city.everything()}").body)
            assert who.get(objection).status == 404

    def test_is_settled_by_who_took_it_over_and_seen_no_more_by_who_had_it(
        self, city: Province, objection: str
    ) -> None:
        officer, above = city.bureau.integrity_handler, city.superior.integrity_leader
        done(officer.change(objection, "/investigations", FINDINGS))
        nobody_leads(city)
        done(take_over(above, objection))
        assert officer.get(objection).status == 404
        assert still(city, above) == {}
        assert listed(city, above) == {objection.rpartition("/")[2]: ["objections.settle"]}
        assert STATEMENT in str(done(above.get(objection)).body)
        done(above.change(objection, "/settlements", SETTLED))
        assert not check_whole(city.services.record).faults

    def test_is_given_to_an_office_beneath_that_has_the_power(
        self, city: Province, objection: str
    ) -> None:
        nobody_leads(city)
        above, office = city.superior.integrity_leader, beneath(city, "objections")
        done(take_over(above, objection, organisation=office.organisation))
        done(office.integrity_handler.change(objection, "/investigations", FINDINGS))
        done(office.integrity_leader.change(objection, "/settlements", SETTLED))

    def test_is_given_to_nobody_without_the_power_or_out_of_reach(
        self, city: Province, objection: str
    ) -> None:
        nobody_leads(city)
        above = city.superior.integrity_leader

        def named(house: House) -> set[str]:
            return codes(take_over(above, objection, organisation=house.organisation))

        assert named(beneath(city)) == {"TAKEOVER_WITHOUT_POWER"}
        assert named(city.enterprise) == {"TAKEOVER_OUT_OF_REACH", "TAKEOVER_WITHOUT_POWER"}
        assert named(city.bureau) == {"TAKEOVER_WAS_THERE"}
        unknown = "organisation-00000000-0000-7000-8000-000000000000"
        assert take_over(above, objection, organisation=unknown).status == 422

    def test_is_taken_over_for_no_other_cause_than_the_record_bears_out(
        self, city: Province, objection: str
    ) -> None:
        nobody_leads(city)
        above = city.superior.integrity_leader
        for cause in ("POWER_ENDED", "ORGANISATION_CLOSED"):
            assert codes(take_over(above, objection, cause=cause)) == {"TAKEOVER_CAUSE_NOT_SO"}
        without_power(city, city.bureau)
        done(take_over(above, objection, cause="POWER_ENDED"))

    @pytest.mark.parametrize("member", ["cause", "document"])
    def test_is_not_taken_over_by_leaving_a_word_out(
        self, city: Province, objection: str, member: str
    ) -> None:
        nobody_leads(city)
        body = {name: value for name, value in TAKEN.items() if name != member}
        answer = city.superior.integrity_leader.change(objection, "/takeovers", body)
        assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, f"/{member}")

    def test_is_not_taken_over_by_who_reviewed_the_case(
        self, city: Province, objection: str
    ) -> None:
        nobody_leads(city)
        reviewer = city.enterprise.leader
        same = city.account(
            city.superior.administrator,
            reviewer.name,
            city.superior.organisation,
            [Role.OFFICIAL],
            reviewer.number,
        )
        same.sign_in()
        done(city.appoint(city.superior, INTEGRITY_LEADER, same))
        assert codes(take_over(same, objection)) == {"REVIEWER_INVESTIGATES"}


class TestAComplaint:
    def test_is_closed_by_nobody_who_reviewed_the_case(
        self, city: Province, complaint: str
    ) -> None:
        reviewer = city.department.leader
        same = city.account(
            city.bureau.administrator,
            reviewer.name,
            city.bureau.organisation,
            [Role.OFFICIAL],
            reviewer.number,
        )
        same.sign_in()
        done(city.appoint(city.bureau, INTEGRITY_HANDLER, same))
        closure = {"outcome": "not_confirmed", "reason": "查无此事"}
        assert codes(same.change(complaint, "/closures", closure)) == {"REVIEWER_INVESTIGATES"}

    def test_that_stands_still_is_taken_over_and_closed_there(
        self, city: Province, complaint: str
    ) -> None:
        leaves(city.bureau, city.bureau.integrity_handler)
        above, office = city.superior.integrity_leader, beneath(city, "objections")
        assert still(city, above) == {complaint.rpartition("/")[2]: ["objections.take_over"]}
        done(take_over(above, complaint, organisation=office.organisation))
        closure = {"outcome": "not_confirmed", "reason": "查无此事"}
        done(office.integrity_handler.change(complaint, "/closures", closure))


class TestAnInvestigation:
    def test_that_stands_still_is_brought_to_its_end_above(
        self, city: Province, investigation: str
    ) -> None:
        above, stream = city.superior.integrity_leader, investigation.rpartition("/")[2]
        assert stream not in still(city, above)
        assert codes(take_over(above, investigation)) == {"TAKEOVER_CAUSE_NOT_SO"}
        nobody_leads(city)
        assert "investigations.take_over" in still(city, above)[stream]
        done(take_over(above, investigation))
        found = {"decision": "湘人社处〔2024〕3号", "finding": "属实"}
        assert city.bureau.integrity_handler.get(investigation).status == 404
        done(above.change(investigation, "/findings", found))
        assert "investigations.decide" not in listed(city, above)
        assert not check_whole(city.services.record).faults

    def test_is_taken_over_by_nobody_beside_or_beneath(
        self, city: Province, investigation: str
    ) -> None:
        nobody_leads(city)
        city.seat(city.bureau, INTEGRITY_LEADER)
        for who in (city.bureau.integrity_leader, city.bureau.integrity_handler):
            assert take_over(who, investigation).status == 403
        leaves(city.bureau, city.bureau.integrity_leader)
        office = beneath(city, "objections")
        refused = take_over(
            city.superior.integrity_leader, investigation, organisation=office.organisation
        )
        assert codes(refused) == {"TAKEOVER_WITHOUT_POWER"}
