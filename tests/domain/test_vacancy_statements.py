"""Who may state a form of posts, and who may put a seal on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from api.law import packs
from domain.actor import AccountActor
from domain.organisation.seats import Appointment, Officer, Seats
from domain.personal import Personal, Purpose
from domain.separation import Humans
from domain.shared_collections import Ledger
from domain.vacancies.decide import (
    Sealing,
    Stating,
    give_opinion,
    state_vacancies,
)
from domain.vacancies.events import (
    ListedPerson,
    VacancyColumn,
    VacancyOpinionGiven,
    VacancyTotals,
)
from domain.vacancies.form_arithmetic import Figures
from domain.vacancies.state import VacancyForm, evolve
from tests.domain.given import given
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.policy.law import Law

TODAY = date(2024, 9, 25)
SEATS = ("handler", "leader")
ROW = ListedPerson(
    person="person-9",
    level="assistant",
    series=None,
    present_title=None,
    post=None,
    grade=None,
    appointed_on=None,
)
COLUMNS = tuple(
    VacancyColumn(
        column=each,
        share=None,
        approved=2 if each == "junior" else 0,
        employed=1 if each == "junior" else 0,
        vacant=1 if each == "junior" else 0,
        offered=1 if each == "junior" else 0,
    )
    for each in ("senior", "deputy_senior", "intermediate", "junior")
)
FORM = Figures(
    establishment=10,
    posts=2,
    columns=COLUMNS,
    totals=VacancyTotals(approved=2, employed=1, vacant=1),
    appointed=0,
    recommended=1,
    listed=(ROW,),
)
STATE = Stating(batch=None, figures=FORM, committed=True, staff=frozenset({"person-9"}))


@pytest.fixture(scope="module")
def law() -> Law:
    """A notice that asks for the form, with three seals."""
    return packs.load("huzhou-2024")


def seats(name: str, *persons: str) -> Seats:
    """The seats of an organisation with its handler and leader."""
    held = (
        Appointment(f"appointment-{person}", seat, person, f"account-{person}", TODAY)
        for seat, person in zip(SEATS, persons, strict=True)
    )
    return Seats(f"organisation-{name}", Ledger.of(*((each.appointment, each) for each in held)))


STATION = seats("station", "person-1", "person-2")
DEPARTMENT = seats("department", "person-3", "person-4")


def officer(person: str, at: Seats = STATION) -> Officer:
    return Officer(
        person=person,
        account=f"account-{person}",
        seats=at,
        humans=Humans({}),
        today=TODAY,
    )


def sealing(seal: str, *mine: str) -> Sealing:
    return Sealing(seal=seal, in_favour=True, reason=None, mine=frozenset(mine or (seal,)))


def stated(law: Law, *opinions: tuple[str, bool]) -> VacancyForm:
    """A form that the station's handler stated, with the opinions given since."""
    (event,) = state_vacancies(STATE, officer("person-1"), law)
    form = evolve(None, event, told("vacancies-1", by("person-1"), 1))
    for version, (seal, in_favour) in enumerate(opinions, start=2):
        opinion = VacancyOpinionGiven(
            statement=1,
            seal=seal,
            organisation="organisation-department",
            in_favour=in_favour,
            given_on=TODAY,
            reason=None,
            rules=(),
        )
        form = evolve(form, opinion, told("vacancies-1", by("person-4"), version))
    return form


def by(person: str) -> AccountActor:
    return AccountActor(f"account-{person}", person, None, None, None, "sign-in-1", "password")


def test_the_handler_states_the_form_with_the_seals_that_it_needs(law: Law) -> None:
    (event,) = state_vacancies(STATE, officer("person-1"), law)
    assert event.seals == ("unit", "department", "hr")
    assert (event.listed, event.flags) == ((ROW,), ())


def test_a_notice_that_asks_for_no_form_takes_none() -> None:
    given(STATE).when(state_vacancies, officer("person-1"), packs.load("xunwu-2024")).refused(
        "VACANCY_FORM_NOT_ASKED"
    )


def test_everything_that_is_wrong_with_a_list_is_told_at_once(law: Law) -> None:
    stranger = replace(ROW, person="person-8", level="professor")
    figures = replace(FORM, listed=(ROW, ROW, stranger), recommended=1)
    command = replace(STATE, figures=figures, committed=False)
    given(command).when(state_vacancies, officer("person-2"), law).refused(
        "NOT_IN_SEAT",
        "VACANCY_ARITHMETIC",
        "VACANCY_ARITHMETIC",
        "LISTED_TWICE",
        "NOT_ON_STAFF",
        "UNKNOWN_LEVEL",
        "COMMITMENT_MISSING",
    )


def test_other_columns_are_not_reckoned_with(law: Law) -> None:
    command = replace(STATE, figures=replace(FORM, columns=COLUMNS[:3]))
    given(command).when(state_vacancies, officer("person-1"), law).refused_at(
        "VACANCY_COLUMNS", "/columns"
    )


def test_nobody_recommends_themselves(law: Law) -> None:
    figures = replace(FORM, listed=(replace(ROW, person="person-1"),))
    command = replace(STATE, figures=figures, staff=frozenset({"person-1"}))
    given(command).when(state_vacancies, officer("person-1"), law).refused("SELF_REVIEW")


def test_the_employer_seals_first_by_its_leader(law: Law) -> None:
    (event,) = give_opinion(stated(law), sealing("unit"), officer("person-2"), law)
    assert (event.seal, event.statement, event.rules) == ("unit", 1, ("HZ-52", "HZ-56"))
    given(stated(law)).when(give_opinion, sealing("unit"), officer("person-1"), law).refused(
        "NOT_IN_SEAT", "SAME_REVIEWER"
    )


def test_a_seal_waits_for_those_before_it(law: Law) -> None:
    above = officer("person-4", DEPARTMENT)
    (refusal,) = (given(stated(law)).when(give_opinion, sealing("department"), above, law)).refused(
        "SEAL_ORDER"
    )
    assert "单位盖章" in refusal.chinese


def test_a_seal_is_put_by_whose_it_is_and_once(law: Law) -> None:
    form, above = stated(law, ("unit", True)), officer("person-4", DEPARTMENT)
    given(form).when(give_opinion, sealing("department", "hr"), above, law).refused_at(
        "NOT_YOUR_SEAL", "/seal"
    )
    given(form).when(give_opinion, sealing("minister"), above, law).refused("UNKNOWN_SEAL")
    twice = stated(law, ("unit", True), ("department", True))
    given(twice).when(give_opinion, sealing("department"), above, law).refused("OPINION_GIVEN")


def test_whoever_is_against_it_says_why_and_ends_it(law: Law) -> None:
    form, above = stated(law, ("unit", True)), officer("person-4", DEPARTMENT)
    against = replace(sealing("department"), in_favour=False)
    given(form).when(give_opinion, against, above, law).refused_at("REASON_MISSING", "/reason")
    reason = Personal("编制数不符", "person-4", Purpose.OFFICIAL)
    (event,) = give_opinion(form, replace(against, reason=reason), above, law)
    assert event.in_favour is False
    refused = stated(law, ("unit", True), ("department", False))
    given(refused).when(give_opinion, sealing("hr"), above, law).refused("OPINION_GIVEN")
