"""A list of applicants is one event; who applies there already keeps their account."""

from __future__ import annotations

import pytest

from domain.account.events import Role
from domain.account.intake import (
    Entry,
    Intake,
    IntakeTaken,
    ListFormat,
    evolve,
    held_already,
    in_order,
)
from domain.person.events import AccountHeld, AccountReleased, PersonMoved, PersonRegistered
from domain.person.state import Person
from domain.person.state import evolve as evolve_person
from tests.domain.invented import AN, BUREAU, SCHOOL, words
from tests.domain.telling import told

TAKEN = IntakeTaken(
    organisation=SCHOOL,
    format=ListFormat.XLSX,
    digest="0" * 64,
    rows=3,
    opened=("account-2", "account-4"),
    existing=("account-3",),
    existing_rows=(3,),
)
HELD = AccountHeld(
    account="account-an", organisation=SCHOOL, roles=(Role.APPLICANT,), unclaimed=False
)


def person(*events: AccountHeld | AccountReleased | PersonMoved) -> Person:
    known = evolve_person(None, PersonRegistered(name=words("某甲")), told(AN))
    for event in events:
        known = evolve_person(known, event, told(AN))
    return known


def held(account: str, organisation: str, *roles: Role, unclaimed: bool = False) -> AccountHeld:
    return AccountHeld(account=account, organisation=organisation, roles=roles, unclaimed=unclaimed)


def test_the_rows_of_a_list_stand_in_their_order_whatever_they_led_to() -> None:
    assert evolve(None, TAKEN, told("intake-1")) == Intake("intake-1", TAKEN)
    assert Intake("intake-1", TAKEN).entries == (
        Entry(2, "account-2", opened=True),
        Entry(3, "account-3", opened=False),
        Entry(4, "account-4", opened=True),
    )
    assert in_order((), (), ()) == ()


def test_a_list_whose_parts_do_not_fit_is_none() -> None:
    with pytest.raises(ValueError, match="zip"):
        in_order(("account-2",), ("account-3",), ())


class TestWhoAppliesThereAlready:
    def test_keeps_their_account_claimed_or_not(self) -> None:
        assert held_already(person(HELD), SCHOOL) == "account-an"
        unclaimed = held("account-an", SCHOOL, Role.APPLICANT, unclaimed=True)
        assert held_already(person(unclaimed), SCHOOL) == "account-an"

    def test_of_several_keeps_the_oldest(self) -> None:
        several = [held(each, SCHOOL, Role.APPLICANT) for each in ("account-b", "account-a")]
        assert held_already(person(*several), SCHOOL) == "account-a"

    def test_is_nobody_who_has_left_or_does_something_else(self) -> None:
        for known in (
            person(),
            person(HELD, AccountReleased(account="account-an")),
            person(held("account-an", BUREAU, Role.APPLICANT)),
            person(held("account-an", SCHOOL, Role.OFFICIAL)),
            person(HELD, PersonMoved(account="account-an", organisation=BUREAU, roles=HELD.roles)),
        ):
            assert held_already(known, SCHOOL) is None
