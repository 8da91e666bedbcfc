"""Organisations: registered, and who holds which seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.account.events import Role
from domain.organisation.appointment import (
    CloseAppointment,
    OpenAppointment,
    ReplaceInSeat,
    decide,
)
from domain.organisation.events import Kind, OrganisationRegistered, Ownership
from domain.organisation.registering import RegisterOrganisation, register
from domain.organisation.seats import AppointmentClosed, AppointmentOpened, Seats, evolve
from domain.organisation.state import evolve as evolve_organisation
from domain.organisation.state import organisation_of, stream_of
from domain.separation import (
    DUTY_OFFICER,
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
    SEATS,
)
from tests.domain.given import given
from tests.domain.invented import (
    BAI,
    CHEN,
    DEPARTMENT,
    LAW,
    LIU,
    SCHOOL,
    STRANGERS,
    TODAY,
    account_of,
    linked,
)
from tests.domain.telling import told

REGISTERED = OrganisationRegistered(
    name="某学校",
    credit_code=None,
    kind=Kind.PUBLIC_INSTITUTION,
    ownership=Ownership.STATE,
    level="county",
    area="甲省/乙市/丙县",
    traits=("education_system",),
    superior=DEPARTMENT,
    bureau="organisation-bureau",
)


def opening(person: str, seat: str, **but: object) -> OpenAppointment:
    """An official of the school is to hold a seat from today."""
    command = OpenAppointment(
        appointment=f"{person}-{seat}",
        seat=seat,
        person=person,
        account=account_of(person),
        account_organisation=SCHOOL,
        roles_of_person=frozenset({Role.OFFICIAL}),
        effective_on=TODAY,
        entered_on=TODAY,
        registered_on=date(2024, 9, 1),
        document=None,
        longest_days=30,
    )
    return replace(command, **but)  # type: ignore[arg-type]


def opened(person: str, seat: str) -> AppointmentOpened:
    return AppointmentOpened(
        appointment=f"{person}-{seat}",
        seat=seat,
        person=person,
        account=account_of(person),
        effective_on=TODAY,
        document=None,
        ends_on=None,
        stands_in_for=None,
        reason=None,
        late_entry=False,
    )


def closing(person: str, seat: str, on: date = TODAY) -> CloseAppointment:
    return CloseAppointment(
        appointment=f"{person}-{seat}", reason="调离", effective_on=on, entered_on=TODAY
    )


def closed(
    person: str, seat: str, on: date = TODAY, *, late_entry: bool = False
) -> AppointmentClosed:
    return AppointmentClosed(
        appointment=f"{person}-{seat}", reason="调离", effective_on=on, late_entry=late_entry
    )


@pytest.fixture
def a_school() -> Seats:
    """The seats of a school in which nobody sits yet."""
    return Seats(SCHOOL)


@pytest.fixture
def a_staffed_school(a_school: Seats) -> Seats:
    with_handler = evolve(a_school, opened(BAI, HANDLER), told(SCHOOL))
    return evolve(with_handler, opened(CHEN, LEADER), told(SCHOOL))


def test_an_organisation_is_registered_as_its_founding_document_says() -> None:
    given(RegisterOrganisation(**vars(REGISTERED))).when(register).then(REGISTERED)
    school = evolve_organisation(None, REGISTERED, told(SCHOOL))
    assert {name: getattr(school, name) for name in vars(REGISTERED)} == vars(REGISTERED)
    assert school.organisation == SCHOOL
    days = (school.registered_on, school.named_on, school.placed_on, school.coded_on)
    assert set(days) == {TODAY}
    assert school.ended is None


def test_a_mistyped_credit_code_is_refused() -> None:
    mistyped = replace(RegisterOrganisation(**vars(REGISTERED)), credit_code="0" * 17 + "1")
    given(mistyped).when(register).refused_at("CREDIT_CODE", "/credit_code")


@pytest.mark.parametrize("seat", SEATS)
def test_an_official_is_appointed_to_a_seat(a_school: Seats, seat: str) -> None:
    given(a_school).when(decide, opening(BAI, seat), LAW, STRANGERS).then(opened(BAI, seat))


def test_the_seats_of_an_organisation_are_told_in_a_stream_beside_its_own() -> None:
    assert organisation_of(stream_of("seats", SCHOOL)) == SCHOOL
    assert (
        evolve(None, opened(BAI, HANDLER), told(stream_of("seats", SCHOOL))).organisation == SCHOOL
    )


def test_there_is_no_other_seat(a_school: Seats) -> None:
    given(a_school).when(decide, opening(BAI, "chairman"), LAW, STRANGERS).refused_at(
        "UNKNOWN_SEAT", "/seat"
    )


@pytest.mark.parametrize("elsewhere", [DEPARTMENT, None])
def test_the_account_belongs_to_the_organisation(a_school: Seats, elsewhere: str | None) -> None:
    (refusal,) = (
        given(a_school)
        .when(decide, opening(BAI, HANDLER, account_organisation=elsewhere), LAW, STRANGERS)
        .refused("ACCOUNT_ELSEWHERE")
    )
    assert refusal.citations[0].rule == "ZZ-REAL_NAME"
    assert refusal.pointer == "/account"


def test_who_is_no_official_holds_no_seat(a_school: Seats) -> None:
    command = opening(BAI, HANDLER, roles_of_person=frozenset({Role.APPLICANT}))
    given(a_school).when(decide, command, LAW, STRANGERS).refused_at("NOT_AN_OFFICIAL", "/account")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.SYSTEM_ADMINISTRATOR])
def test_who_watches_over_cases_holds_no_seat(a_school: Seats, role: Role) -> None:
    command = opening(BAI, HANDLER, roles_of_person=frozenset({Role.OFFICIAL, role}))
    given(a_school).when(decide, command, LAW, STRANGERS).refused_at(
        "WATCHER_HOLDS_NO_SEAT", "/account"
    )


def test_an_administrator_may_be_the_handler(a_school: Seats) -> None:
    command = opening(BAI, HANDLER, roles_of_person=frozenset({Role.OFFICIAL, Role.ADMINISTRATOR}))
    given(a_school).when(decide, command, LAW, STRANGERS).then(opened(BAI, HANDLER))


class TestHandlerAndLeader:
    """Are different human beings, whatever account or document they come with (XW-23)."""

    @pytest.mark.parametrize(
        ("held", "asked"),
        [
            (HANDLER, LEADER),
            (LEADER, HANDLER),
            (INTEGRITY_HANDLER, INTEGRITY_LEADER),
            (INTEGRITY_LEADER, INTEGRITY_HANDLER),
        ],
    )
    def test_are_not_one_person(self, a_school: Seats, held: str, asked: str) -> None:
        held_already = evolve(a_school, opened(BAI, held), told(SCHOOL))
        (refusal,) = (
            given(held_already)
            .when(decide, opening(BAI, asked), LAW, STRANGERS)
            .refused("SAME_REVIEWER")
        )
        assert refusal.citations[0].rule == "ZZ-SAME_REVIEWER"

    def test_are_not_two_accounts_of_one_person(self, a_staffed_school: Seats) -> None:
        second = opening(BAI, LEADER, account="account-bai-2")
        given(a_staffed_school).when(decide, second, LAW, STRANGERS).refused("SAME_REVIEWER")

    def test_are_not_two_documents_of_one_person(self, a_staffed_school: Seats) -> None:
        given(a_staffed_school).when(decide, opening(LIU, LEADER), LAW, linked((LIU, BAI))).refused(
            "SAME_REVIEWER"
        )

    def test_are_not_one_person_even_before_the_appointment_takes_effect(
        self, a_school: Seats
    ) -> None:
        ahead = replace(opened(BAI, HANDLER), effective_on=date(2025, 1, 1))
        given(evolve(a_school, ahead, told(SCHOOL))).when(
            decide, opening(BAI, LEADER), LAW, STRANGERS
        ).refused("SAME_REVIEWER")

    def test_may_each_be_several(self, a_staffed_school: Seats) -> None:
        given(a_staffed_school).when(decide, opening(LIU, LEADER), LAW, STRANGERS).then(
            opened(LIU, LEADER)
        )

    def test_may_be_who_handles_integrity(self, a_staffed_school: Seats) -> None:
        given(a_staffed_school).when(decide, opening(BAI, INTEGRITY_LEADER), LAW, STRANGERS).then(
            opened(BAI, INTEGRITY_LEADER)
        )

    def test_may_be_the_duty_officer(self, a_staffed_school: Seats) -> None:
        given(a_staffed_school).when(decide, opening(BAI, DUTY_OFFICER), LAW, STRANGERS).then(
            opened(BAI, DUTY_OFFICER)
        )


def test_nobody_is_appointed_twice(a_staffed_school: Seats) -> None:
    given(a_staffed_school).when(decide, opening(LIU, HANDLER), LAW, linked((LIU, BAI))).refused_at(
        "ALREADY_APPOINTED", "/account"
    )


def test_an_appointment_is_refused_for_every_reason_at_once(
    a_staffed_school: Seats,
) -> None:
    command = opening(
        BAI,
        LEADER,
        account_organisation=DEPARTMENT,
        roles_of_person=frozenset({Role.AUDITOR}),
    )
    given(a_staffed_school).when(decide, command, LAW, linked((BAI, CHEN))).refused(
        "ACCOUNT_ELSEWHERE",
        "NOT_AN_OFFICIAL",
        "WATCHER_HOLDS_NO_SEAT",
        "SAME_REVIEWER",
        "ALREADY_APPOINTED",
    )


def test_an_appointment_can_be_ended(a_staffed_school: Seats) -> None:
    given(a_staffed_school).when(decide, closing(CHEN, LEADER), LAW, STRANGERS).then(
        closed(CHEN, LEADER)
    )
    left = evolve(a_staffed_school, closed(CHEN, LEADER), told(SCHOOL))
    assert left.persons_in(LEADER, TODAY) == ()
    assert left.persons_in(HANDLER, TODAY) == (BAI,)


def test_an_appointment_is_ended_once(a_staffed_school: Seats) -> None:
    left = evolve(a_staffed_school, closed(CHEN, LEADER), told(SCHOOL))
    given(left).when(decide, closing(CHEN, LEADER), LAW, STRANGERS).refused_at(
        "NO_SUCH_APPOINTMENT", "/appointment"
    )


class TestAnEndAhead:
    """Takes effect on its day in Beijing, and not at once."""

    FRIDAY = date(2024, 10, 18)

    @pytest.fixture
    def a_school_whose_handler_leaves(self, a_staffed_school: Seats) -> Seats:
        return evolve(a_staffed_school, closed(BAI, HANDLER, self.FRIDAY), told(SCHOOL))

    def test_is_no_late_entry(self, a_staffed_school: Seats) -> None:
        given(a_staffed_school).when(
            decide, closing(BAI, HANDLER, self.FRIDAY), LAW, STRANGERS
        ).then(closed(BAI, HANDLER, self.FRIDAY))

    def test_leaves_the_seat_until_then(self, a_school_whose_handler_leaves: Seats) -> None:
        holder = a_school_whose_handler_leaves.holder
        assert holder(account_of(BAI), HANDLER, date(2024, 10, 17))
        assert holder(account_of(BAI), HANDLER, self.FRIDAY) is None

    def test_keeps_the_opposite_seat_closed_until_then(
        self, a_school_whose_handler_leaves: Seats
    ) -> None:
        sooner, then = opening(BAI, LEADER), opening(BAI, LEADER, effective_on=self.FRIDAY)
        school = given(a_school_whose_handler_leaves)
        school.when(decide, sooner, LAW, STRANGERS).refused("SAME_REVIEWER")
        school.when(decide, then, LAW, STRANGERS).then(
            replace(opened(BAI, LEADER), effective_on=self.FRIDAY)
        )

    def test_can_be_set_earlier_and_never_later(self, a_school_whose_handler_leaves: Seats) -> None:
        school = given(a_school_whose_handler_leaves)
        school.when(decide, closing(BAI, HANDLER), LAW, STRANGERS).then(closed(BAI, HANDLER))
        later = closing(BAI, HANDLER, date(2024, 10, 21))
        school.when(decide, later, LAW, STRANGERS).refused("NO_SUCH_APPOINTMENT")


def test_an_end_in_the_past_is_a_late_entry_and_none_lies_before_the_beginning() -> None:
    sunday, monday = date(2024, 10, 13), date(2024, 10, 14)
    begun = replace(opened(BAI, HANDLER), effective_on=monday)
    seated = evolve(None, begun, told(SCHOOL))
    given(seated).when(decide, closing(BAI, HANDLER, monday), LAW, STRANGERS).then(
        closed(BAI, HANDLER, monday, late_entry=True)
    )
    left = evolve(seated, closed(BAI, HANDLER, monday, late_entry=True), told(SCHOOL))
    assert left.holder(account_of(BAI), HANDLER, TODAY) is None
    given(seated).when(decide, closing(BAI, HANDLER, sunday), LAW, STRANGERS).refused_at(
        "ENDED_BEFORE_IT_BEGAN", "/effective_on"
    )


def test_what_has_not_begun_is_called_off() -> None:
    ahead = evolve(
        None, replace(opened(BAI, HANDLER), effective_on=date(2024, 10, 21)), told(SCHOOL)
    )
    given(ahead).when(decide, closing(BAI, HANDLER), LAW, STRANGERS).then(closed(BAI, HANDLER))


class TestAReplacement:
    """Ends one appointment and opens another to the same seat, in one act (XW-24)."""

    def test_ends_and_opens(self, a_staffed_school: Seats) -> None:
        replacing = ReplaceInSeat(close=closing(CHEN, LEADER), open=opening(LIU, LEADER))
        given(a_staffed_school).when(decide, replacing, LAW, STRANGERS).then(
            closed(CHEN, LEADER), opened(LIU, LEADER)
        )

    def test_may_move_one_person_to_the_opposite_seat(self, a_staffed_school: Seats) -> None:
        moving = ReplaceInSeat(close=closing(BAI, HANDLER), open=opening(BAI, LEADER))
        given(a_staffed_school).when(decide, moving, LAW, STRANGERS).then(
            closed(BAI, HANDLER), opened(BAI, LEADER)
        )

    def test_takes_nobody_elses_seat_away(self, a_staffed_school: Seats) -> None:
        replacing = ReplaceInSeat(close=closing(CHEN, LEADER), open=opening(LIU, HANDLER))
        given(a_staffed_school).when(decide, replacing, LAW, STRANGERS).refused_at(
            "NO_SUCH_APPOINTMENT", "/replaces"
        )

    def test_is_held_to_separation_like_any_appointment(self, a_staffed_school: Seats) -> None:
        replacing = ReplaceInSeat(close=closing(CHEN, LEADER), open=opening(BAI, LEADER))
        given(a_staffed_school).when(decide, replacing, LAW, STRANGERS).refused("SAME_REVIEWER")

    def test_needs_an_open_appointment(self, a_staffed_school: Seats) -> None:
        replacing = ReplaceInSeat(close=closing(LIU, LEADER), open=opening(LIU, LEADER))
        given(a_staffed_school).when(decide, replacing, LAW, STRANGERS).refused(
            "NO_SUCH_APPOINTMENT"
        )


class TestHoldingASeat:
    """Begins on the day on which the appointment takes effect."""

    def test_begins_on_that_day(self, a_staffed_school: Seats) -> None:
        assert a_staffed_school.holder(account_of(BAI), HANDLER, TODAY)
        assert a_staffed_school.holder(account_of(BAI), HANDLER, date(2024, 10, 14)) is None

    def test_is_of_one_seat(self, a_staffed_school: Seats) -> None:
        assert a_staffed_school.holder(account_of(BAI), LEADER, TODAY) is None

    def test_is_of_one_account(self, a_staffed_school: Seats) -> None:
        assert a_staffed_school.holder("account-bai-2", HANDLER, TODAY) is None


def held_for(
    person: str, ends_on: date, absent: str = f"{BAI}-{HANDLER}", since: date = TODAY
) -> AppointmentOpened:
    """Somebody stood in for the handler."""
    return replace(
        opened(person, HANDLER),
        effective_on=since,
        ends_on=ends_on,
        stands_in_for=absent,
        reason="培训",
    )


def standing(person: str, ends_on: date | None, **but: object) -> OpenAppointment:
    """Somebody is to stand in for the handler from today."""
    said = {"stands_in_for": f"{BAI}-{HANDLER}", "ends_on": ends_on, "reason": "培训", **but}
    return opening(person, HANDLER, **said)


IN_30 = date(2024, 11, 14)
IN_31 = date(2024, 11, 15)


def test_somebody_stands_in_for_thirty_days(a_staffed_school: Seats) -> None:
    school = given(a_staffed_school)
    school.when(decide, standing(LIU, IN_30), LAW, STRANGERS).then(held_for(LIU, IN_30))
    school.when(decide, standing(LIU, IN_31), LAW, STRANGERS).refused_at(
        "STAND_IN_TERM", "/ends_on"
    )
    unsaid = standing(LIU, None, reason=None)
    school.when(decide, unsaid, LAW, STRANGERS).refused("STAND_IN_TERM", "STAND_IN_TERM")


def test_a_term_ends_by_itself_and_with_whom_it_was_for(a_staffed_school: Seats) -> None:
    seats = evolve(a_staffed_school, held_for(LIU, IN_30), told(SCHOOL))
    last = date(2024, 11, 13)
    assert seats.holder(account_of(LIU), HANDLER, last) is not None
    assert seats.holder(account_of(LIU), HANDLER, IN_30) is None
    assert LIU not in seats.persons_in(HANDLER, IN_30)
    gone = evolve(seats, closed(BAI, HANDLER), told(SCHOOL))
    assert gone.holder(account_of(LIU), HANDLER, TODAY) is None
    assert gone.persons_in(HANDLER, TODAY) == ()


def test_nobody_stands_in_for_who_stands_in(a_staffed_school: Seats) -> None:
    seats = evolve(a_staffed_school, held_for(LIU, IN_30), told(SCHOOL))
    passed_on = standing("person-third", IN_30, stands_in_for=f"{LIU}-{HANDLER}")
    given(seats).when(decide, passed_on, LAW, STRANGERS).refused_at(
        "STAND_IN_PASSED_ON", "/stands_in_for"
    )


@pytest.mark.parametrize(
    ("since", "again"),
    [
        (date(2024, 9, 1), date(2024, 10, 15)),  # ended on the very day
        (date(2024, 9, 1), date(2024, 9, 16)),  # a day less than thirty ago
    ],
)
def test_one_term_is_not_joined_to_another(
    a_staffed_school: Seats, since: date, again: date
) -> None:
    seats = evolve(a_staffed_school, held_for(LIU, again, since=since), told(SCHOOL))
    for who, humans in ((LIU, STRANGERS), ("person-alias", linked((LIU, "person-alias")))):
        given(seats).when(decide, standing(who, IN_30), LAW, humans).refused_at(
            "STAND_IN_AGAIN", "/account"
        )
    another = given(seats).when(decide, standing("person-third", IN_30), LAW, STRANGERS)
    another.then(held_for("person-third", IN_30))


@pytest.mark.parametrize(
    ("since", "ended"),
    [
        (date(2024, 9, 1), date(2024, 9, 15)),  # thirty days ago
        (date(2024, 10, 10), date(2024, 10, 10)),  # never held
    ],
)
def test_a_term_apart_from_another_is_a_new_one(
    a_staffed_school: Seats, since: date, ended: date
) -> None:
    seats = evolve(a_staffed_school, held_for(LIU, ended, since=since), told(SCHOOL))
    given(seats).when(decide, standing(LIU, IN_30), LAW, STRANGERS).then(held_for(LIU, IN_30))


def test_whom_to_stand_in_for_holds_that_seat(a_staffed_school: Seats) -> None:
    for absent in (f"{CHEN}-{LEADER}", "appointment-unknown"):
        unknown = standing(LIU, IN_30, stands_in_for=absent)
        given(a_staffed_school).when(decide, unknown, LAW, STRANGERS).refused_at(
            "NO_SUCH_APPOINTMENT", "/stands_in_for"
        )
    gone = evolve(a_staffed_school, closed(BAI, HANDLER), told(SCHOOL))
    given(gone).when(decide, standing(LIU, IN_30), LAW, STRANGERS).refused("NO_SUCH_APPOINTMENT")


def test_a_beginning_in_the_past_is_a_late_entry(a_school: Seats) -> None:
    begun = date(2024, 9, 1)
    late = replace(opened(BAI, HANDLER), effective_on=begun, late_entry=True)
    command = opening(BAI, HANDLER, effective_on=begun)
    given(a_school).when(decide, command, LAW, STRANGERS).then(late)
    absurd = opening(BAI, HANDLER, effective_on=date(2024, 8, 31))
    given(a_school).when(decide, absurd, LAW, STRANGERS).refused_at(
        "APPOINTED_BEFORE_REGISTERED", "/effective_on"
    )


def test_a_term_of_office_ends_after_today(a_school: Seats) -> None:
    for ends_on, since in ((TODAY, date(2024, 9, 1)), (date(2024, 10, 16), date(2024, 10, 16))):
        early = opening(BAI, HANDLER, effective_on=since, ends_on=ends_on)
        given(a_school).when(decide, early, LAW, STRANGERS).refused_at(
            "APPOINTMENT_ENDS_TOO_EARLY", "/ends_on"
        )
    termed = opening(BAI, HANDLER, ends_on=date(2024, 10, 16), reason="不写入")
    given(a_school).when(decide, termed, LAW, STRANGERS).then(
        replace(opened(BAI, HANDLER), ends_on=date(2024, 10, 16))
    )
