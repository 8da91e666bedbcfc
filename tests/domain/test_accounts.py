"""Accounts: opened for a person, activated, disabled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.account.decide import (
    ActivateAccount,
    OpenAccount,
    ReleaseIdentity,
    decide,
)
from domain.account.events import (
    AccountActivated,
    AccountDisabled,
    AccountOpened,
    IdentityReleased,
    Role,
)
from domain.account.state import Account, evolve
from tests.domain.given import given
from tests.domain.invented import AN, SCHOOL, words
from tests.domain.telling import told

LOGIN = words("某登录名")
REASON = words("离职")
OPENED = AccountOpened(
    person=AN,
    organisation=SCHOOL,
    roles=(Role.APPLICANT, Role.OFFICIAL),
    login=LOGIN,
    unclaimed=False,
)
ACTIVATED = AccountActivated(method="password")
DISABLED = AccountDisabled(reason=REASON)

IN_CASES = (Role.APPLICANT, Role.OFFICIAL, Role.ADMINISTRATOR)
APART = (Role.AUDITOR, Role.INSPECTOR, Role.SYSTEM_ADMINISTRATOR)


def opening(*roles: Role, organisation: str | None = SCHOOL) -> OpenAccount:
    return OpenAccount(person=AN, organisation=organisation, roles=roles, login=LOGIN)


@pytest.fixture
def an_opened_account() -> Account:
    return evolve(None, OPENED, told("account-an"))


@pytest.fixture
def an_active_account(an_opened_account: Account) -> Account:
    return evolve(an_opened_account, ACTIVATED, told("account-an"))


@pytest.fixture
def a_disabled_account(an_active_account: Account) -> Account:
    return evolve(an_active_account, DISABLED, told("account-an"))


def test_an_account_is_opened_with_its_roles_in_order_and_once() -> None:
    command = opening(Role.OFFICIAL, Role.APPLICANT, Role.OFFICIAL)
    given(None).when(decide, command).then(OPENED)


def test_an_opened_account_is_neither_activated_nor_disabled(an_opened_account: Account) -> None:
    assert an_opened_account == Account(
        "account-an", AN, SCHOOL, frozenset({Role.APPLICANT, Role.OFFICIAL}), frozenset({AN})
    )
    assert not an_opened_account.activated
    assert not an_opened_account.disabled


def test_an_account_has_a_role() -> None:
    given(None).when(decide, opening()).refused_at("ROLES_MISSING", "/roles")


@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("in_cases", IN_CASES)
def test_who_watches_over_cases_takes_no_part_in_them(apart: Role, in_cases: Role) -> None:
    given(None).when(decide, opening(apart, in_cases)).refused_at("ROLES_APART", "/roles")


@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("in_cases", IN_CASES)
def test_who_watches_through_one_account_takes_no_part_through_another(
    apart: Role, in_cases: Role
) -> None:
    for asked, held in ((apart, in_cases), (in_cases, apart)):
        command = replace(opening(asked), roles_of_person=frozenset({held}))
        given(None).when(decide, command).refused_at("ROLES_APART", "/roles")


def test_an_official_may_have_an_applicants_account_elsewhere() -> None:
    command = replace(opening(Role.APPLICANT), roles_of_person=frozenset({Role.OFFICIAL}))
    given(None).when(decide, command).then(
        AccountOpened(
            person=AN, organisation=SCHOOL, roles=(Role.APPLICANT,), login=LOGIN, unclaimed=False
        )
    )


@pytest.mark.parametrize("role", IN_CASES)
def test_who_takes_part_in_cases_belongs_to_an_organisation(role: Role) -> None:
    given(None).when(decide, opening(role, organisation=None)).refused_at(
        "ORGANISATION_NEEDED", "/organisation"
    )


@pytest.mark.parametrize("role", [*APART, Role.POLICY_ADMINISTRATOR])
def test_who_watches_needs_no_organisation(role: Role) -> None:
    given(None).when(decide, opening(role, organisation=None)).then(
        AccountOpened(person=AN, organisation=None, roles=(role,), login=LOGIN, unclaimed=False)
    )


def test_the_holder_activates_an_account(an_opened_account: Account) -> None:
    given(an_opened_account).when(decide, ActivateAccount(method="password")).then(ACTIVATED)


def test_an_account_is_activated_once(an_active_account: Account) -> None:
    given(an_active_account).when(decide, ActivateAccount(method="password")).then_nothing()


def test_a_disabled_account_is_not_activated(a_disabled_account: Account) -> None:
    given(a_disabled_account).when(decide, ActivateAccount(method="password")).refused(
        "ACCOUNT_DISABLED"
    )


def test_an_account_that_was_never_opened_is_not_activated() -> None:
    given(None).when(decide, ActivateAccount(method="password")).refused("ACCOUNT_DISABLED")


def test_a_binding_ends_also_of_a_disabled_account(a_disabled_account: Account) -> None:
    command, released = ReleaseIdentity(reason=REASON), IdentityReleased(reason=REASON)
    given(a_disabled_account).when(decide, command).then(released)
    given(None).when(decide, command).refused("ACCOUNT_DISABLED")
    assert evolve(a_disabled_account, released, told("account-an")) == a_disabled_account
