"""Out of whose hands a secret comes: two persons, neither across from its holder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.account.events import (
    AccountDisabled,
    AccountOpened,
    DisablingProposed,
    IdentityReleased,
    Means,
    Part,
    Role,
    SecretGiven,
)
from domain.account.secret_hands import GiveSecret, Managing, Side, beside, from_two, give, stop
from domain.account.state import Account, Hand, evolve
from domain.actor import AccountActor, SystemActor
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    CHEN,
    DENG,
    GAO,
    LAW,
    SCHOOL,
    STRANGERS,
    account_of,
    linked,
    words,
)
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.refusal import Refusal

REASON = words("遗失")
CODE, BINDING = GiveSecret(means=Means.CODE), GiveSecret(means=Means.ISSUER, issuer="issuer")
NOW, LATER = 1, 2
WATCHING = (Role.AUDITOR, Role.INSPECTOR, Role.SYSTEM_ADMINISTRATOR)


def opened(*roles: Role) -> Account:
    event = AccountOpened(
        person=AN, organisation=SCHOOL, roles=roles, login=words("某登录名"), unclaimed=False
    )
    return evolve(None, event, told("account-an"))


def by(person: str, where: str = BUREAU, **around: object) -> Managing:
    stands: dict[str, object] = {
        "humans": STRANGERS,
        "across": (),
        "employer_only": False,
        "law": LAW,
        **around,
    }
    return Managing(by=Hand(person, where), **stands)  # type: ignore[arg-type]


def through(account: Account, *givings: tuple[str, GiveSecret]) -> Account:
    """The account after secrets were given by persons one after the other."""
    for person, command in givings:
        actor = AccountActor(account_of(person), person, BUREAU, None, None, "-", "password")
        for event in give(account, command, by(person)):
            account = evolve(account, event, told("account-an", actor))
    return account


@pytest.fixture
def an_officials_account() -> Account:
    return opened(Role.OFFICIAL)


class TestGiving:
    """A secret for more than applying comes from two."""

    def test_who_only_applies_is_given_all_of_it_by_one(self) -> None:
        given(opened(Role.APPLICANT)).when(give, CODE, by(BAI)).then(
            SecretGiven(part=Part.WHOLE, means=Means.CODE, issuer=None, reason=None)
        )

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.APPLICANT])
    def test_everybody_else_is_given_a_part_of_it(self, role: Role) -> None:
        account = opened(Role.APPLICANT, role)
        given(account).when(give, CODE, by(BAI)).then(
            SecretGiven(part=Part.FIRST, means=Means.CODE, issuer=None, reason=None)
        )

    def test_what_somebody_uses_already_is_taken_from_them_by_nobody_alone(self) -> None:
        used = replace(opened(Role.APPLICANT), activated=True)
        given(used).when(give, CODE, by(BAI)).then(
            SecretGiven(part=Part.FIRST, means=Means.CODE, issuer=None, reason=None)
        )

    def test_another_person_gives_the_second_part(self, an_officials_account: Account) -> None:
        begun = through(an_officials_account, (BAI, CODE))
        assert not begun.opens
        whole = through(begun, (CHEN, CODE))
        assert whole.opens
        assert [each.person for each in whole.hands(NOW)] == [BAI, CHEN]

    def test_the_same_human_being_begins_again(self, an_officials_account: Account) -> None:
        begun = through(an_officials_account, (BAI, CODE))
        for person, humans in ((BAI, STRANGERS), (DENG, linked((BAI, DENG)))):
            given(begun).when(give, CODE, by(person, humans=humans)).then(
                SecretGiven(part=Part.FIRST, means=Means.CODE, issuer=None, reason=None)
            )

    def test_a_part_of_a_code_does_not_complete_a_binding(
        self, an_officials_account: Account
    ) -> None:
        begun = through(an_officials_account, (BAI, CODE), (CHEN, BINDING))
        assert not begun.opens
        whole = through(begun, (DENG, BINDING))
        assert [each.person for each in whole.hands(NOW)] == [CHEN, DENG]

    def test_what_opened_it_before_stays_until_the_second_part(
        self, an_officials_account: Account
    ) -> None:
        whole = through(an_officials_account, (BAI, CODE), (CHEN, CODE), (DENG, CODE))
        assert [each.person for each in whole.hands(NOW)] == [BAI, CHEN]

    def test_nobody_gives_a_part_of_their_own(self, an_officials_account: Account) -> None:
        given(an_officials_account).when(give, CODE, by(AN)).refused("OWN_SECRET")
        humans = linked((BAI, AN))
        given(an_officials_account).when(give, CODE, by(BAI, humans=humans)).refused("OWN_SECRET")

    def test_who_sits_across_gives_none(self, an_officials_account: Account) -> None:
        across = (Side(BAI, ()),)
        given(an_officials_account).when(give, CODE, by(BAI, across=across)).refused(
            "CODE_FROM_COUNTERPART"
        )

    def test_nobody_gives_to_both_sides(self, an_officials_account: Account) -> None:
        across = (Side(GAO, (BAI, CHEN)),)
        given(an_officials_account).when(give, CODE, by(CHEN, across=across)).refused(
            "ONE_HAND_FOR_BOTH"
        )

    def test_an_employer_does_not_give_both_parts_itself(
        self, an_officials_account: Account
    ) -> None:
        actor = AccountActor(account_of(BAI), BAI, SCHOOL, None, None, "-", "password")
        first = give(an_officials_account, CODE, by(BAI, SCHOOL, employer_only=True))
        begun = evolve(an_officials_account, first[0], told("account-an", actor))
        alone = by(CHEN, SCHOOL, employer_only=True)
        given(begun).when(give, CODE, alone).refused("HAND_FROM_ABOVE")
        assert give(begun, CODE, replace(alone, employer_only=False))
        assert give(begun, CODE, by(CHEN, BUREAU, employer_only=True))

    def test_an_account_that_is_not_used_is_given_none(self) -> None:
        given(None).when(give, CODE, by(BAI)).refused("ACCOUNT_DISABLED")
        stopped = replace(opened(Role.OFFICIAL), disabled=True)
        given(stopped).when(give, CODE, by(BAI)).refused("ACCOUNT_DISABLED")


class TestHands:
    """Whose hands held a secret is remembered as of every moment."""

    def test_at_each_moment_by_what_opened_it_then(self, an_officials_account: Account) -> None:
        account = through(an_officials_account, (BAI, CODE), (CHEN, CODE))
        actor = AccountActor(account_of(GAO), GAO, BUREAU, None, None, "-", "password")
        for person in (DENG, GAO):
            again = SecretGiven(
                part=Part.FIRST if person == DENG else Part.SECOND,
                means=Means.CODE,
                issuer=None,
                reason=REASON,
            )
            giver = replace(actor, person=person)
            account = evolve(account, again, told("account-an", giver, position=LATER))
        assert [each.person for each in account.hands(NOW)] == [BAI, CHEN]
        assert [each.person for each in account.hands(LATER)] == [DENG, GAO]

    def test_a_binding_that_ended_opens_nothing(self, an_officials_account: Account) -> None:
        bound = through(an_officials_account, (BAI, BINDING), (CHEN, BINDING))
        ended = evolve(bound, IdentityReleased(reason=REASON), told("account-an", position=LATER))
        assert bound.opens
        assert not ended.opens
        assert ended.hands(LATER) == ()

    def test_what_the_record_gave_came_from_nobody(self) -> None:
        event = SecretGiven(part=Part.WHOLE, means=Means.CODE, issuer=None, reason=None)
        first = opened(Role.SYSTEM_ADMINISTRATOR)
        first = evolve(first, event, told("account-an", SystemActor("bootstrap")))
        assert first.opens
        assert first.hands(NOW) == ()

    def test_a_seat_wants_a_secret_from_two(self, an_officials_account: Account) -> None:
        assert _codes(from_two(an_officials_account, STRANGERS, LAW)) == ["SECRET_FROM_ONE_HAND"]
        begun = through(an_officials_account, (BAI, CODE))
        assert _codes(from_two(begun, STRANGERS, LAW)) == ["SECRET_FROM_ONE_HAND"]
        whole = through(begun, (CHEN, CODE))
        assert from_two(whole, STRANGERS, LAW) == []
        one_human = linked((BAI, CHEN))
        assert _codes(from_two(whole, one_human, LAW)) == ["SECRET_FROM_ONE_HAND"]

    @pytest.mark.parametrize(
        ("side", "across", "codes"),
        [
            (Side(AN, (BAI, CHEN)), Side(GAO, (DENG,)), []),
            (Side(AN, (GAO,)), Side(GAO, ()), ["CODE_FROM_COUNTERPART"]),
            (Side(AN, ()), Side(GAO, (AN,)), ["CODE_FROM_COUNTERPART"]),
            (Side(AN, (BAI, CHEN)), Side(GAO, (CHEN, DENG)), ["ONE_HAND_FOR_BOTH"]),
        ],
    )
    def test_two_who_sit_across_have_nobody_in_common(
        self, side: Side, across: Side, codes: list[str]
    ) -> None:
        assert _codes(beside(side, [across], STRANGERS, LAW)) == codes

    def test_human_beings_are_compared(self) -> None:
        side, across = Side(AN, (BAI,)), Side(GAO, (DENG,))
        assert _codes(beside(side, [across], linked((BAI, GAO)), LAW)) == ["CODE_FROM_COUNTERPART"]
        assert _codes(beside(side, [across], linked((BAI, DENG)), LAW)) == ["ONE_HAND_FOR_BOTH"]


class TestDisabling:
    """Who watches is not stopped by one alone, and nobody stops who sits across."""

    def test_an_account_is_disabled_once(self, an_officials_account: Account) -> None:
        stopped = AccountDisabled(reason=REASON)
        given(an_officials_account).when(stop, REASON, by(BAI)).then(stopped)
        disabled = evolve(an_officials_account, stopped, told("account-an"))
        assert disabled.disabled
        given(disabled).when(stop, REASON, by(BAI)).then_nothing()
        given(None).when(stop, REASON, by(BAI)).refused("ACCOUNT_DISABLED")

    @pytest.mark.parametrize("role", WATCHING)
    def test_who_watches_is_stopped_by_two(self, role: Role) -> None:
        watcher, proposed = opened(role), DisablingProposed(reason=REASON)
        given(watcher).when(stop, REASON, by(BAI)).then(proposed)
        actor = AccountActor(account_of(BAI), BAI, BUREAU, None, None, "-", "password")
        wanted = evolve(watcher, proposed, told("account-an", actor))
        assert not wanted.disabled
        given(wanted).when(stop, REASON, by(BAI)).refused("TWO_OFFICERS")
        same = by(DENG, humans=linked((BAI, DENG)))
        given(wanted).when(stop, REASON, same).refused("TWO_OFFICERS")
        given(wanted).when(stop, REASON, by(CHEN)).then(AccountDisabled(reason=REASON))

    def test_nobody_stops_who_sits_across(self, an_officials_account: Account) -> None:
        across = by(BAI, across=(Side(BAI, ()),))
        given(an_officials_account).when(stop, REASON, across).refused("OF_A_COUNTERPART")


def _codes(refusals: list[Refusal]) -> list[str]:
    return [each.code for each in refusals]
