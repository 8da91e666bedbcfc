"""Erasure: two officers with no part in it approve, once nothing stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.account.events import Role
from domain.erasure.decide import Approve, Decline, Order, Request, decide
from domain.erasure.events import (
    ErasureApproved,
    ErasureCompleted,
    ErasureDeclined,
    ErasureOrdered,
    ErasureRequested,
    KeysDestroyed,
)
from domain.erasure.obstacles import Affairs
from domain.erasure.state import Erasure, ErasureEvent, Phase, evolve
from domain.person.events import PersonErased
from domain.person.hold import HoldLifted, HoldPlaced, lift
from domain.person.integrity import Effect, IntegrityEntry, TermSource
from domain.person.state import Person
from domain.person.state import evolve as evolve_person
from domain.person.titles import Title, TitleState
from domain.personal import Purpose
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    INTEGRITY_HANDLER_OF_BUREAU,
    INTEGRITY_LEADER_OF_BUREAU,
    JIN,
    KONG,
    TODAY,
    linked,
    words,
)
from tests.domain.telling import told

HANDLER = INTEGRITY_HANDLER_OF_BUREAU.around
LEADER = INTEGRITY_LEADER_OF_BUREAU.around
SECRET = words("…", "erasure-1", Purpose.DISCIPLINE)
ALL = (Purpose.APPLICANT, Purpose.DISCIPLINE, Purpose.OFFICIAL)

REQUEST = Request(person=AN, purposes=ALL, basis="个人信息保护法第四十七条", reason=SECRET)
APPROVE = Approve(grounds=SECRET)
ORDER = Order(decision="某删字1号")
DECLINE = Decline(decision="某删字2号", reason=SECRET)

REQUESTED = ErasureRequested(
    person=AN, purposes=ALL, organisation=BUREAU, basis=REQUEST.basis, reason=SECRET
)
APPROVED = ErasureApproved(grounds=SECRET)
ORDERED = ErasureOrdered(decision="某删字1号", rules=("ZZ-ERASURE",))
DECLINED = ErasureDeclined(decision="某删字2号", reason=SECRET)
CARRIED_OUT = KeysDestroyed(keys=2, epochs=(1,))
COMPLETED = ErasureCompleted(epochs=(1,))

NOTHING_OPEN = Affairs(
    circle=(Person(AN),),
    roles_ever=frozenset({Role.APPLICANT}),
    matters=(),
    retained=False,
    kept_until=None,
    reviewers=frozenset(),
)
TITLE = Title("case-1", "教育", "语文", "assistant", "认定", TODAY)
ENTRY = IntegrityEntry(
    entry="entry-1",
    case="case-1",
    investigation=None,
    ground="弄虚作假",
    decision="某字1号",
    authority=BUREAU,
    scope="record",
    area="",
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=30),
    term_source=TermSource.DEFAULT,
    effect=Effect.BLOCK,
    rules=(),
)

YET_TO_BEGIN = replace(ENTRY, starts_on=TODAY + timedelta(days=1), source="某省档案")


def after(*happened: ErasureEvent) -> Erasure:
    state: Erasure | None = None
    for event in happened:
        state = evolve(state, event, told("erasure-1", HANDLER.actor))
    assert state is not None
    return state


def known(**members: object) -> Affairs:
    """Nothing stands open about the applicant except this."""
    return replace(NOTHING_OPEN, circle=(replace(Person(AN), **members),))  # type: ignore[arg-type]


def test_an_erasure_is_asked_for_approved_and_ordered() -> None:
    given(None).when(decide, REQUEST, NOTHING_OPEN, HANDLER).then(REQUESTED)
    given(after(REQUESTED)).when(decide, APPROVE, NOTHING_OPEN, HANDLER).then(APPROVED)
    given(after(REQUESTED, APPROVED)).when(decide, ORDER, NOTHING_OPEN, LEADER).then(ORDERED)


def test_it_goes_through_its_phases() -> None:
    history = (REQUESTED, APPROVED, ORDERED, CARRIED_OUT, COMPLETED)
    phases = [after(*history[: length + 1]).phase for length in range(len(history))]
    assert phases == [
        Phase.REQUESTED,
        Phase.APPROVED,
        Phase.ORDERED,
        Phase.CARRIED_OUT,
        Phase.COMPLETED,
    ]
    assert after(*history).epochs == (1,)


def test_the_leader_may_decline() -> None:
    given(after(REQUESTED)).when(decide, DECLINE, NOTHING_OPEN, LEADER).then(DECLINED)
    assert after(REQUESTED, DECLINED).phase is Phase.DECLINED


@pytest.mark.parametrize("purposes", [(), (Purpose.MATERIAL,)])
def test_it_says_which_of_the_persons_words(purposes: tuple[Purpose, ...]) -> None:
    asked = replace(REQUEST, purposes=purposes)
    given(None).when(decide, asked, NOTHING_OPEN, HANDLER).refused_at("PURPOSES_UNFIT", "/purposes")


def test_nothing_is_ordered_before_it_was_approved() -> None:
    step = "ERASURE_NOT_AT_THAT_STEP"
    given(None).when(decide, ORDER, NOTHING_OPEN, LEADER).refused(step)
    given(after(REQUESTED)).when(decide, ORDER, NOTHING_OPEN, LEADER).refused(step)
    done = after(REQUESTED, APPROVED, ORDERED)
    given(done).when(decide, APPROVE, NOTHING_OPEN, HANDLER).refused(step)
    given(done).when(decide, DECLINE, NOTHING_OPEN, LEADER).refused(step)


def test_each_step_has_its_seat() -> None:
    given(after(REQUESTED)).when(decide, APPROVE, NOTHING_OPEN, LEADER).refused("NOT_IN_SEAT")


def test_two_accounts_of_one_human_being_are_no_two_approvers() -> None:
    around = INTEGRITY_LEADER_OF_BUREAU.knowing(linked((JIN, KONG)))
    given(after(REQUESTED, APPROVED)).when(decide, ORDER, NOTHING_OPEN, around).refused(
        "SAME_REVIEWER"
    )


def test_nobody_approves_their_own() -> None:
    around = INTEGRITY_HANDLER_OF_BUREAU.knowing(linked((JIN, AN)))
    given(after(REQUESTED)).when(decide, APPROVE, NOTHING_OPEN, around).refused("OWN_AFFAIR")


def test_who_reviewed_a_case_of_the_person_approves_nothing() -> None:
    affairs = replace(NOTHING_OPEN, reviewers=frozenset({JIN}))
    given(after(REQUESTED)).when(decide, APPROVE, affairs, HANDLER).refused("REVIEWER_ERASES")


@pytest.mark.parametrize(
    ("affairs", "code"),
    [
        (known(filings=("case-1",)), "CASE_UNDER_WAY"),
        (known(titles=(TITLE,)), "TITLE_IN_FORCE"),
        (known(entries=(ENTRY,)), "RECORD_ACTIVE"),
        (known(entries=(YET_TO_BEGIN,)), "RECORD_ACTIVE"),
        (known(holds=frozenset({"hold-1"})), "ON_HOLD"),
        (replace(NOTHING_OPEN, matters=("objection-1",)), "MATTER_OPEN"),
        (replace(NOTHING_OPEN, retained=True), "RETENTION_NOT_SET"),
        (replace(NOTHING_OPEN, retained=True, kept_until=TODAY), "RETENTION_RUNS"),
        (replace(NOTHING_OPEN, roles_ever=frozenset({Role.OFFICIAL})), "ACCOUNTABLE_ACTS"),
    ],
)
def test_what_stands_in_the_way_is_seen_at_both_steps(affairs: Affairs, code: str) -> None:
    given(after(REQUESTED)).when(decide, APPROVE, affairs, HANDLER).refused(code)
    given(after(REQUESTED, APPROVED)).when(decide, ORDER, affairs, LEADER).refused(code)


def test_what_has_passed_stands_in_nobodys_way() -> None:
    expired = replace(ENTRY, starts_on=date(2020, 1, 1), ends_on=date(2023, 1, 1))
    affairs = replace(
        known(titles=(replace(TITLE, state=TitleState.REVOKED),), entries=(expired,)),
        retained=True,
        kept_until=TODAY - timedelta(days=1),
    )
    given(after(REQUESTED)).when(decide, APPROVE, affairs, HANDLER).then(APPROVED)


def test_an_officials_acts_do_not_keep_what_they_said_as_an_applicant() -> None:
    affairs = replace(NOTHING_OPEN, roles_ever=frozenset({Role.OFFICIAL}))
    asked = after(replace(REQUESTED, purposes=(Purpose.APPLICANT,)))
    given(asked).when(decide, APPROVE, affairs, HANDLER).then(APPROVED)


def test_all_reasons_are_given_at_once() -> None:
    affairs = replace(
        known(filings=("case-1",), titles=(TITLE,), holds=frozenset({"hold-1"})),
        matters=("investigation-1",),
        retained=True,
    )
    given(after(REQUESTED)).when(decide, APPROVE, affairs, HANDLER).refused(
        "CASE_UNDER_WAY", "TITLE_IN_FORCE", "MATTER_OPEN", "ON_HOLD", "RETENTION_NOT_SET"
    )


def test_a_hold_stands_until_it_is_lifted() -> None:
    held = evolve_person(
        Person(AN), HoldPlaced(hold="hold-1", mandate="某纪〔2024〕1号", reason=SECRET), told(AN)
    )
    assert held.holds == {"hold-1"}
    lifted = HoldLifted(hold="hold-1", reason=SECRET)
    given(held.holds).when(lift, "hold-1", SECRET).then(lifted)
    assert evolve_person(held, lifted, told(AN)).holds == frozenset()
    given(held.holds).when(lift, "hold-2", SECRET).refused("NO_SUCH_HOLD")


def test_a_person_remembers_what_was_erased() -> None:
    erased = PersonErased(erasure="erasure-1", purposes=ALL, keys=("person-an/applicant/1",))
    person = evolve_person(Person(AN), erased, told(AN))
    assert person.forgotten
    assert person.generation(Purpose.APPLICANT) == 2
    again = replace(erased, purposes=(Purpose.APPLICANT,))
    assert evolve_person(person, again, told(AN)).generation(Purpose.APPLICANT) == 3


def test_of_whom_nothing_is_known_any_more_nothing_is_erased() -> None:
    erased = PersonErased(erasure="erasure-1", purposes=ALL, keys=())
    forgotten = evolve_person(Person(AN), erased, told(AN))
    affairs = replace(NOTHING_OPEN, circle=(forgotten,))
    given(after(REQUESTED)).when(decide, APPROVE, affairs, HANDLER).refused("PERSON_FORGOTTEN")
    known = replace(NOTHING_OPEN, circle=(forgotten, Person("person-another-document")))
    given(after(REQUESTED)).when(decide, APPROVE, known, HANDLER).then(APPROVED)


def test_names_and_documents_go_with_everything_else_or_not_at_all() -> None:
    """Whoever is forgotten comes again as somebody new: nothing must be left that concerns them."""
    for others in ((), (Purpose.APPLICANT,), (Purpose.DISCIPLINE,)):
        asked = replace(REQUEST, purposes=(Purpose.OFFICIAL, *others))
        given(None).when(decide, asked, NOTHING_OPEN, HANDLER).refused_at(
            "FORGOTTEN_WHOLE", "/purposes"
        )
