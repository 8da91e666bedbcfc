"""Somebody's account goes with them to another employer; each word of it is somebody's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.account.events import AccountDisabled, AccountMoved, AccountOpened, Role
from domain.account.move import (
    Accept,
    ContractProof,
    Move,
    MoveAccepted,
    MoveAsked,
    MoveReleased,
    MoveWithdrawn,
    Release,
    accept,
    ask,
    employer_left,
    evolve,
    release,
    withdraw,
)
from domain.account.state import evolve as evolve_account
from domain.actor import AccountActor
from domain.person.events import PersonMoved
from domain.refusals.two_persons import two_officers
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    CHEN,
    LAW,
    SCHOOL,
    STRANGERS,
    TODAY,
    linked,
    organisation,
    words,
)
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.account.move import MoveEvent
    from domain.account.state import Account

JOINS = "organisation-elsewhere"
ASKED = MoveAsked(account="account-an", person=AN, leaves=SCHOOL, joins=JOINS)
RULES = ("ND-TERM-RELEASE",)
ACCEPTED = MoveAccepted(organisation=JOINS, release_by=TODAY, rules=RULES)
NUMBER = words("某校证〔2024〕1号")
RELEASED = MoveReleased(organisation=SCHOOL, ended_on=TODAY, proof=None, number=None)
WITHDRAWN = MoveWithdrawn(account="account-an")


def opened(*roles: Role, unclaimed: bool = False) -> Account:
    event = AccountOpened(
        person=AN, organisation=SCHOOL, roles=roles, login=words("某登录名"), unclaimed=unclaimed
    )
    return evolve_account(None, event, told("account-an"))


AS_APPLICANT = opened(Role.APPLICANT, Role.OFFICIAL)
GONE = AccountMoved(organisation=JOINS, roles=(Role.APPLICANT,), move="move-1")
DISABLED = AccountDisabled(reason=words("离职"))
MOVED_OTHERWISE = evolve_account(AS_APPLICANT, GONE, told("account-an"))
STOPPED = evolve_account(AS_APPLICANT, DISABLED, told("account-an"))


def move(*events: MoveEvent, by: str = BAI) -> Move:
    """A move after it was asked for and this happened, done by somebody."""
    actor = AccountActor(f"account-{by}", by, JOINS, None, None, "-", "password")
    known = evolve(None, ASKED, told("move-1"))
    for event in events:
        known = evolve(known, event, told("move-1", actor))
    return known


def accepting(by: str = BAI, **members: object) -> Accept:
    stands: dict[str, object] = {
        "organisation": JOINS,
        "obstacles": (),
        "release_by": TODAY,
        "rules": RULES,
        **members,
    }
    return Accept(by=by, **stands)  # type: ignore[arg-type]


def releasing(by: str = CHEN, /, **members: object) -> Release:
    stands: dict[str, object] = {
        "organisation": SCHOOL,
        "ended_on": TODAY,
        "proof": None,
        "number": None,
        "today": TODAY,
        "ended": False,
        **members,
    }
    return Release(by=by, **stands)  # type: ignore[arg-type]


class TestAsking:
    def test_names_who_goes_from_where_to_where(self) -> None:
        given(AS_APPLICANT).when(ask, organisation(JOINS), LAW).then(ASKED)

    def test_is_for_who_applies_through_an_account_of_their_own(self) -> None:
        joins = organisation(JOINS)
        given(None).when(ask, joins, LAW).refused("ACCOUNT_DISABLED")
        given(STOPPED).when(ask, joins, LAW).refused("ACCOUNT_DISABLED")
        shadow = opened(Role.APPLICANT, unclaimed=True)
        given(shadow).when(ask, joins, LAW).refused("ACCOUNT_UNCLAIMED")
        given(opened(Role.OFFICIAL)).when(ask, joins, LAW).refused("MOVES_AS_APPLICANT")

    def test_is_for_another_employer(self) -> None:
        here = organisation(SCHOOL)
        given(AS_APPLICANT).when(ask, here, LAW).refused("NOTHING_CHANGES")


class TestAccepting:
    def test_begins_the_term(self) -> None:
        given(move()).when(accept, AS_APPLICANT, accepting(), STRANGERS).then(ACCEPTED)

    def test_is_done_once_while_the_account_is_where_it_is_to_leave(self) -> None:
        for state, account in (
            (move(ACCEPTED), AS_APPLICANT),
            (move(WITHDRAWN), AS_APPLICANT),
            (move(ACCEPTED, RELEASED), AS_APPLICANT),
            (move(), MOVED_OTHERWISE),
            (move(), STOPPED),
            (move(), None),
        ):
            given(state).when(accept, account, accepting(), STRANGERS).refused("MOVE_SETTLED")

    def test_is_for_another_human_being(self) -> None:
        given(move()).when(accept, AS_APPLICANT, accepting(AN), STRANGERS).refused("OWN_AFFAIR")
        given(move()).when(accept, AS_APPLICANT, accepting(BAI), linked((AN, BAI))).refused(
            "OWN_AFFAIR"
        )

    def test_is_for_who_may_open_an_account_there(self) -> None:
        barred = accepting(obstacles=(two_officers(),))
        given(move()).when(accept, AS_APPLICANT, barred, STRANGERS).refused("TWO_OFFICERS")


class TestReleasing:
    def test_moves_the_account_as_an_applicants_alone(self) -> None:
        given(move(ACCEPTED)).when(release, AS_APPLICANT, releasing(), STRANGERS).then(
            RELEASED,
            GONE,
            PersonMoved(account="account-an", organisation=JOINS, roles=(Role.APPLICANT,)),
        )

    def test_comes_after_the_acceptance_by_another(self) -> None:
        given(move()).when(release, AS_APPLICANT, releasing(), STRANGERS).refused(
            "MOVE_NOT_ACCEPTED"
        )
        for by, humans in ((BAI, STRANGERS), (CHEN, linked((BAI, CHEN)))):
            given(move(ACCEPTED)).when(release, AS_APPLICANT, releasing(by), humans).refused(
                "TWO_OFFICERS"
            )
        given(move(ACCEPTED)).when(release, AS_APPLICANT, releasing(AN), STRANGERS).refused(
            "OWN_AFFAIR"
        )

    def test_above_waits_for_the_term_and_needs_a_document(self) -> None:
        above: dict[str, object] = {"organisation": BUREAU}
        document: dict[str, object] = {"proof": ContractProof.TRANSFER_ORDER, "number": NUMBER}
        for members, codes in (
            (above, ("RELEASE_TERM_RUNS", "RELEASE_UNPROVEN")),
            ({**above, **document}, ("RELEASE_TERM_RUNS",)),
            ({**above, "today": TODAY + timedelta(days=1)}, ("RELEASE_UNPROVEN",)),
            ({**above, "ended": True}, ("RELEASE_UNPROVEN",)),
        ):
            given(move(ACCEPTED)).when(
                release, AS_APPLICANT, releasing(**members), STRANGERS
            ).refused(*codes)
        outcome = given(move(ACCEPTED)).when(
            release, AS_APPLICANT, releasing(**above, **document, ended=True), STRANGERS
        )
        assert [each.topic for each in outcome.events] == [
            "move:released:1",
            "account:moved:1",
            "person:moved:1",
        ]

    def test_names_a_whole_document_and_a_day_that_has_come(self) -> None:
        for half in ({"proof": ContractProof.TRANSFER_ORDER}, {"number": NUMBER}):
            given(move(ACCEPTED)).when(release, AS_APPLICANT, releasing(**half), STRANGERS).refused(
                "RELEASE_DOCUMENT_INCOMPLETE"
            )
        tomorrow = releasing(ended_on=TODAY + timedelta(days=1))
        outcome = given(move(ACCEPTED)).when(release, AS_APPLICANT, tomorrow, STRANGERS)
        (refusal,) = outcome.refused("OCCURRED_LATER")
        assert refusal.pointer == "/ended_on"

    def test_is_done_once(self) -> None:
        for state, account in (
            (move(ACCEPTED, RELEASED), AS_APPLICANT),
            (move(ACCEPTED), MOVED_OTHERWISE),
        ):
            given(state).when(release, account, releasing(), STRANGERS).refused("MOVE_SETTLED")


class TestWhoRegisteredThemself:
    """Leaves nobody, and is with the employer that accepts them at once."""

    HOMELESS = replace(AS_APPLICANT, organisation=None)
    NEWCOMER = evolve(None, replace(ASKED, leaves=None), told("move-1"))
    JOINED = MoveAccepted(organisation=JOINS, release_by=None, rules=RULES)

    def test_asks_like_anybody(self) -> None:
        given(self.HOMELESS).when(ask, organisation(JOINS), LAW).then(replace(ASKED, leaves=None))

    def test_is_there_with_the_acceptance(self) -> None:
        joining = accepting(release_by=None)
        given(self.NEWCOMER).when(accept, self.HOMELESS, joining, STRANGERS).then(
            self.JOINED,
            GONE,
            PersonMoved(account="account-an", organisation=JOINS, roles=(Role.APPLICANT,)),
        )

    def test_is_accepted_once(self) -> None:
        joined = evolve(self.NEWCOMER, self.JOINED, told("move-1"))
        given(joined).when(accept, self.HOMELESS, accepting(), STRANGERS).refused("MOVE_SETTLED")
        given(joined).when(withdraw, self.HOMELESS).refused("MOVE_SETTLED")


class TestStaying:
    def test_is_possible_until_the_release(self) -> None:
        given(move(ACCEPTED)).when(withdraw, AS_APPLICANT).then(WITHDRAWN)
        for state in (move(WITHDRAWN), move(ACCEPTED, RELEASED)):
            given(state).when(withdraw, AS_APPLICANT).refused("MOVE_SETTLED")


def test_what_was_begun_with_an_employer_that_was_left_is_begun_anew() -> None:
    assert employer_left().code == "EMPLOYER_LEFT"


def test_a_moved_account_is_where_it_went_and_for_what_it_went() -> None:
    assert MOVED_OTHERWISE.organisation == JOINS
    assert MOVED_OTHERWISE.roles == {Role.APPLICANT}
