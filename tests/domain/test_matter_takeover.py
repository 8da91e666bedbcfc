"""Taking over an objection, a complaint, an investigation: for a cause that is borne out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from domain.investigation import takeover as of_investigations
from domain.investigation.events import DecisionServed, InvestigationTakenOver
from domain.investigation.state import evolve as evolve_investigation
from domain.objection import takeover as of_handed_in
from domain.objection.events import ComplaintReceived, ComplaintTakenOver, ObjectionTakenOver
from domain.objection.state import Complaint, evolve_complaint
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER, Humans
from domain.takeover import Office, TakeMatterOver, TakeoverCause
from tests.domain import test_investigations as investigations
from tests.domain import test_objections as objections
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    JIN,
    KONG,
    LIU,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
)
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances

CITY = "organisation-city"
CASE = objections.CASE
NOBODY = Office(powerful=True, eligible=False, ended=False)
TAKE = TakeMatterOver(
    by=CITY,
    organisation=CITY,
    cause=TakeoverCause.NOBODY_ELIGIBLE,
    document="某人社发〔2024〕7号",
    office=BUREAU,
    above=(CITY,),
    within_reach=(CITY,),
    able=True,
)
SAID: dict[str, Any] = {
    "from_organisation": BUREAU,
    "to_organisation": CITY,
    "by_organisation": CITY,
    "cause": TakeoverCause.NOBODY_ELIGIBLE,
    "document": TAKE.document,
}
OPEN = objections.after(objections.RAISED, objections.ADMITTED)
CONDUCTED = investigations.after(investigations.OPENED)


def leading(person: str, seat: str = INTEGRITY_LEADER) -> Circumstances:
    """Somebody in a seat of the city."""
    return person_at(person, house(CITY, appointment(person, seat)), seat).around


LEADER = leading(KONG)


@pytest.fixture
def complaint() -> Complaint:
    """A complaint about the case, at the bureau."""
    received: ComplaintReceived = objections.TestAComplaint.RECEIVED
    return evolve_complaint(None, replace(received, about=None), told("complaint-1"))


class TestIsTakenOver:
    def test_by_an_integrity_leader_above(self, complaint: Complaint) -> None:
        asked = (CASE, TAKE, NOBODY, LEADER)
        given(OPEN).when(of_handed_in.take_over, *asked).then(ObjectionTakenOver(**SAID))
        given(complaint).when(of_handed_in.take_over, *asked).then(ComplaintTakenOver(**SAID))
        taken = given(CONDUCTED).when(of_investigations.take_over, *asked)
        taken.then(InvestigationTakenOver(**SAID))

    def test_and_is_that_organisations_from_then_on(self, complaint: Complaint) -> None:
        objection = objections.after(objections.RAISED, ObjectionTakenOver(**SAID), by=KONG)
        assert (objection.authority, set(objection.handlers)) == (CITY, {KONG})
        over = evolve_complaint(complaint, ComplaintTakenOver(**SAID), told("complaint-1"))
        assert over.authority == CITY
        taken = told("investigation-1", LEADER.actor)
        here = evolve_investigation(CONDUCTED, InvestigationTakenOver(**SAID), taken)
        assert (here.organisation, set(here.officers)) == (CITY, {JIN, KONG})

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"above": ()}, "TAKEOVER_NOT_ABOVE"),
            ({"organisation": "organisation-2"}, "TAKEOVER_OUT_OF_REACH"),
            ({"able": False}, "TAKEOVER_WITHOUT_POWER"),
            ({"cause": TakeoverCause.POWER_ENDED}, "TAKEOVER_CAUSE_NOT_SO"),
            ({"cause": TakeoverCause.ORGANISATION_CLOSED}, "TAKEOVER_CAUSE_NOT_SO"),
        ],
    )
    def test_for_no_other_reason_and_by_nobody_else(
        self, changed: dict[str, Any], code: str
    ) -> None:
        command = replace(TAKE, **changed)
        given(OPEN).when(of_handed_in.take_over, CASE, command, NOBODY, LEADER).refused(code)
        tried = given(CONDUCTED).when(of_investigations.take_over, CASE, command, NOBODY, LEADER)
        tried.refused(code)

    def test_from_no_office_to_itself(self) -> None:
        here = replace(TAKE, office=CITY)
        tried = given(OPEN).when(of_handed_in.take_over, CASE, here, NOBODY, LEADER)
        tried.refused("TAKEOVER_NOT_ABOVE", "TAKEOVER_WAS_THERE")

    @pytest.mark.parametrize("person", [AN, BAI])
    def test_not_by_who_has_a_part_in_the_case(self, person: str) -> None:
        involved = leading(person)
        tried = given(OPEN).when(of_handed_in.take_over, CASE, TAKE, NOBODY, involved)
        tried.refused("REVIEWER_INVESTIGATES")

    def test_not_by_another_seat(self) -> None:
        other = leading(KONG, INTEGRITY_HANDLER)
        given(OPEN).when(of_handed_in.take_over, CASE, TAKE, NOBODY, other).refused("NOT_IN_SEAT")
        tried = given(CONDUCTED).when(of_investigations.take_over, CASE, TAKE, NOBODY, other)
        tried.refused("NOT_IN_SEAT")

    def test_not_once_it_is_over(self) -> None:
        over = objections.after(objections.RAISED, objections.NOT_ADMITTED)
        tried = given(over).when(of_handed_in.take_over, CASE, TAKE, NOBODY, LEADER)
        tried.refused("ALREADY_SETTLED")
        closed = investigations.after(investigations.OPENED, investigations.CLOSED)
        ended = given(closed).when(of_investigations.take_over, CASE, TAKE, NOBODY, LEADER)
        ended.refused("NOTHING_TO_TAKE_OVER")


class TestAnOfficeHasNobody:
    """For whatever is still to be done, of who sits there and has no part in the case."""

    SEATED = house(
        BUREAU,
        appointment(JIN, INTEGRITY_HANDLER),
        appointment(KONG, INTEGRITY_LEADER),
        appointment(LIU, DUTY_OFFICER),
    ).seats

    def test_where_a_seat_is_empty_or_its_holder_reviewed_the_case(self) -> None:
        nobody = Humans({})
        assert of_handed_in.somebody_eligible(OPEN, CASE, self.SEATED, nobody, TODAY)
        empty = house(BUREAU, appointment(JIN, INTEGRITY_HANDLER)).seats
        assert not of_handed_in.somebody_eligible(OPEN, CASE, empty, nobody, TODAY)
        same = linked((KONG, BAI))
        assert not of_handed_in.somebody_eligible(OPEN, CASE, self.SEATED, same, TODAY)

    def test_where_who_is_left_to_settle_it_investigated_it(self) -> None:
        investigated = objections.after(
            objections.RAISED, objections.ADMITTED, objections.INVESTIGATED, by=KONG
        )
        asked = (CASE, self.SEATED, Humans({}), TODAY)
        assert not of_handed_in.somebody_eligible(investigated, *asked)
        proposed = investigations.after(
            investigations.OPENED, investigations.NOTIFIED, investigations.PROPOSED, by=KONG
        )
        assert not of_investigations.somebody_eligible(proposed, *asked)
        assert of_investigations.somebody_eligible(CONDUCTED, *asked)

    def test_where_nobody_is_left_to_serve_the_decision(self) -> None:
        found = investigations.after(
            investigations.OPENED,
            investigations.NOTIFIED,
            investigations.ANSWERED,
            investigations.PROPOSED,
            investigations.FOUND,
        )
        assert of_investigations.steps(found) == ((INTEGRITY_HANDLER,),)
        served = DecisionServed(
            told=investigations.BY_SYSTEM, remedy=None, review_by=None, late=False, rules=()
        )
        over = evolve_investigation(found, served, told("investigation-1"))
        assert of_investigations.steps(over) == ()
