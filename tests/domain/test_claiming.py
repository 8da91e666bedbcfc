"""Claiming: an account opened for somebody known is theirs once they, or two officers, show it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.account.claim import attest, claim
from domain.account.claim import unclaimed as not_claimed
from domain.account.events import (
    AccountClaimed,
    AccountOpened,
    AttestationProposed,
    HolderAttested,
    Role,
)
from domain.account.state import Account, evolve
from domain.actor import AccountActor
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    CHEN,
    DENG,
    LAW,
    SCHOOL,
    STRANGERS,
    account_of,
    linked,
    words,
)
from tests.domain.telling import told

SHOWN = "resident_identity_card"
APPLIES, WATCHES = frozenset({Role.APPLICANT}), frozenset({Role.AUDITOR})


def account(name: str, person: str, *, unclaimed: bool = False) -> Account:
    event = AccountOpened(
        person=person,
        organisation=SCHOOL,
        roles=(Role.APPLICANT,),
        login=words("某登录名"),
        unclaimed=unclaimed,
    )
    return evolve(None, event, told(name))


@pytest.fixture
def unclaimed() -> Account:
    return account("account-new", AN, unclaimed=True)


@pytest.fixture
def known() -> Account:
    return account("account-an", AN)


def attested(state: Account, by: str) -> Account:
    actor = AccountActor(account_of(by), by, BUREAU, None, None, "-", "password")
    for event in attest(state, SHOWN, by, APPLIES, STRANGERS, LAW):
        state = evolve(state, event, told("account-new", actor))
    return state


class TestClaiming:
    """By another account of the holder's own."""

    def test_who_is_new_claims_nothing(self, known: Account) -> None:
        assert known.claimed
        given(known).when(claim, account("account-2", AN), APPLIES, STRANGERS, LAW).then_nothing()

    def test_through_a_claimed_account_of_theirs(self, unclaimed: Account, known: Account) -> None:
        claimed = AccountClaimed(through="account-an", persons=(AN,))
        assert not unclaimed.claimed
        given(unclaimed).when(claim, known, APPLIES, STRANGERS, LAW).then(claimed)
        assert evolve(unclaimed, claimed, told("account-new")).claimed

    def test_through_one_that_is_disabled(self, unclaimed: Account, known: Account) -> None:
        assert claim(unclaimed, replace(known, disabled=True), APPLIES, STRANGERS, LAW)

    def test_not_through_one_that_is_unclaimed_itself(self, unclaimed: Account) -> None:
        shadow = account("account-shadow", AN, unclaimed=True)
        given(unclaimed).when(claim, shadow, APPLIES, STRANGERS, LAW).refused("CLAIM_NOT_SHOWN")
        given(unclaimed).when(claim, unclaimed, APPLIES, STRANGERS, LAW).refused("CLAIM_NOT_SHOWN")

    def test_not_through_somebody_elses(self, unclaimed: Account) -> None:
        other = account("account-bai", BAI)
        given(unclaimed).when(claim, other, APPLIES, STRANGERS, LAW).refused("CLAIM_NOT_SHOWN")

    def test_two_documents_of_one_human_being(self, known: Account) -> None:
        other, humans = account("account-bai", BAI), linked((AN, BAI))
        claimed = AccountClaimed(through="account-bai", persons=(BAI,))
        given(known).when(claim, other, APPLIES, humans, LAW).then(claimed)
        assert evolve(known, claimed, told("account-an")).claims == {AN, BAI}

    def test_nobody_comes_to_watch_over_themselves(
        self, unclaimed: Account, known: Account
    ) -> None:
        given(unclaimed).when(claim, known, WATCHES, STRANGERS, LAW).refused("ROLES_APART")
        given(unclaimed).when(attest, SHOWN, BAI, WATCHES, STRANGERS, LAW).refused("ROLES_APART")

    def test_one_that_is_not_used(self, unclaimed: Account, known: Account) -> None:
        stopped = replace(unclaimed, disabled=True)
        for state in (None, stopped):
            given(state).when(claim, known, APPLIES, STRANGERS, LAW).refused("ACCOUNT_DISABLED")
            given(state).when(attest, SHOWN, BAI, APPLIES, STRANGERS, LAW).refused(
                "ACCOUNT_DISABLED"
            )


def test_until_then_it_is_said_what_to_do() -> None:
    refused = not_claimed(LAW, "/account")
    assert (refused.code, refused.pointer) == ("ACCOUNT_UNCLAIMED", "/account")


class TestAttesting:
    """By two officers who saw the holder."""

    def test_two_of_them(self, unclaimed: Account) -> None:
        proposed, attested_ = (
            AttestationProposed(shown=SHOWN),
            HolderAttested(shown=SHOWN, persons=(AN,)),
        )
        given(unclaimed).when(attest, SHOWN, BAI, APPLIES, STRANGERS, LAW).then(proposed)
        begun = attested(unclaimed, BAI)
        assert not begun.claimed
        given(begun).when(attest, SHOWN, CHEN, APPLIES, STRANGERS, LAW).then(attested_)
        whole = attested(begun, CHEN)
        assert whole.claimed
        given(whole).when(attest, SHOWN, DENG, APPLIES, STRANGERS, LAW).then_nothing()

    def test_not_one_human_being_twice(self, unclaimed: Account) -> None:
        begun, humans = attested(unclaimed, BAI), linked((BAI, DENG))
        given(begun).when(attest, SHOWN, BAI, APPLIES, STRANGERS, LAW).refused("TWO_OFFICERS")
        given(begun).when(attest, SHOWN, DENG, APPLIES, humans, LAW).refused("TWO_OFFICERS")

    def test_nobody_their_own(self, unclaimed: Account) -> None:
        given(unclaimed).when(attest, SHOWN, AN, APPLIES, STRANGERS, LAW).refused("OWN_ATTESTATION")
        humans = linked((AN, BAI))
        given(unclaimed).when(attest, SHOWN, BAI, APPLIES, humans, LAW).refused("OWN_ATTESTATION")

    def test_of_every_person_that_they_are(self, unclaimed: Account) -> None:
        humans = linked((AN, DENG))
        begun = attested(unclaimed, BAI)
        both = HolderAttested(shown=SHOWN, persons=(AN, DENG))
        given(begun).when(attest, SHOWN, CHEN, APPLIES, humans, LAW).then(both)
