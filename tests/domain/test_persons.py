"""What the record remembers of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.account.events import Role
from domain.actor import TIMEKEEPER
from domain.person.events import (
    AccountHeld,
    AccountReleased,
    DocumentBound,
    FilingBegun,
    FilingEnded,
    PersonRegistered,
    PersonsLinked,
    PersonsUnlinked,
)
from domain.person.state import Person, PersonEvent, evolve
from domain.person.titles import (
    Title,
    TitleGained,
    TitleLost,
    TitleRescinded,
    TitleRestored,
    TitleState,
)
from tests.domain.invented import AN, BAI, CHEN, SCHOOL, words
from tests.domain.telling import told


def after(person: Person | None, *happened: PersonEvent) -> Person:
    for version, event in enumerate(happened, start=1):
        person = evolve(person, event, told(AN, TIMEKEEPER, version))
    assert person is not None
    return person


@pytest.fixture
def a_person() -> Person:
    return after(None, PersonRegistered(name=words("安某")))


def test_a_person_begins_with_nothing_but_an_id(a_person: Person) -> None:
    assert a_person == Person(AN)
    assert a_person.roles == frozenset()


def test_a_person_may_have_several_documents(a_person: Person) -> None:
    card = DocumentBound(kind="resident_identity_card", number=words("…"), as_entered=None)
    passport = DocumentBound(kind="passport", number=words("…"), as_entered=None)
    known = after(a_person, card, passport)
    assert known.documents == ("resident_identity_card", "passport")


class TestTheRolesOfAPerson:
    """Are those of all their accounts together."""

    APPLICANT = AccountHeld(
        account="account-an", organisation=SCHOOL, roles=(Role.APPLICANT,), unclaimed=False
    )
    OFFICIAL = AccountHeld(
        account="account-an-2", organisation=SCHOOL, roles=(Role.OFFICIAL,), unclaimed=False
    )

    def test_come_from_every_account(self, a_person: Person) -> None:
        both = after(a_person, self.APPLICANT, self.OFFICIAL)
        assert both.roles == {Role.APPLICANT, Role.OFFICIAL}
        assert both.accounts == (
            ("account-an", SCHOOL, (Role.APPLICANT,)),
            ("account-an-2", SCHOOL, (Role.OFFICIAL,)),
        )

    def test_go_with_an_account_that_is_released(self, a_person: Person) -> None:
        left = after(
            a_person, self.APPLICANT, self.OFFICIAL, AccountReleased(account="account-an-2")
        )
        assert left.roles == {Role.APPLICANT}


def test_a_link_is_undone_by_its_end_alone(a_person: Person) -> None:
    with_two = after(
        a_person,
        PersonsLinked(other=BAI, link="link-1"),
        PersonsLinked(other=CHEN, link="link-2"),
    )
    assert with_two.linked == {BAI, CHEN}
    assert after(with_two, PersonsUnlinked(other=BAI, link="link-1")).linked == {CHEN}


def test_a_filing_is_open_until_it_ends(a_person: Person) -> None:
    filing = after(
        a_person,
        FilingBegun(case="case-1", pack="invented-2024"),
        FilingBegun(case="case-2", pack="invented-2024"),
    )
    assert filing.filings == ("case-1", "case-2")
    ended = after(filing, FilingEnded(case="case-1", outcome="withdrawn"))
    assert ended.filings == ("case-2",)


class TestATitle:
    """Is gained, lost by revocation, restored by a review, or taken back as a slip."""

    GAINED = TitleGained(
        case="case-1",
        series="中小学教师",
        specialty="数学",
        level="assistant",
        label="认定",
        gained_on=date(2024, 10, 15),
    )
    LOST = TitleLost(case="case-1", investigation="investigation-1", revoked_on=date(2024, 11, 1))
    TITLE = Title("case-1", "中小学教师", "数学", "assistant", "认定", date(2024, 10, 15))

    def test_is_remembered(self, a_person: Person) -> None:
        assert after(a_person, self.GAINED).titles == (self.TITLE,)

    def test_stays_known_as_revoked(self, a_person: Person) -> None:
        other = replace(self.GAINED, case="case-2")
        first, second = after(a_person, self.GAINED, other, self.LOST).titles
        assert first == replace(self.TITLE, state=TitleState.REVOKED, lost_on=date(2024, 11, 1))
        assert second.state is TitleState.HELD

    def test_is_restored_by_a_review(self, a_person: Person) -> None:
        restored = TitleRestored(case="case-1", investigation="investigation-1")
        assert after(a_person, self.GAINED, self.LOST, restored).titles == (self.TITLE,)

    def test_is_not_held_when_it_was_a_slip_and_may_be_gained_again(self, a_person: Person) -> None:
        other = replace(self.GAINED, case="case-2")
        slip = TitleRescinded(case="case-1", rescinded_on=date(2024, 10, 16))
        left = after(a_person, self.GAINED, other, slip)
        assert [each.case for each in left.held] == ["case-2"]
        again = after(a_person, self.GAINED, other, slip, self.GAINED, self.LOST)
        assert [(each.state, each.lost_on) for each in again.titles] == [
            (TitleState.RESCINDED, date(2024, 10, 16)),
            (TitleState.HELD, None),
            (TitleState.REVOKED, date(2024, 11, 1)),
        ]
