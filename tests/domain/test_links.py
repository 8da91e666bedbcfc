"""Two persons of the record turn out to be one human being, by two officers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from domain.person.events import PersonsLinked, PersonsUnlinked
from domain.person.link import (
    ConfirmLink,
    Link,
    LinkConfirmed,
    LinkProposed,
    LinkSevered,
    ProposeLink,
    ProposeSeverance,
    SeveranceProposed,
    confirm,
    evolve,
    propose,
    propose_severance,
    sever,
)
from domain.refusal import Refused
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    CHEN,
    GAO,
    HAN,
    STRANGERS,
    linked,
    words,
)
from tests.domain.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.separation import Humans

FIRST_OFFICER = BUREAU_HANDLER.around.actor
SECOND_OFFICER = BUREAU_LEADER.around.actor
PROPOSE = ProposeLink(
    first=AN, second=BAI, organisation=BUREAU, evidence=words("身份证与护照为同一人")
)
PROPOSED = LinkProposed(**vars(PROPOSE))
CONFIRM = ConfirmLink(organisation=BUREAU)
CONFIRMED = LinkConfirmed(organisation=BUREAU)


@pytest.fixture
def a_proposed_link() -> Link:
    return evolve(None, PROPOSED, told("link-1", FIRST_OFFICER))


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        act()
    return tuple(each.code for each in refusal.value.refusals)


def test_an_officer_proposes_a_link_on_evidence(a_proposed_link: Link) -> None:
    assert propose(PROPOSE, FIRST_OFFICER, STRANGERS) == (PROPOSED,)
    assert a_proposed_link == Link("link-1", AN, BAI, BUREAU, GAO)


def test_a_second_officer_confirms_it_and_both_persons_hear_of_it(a_proposed_link: Link) -> None:
    assert confirm(a_proposed_link, CONFIRM, SECOND_OFFICER, STRANGERS) == (
        (CONFIRMED,),
        PersonsLinked(other=BAI, link="link-1"),
        PersonsLinked(other=AN, link="link-1"),
    )
    confirmed = evolve(a_proposed_link, CONFIRMED, told("link-1", SECOND_OFFICER))
    assert confirmed == Link("link-1", AN, BAI, BUREAU, GAO, confirmed=True)


@pytest.mark.parametrize("humans", [STRANGERS, linked((HAN, GAO))], ids=["account", "document"])
def test_one_officer_does_not_do_both(a_proposed_link: Link, humans: Humans) -> None:
    officer = FIRST_OFFICER if humans is STRANGERS else SECOND_OFFICER
    assert refused(lambda: confirm(a_proposed_link, CONFIRM, officer, humans)) == ("TWO_OFFICERS",)


def test_a_link_is_confirmed_once(a_proposed_link: Link) -> None:
    confirmed = evolve(a_proposed_link, CONFIRMED, told("link-1", SECOND_OFFICER))
    assert refused(lambda: confirm(confirmed, CONFIRM, SECOND_OFFICER, STRANGERS)) == (
        "NO_SUCH_PROPOSAL",
    )


def test_a_link_that_nobody_proposed_is_not_confirmed() -> None:
    assert refused(lambda: confirm(None, CONFIRM, SECOND_OFFICER, STRANGERS)) == (
        "NO_SUCH_PROPOSAL",
    )


@pytest.mark.parametrize(
    "humans",
    [linked((AN, BAI)), linked((AN, CHEN), (CHEN, BAI))],
    ids=["direct", "through a third"],
)
def test_who_is_one_already_is_not_linked_again(humans: Humans) -> None:
    assert refused(lambda: propose(PROPOSE, FIRST_OFFICER, humans)) == ("ALREADY_ONE",)


def test_nobody_is_linked_to_themselves() -> None:
    command = ProposeLink(first=AN, second=AN, organisation=BUREAU, evidence=words("…"))
    assert refused(lambda: propose(command, FIRST_OFFICER, STRANGERS)) == ("ALREADY_ONE",)


@pytest.mark.parametrize("side", [AN, BAI])
def test_nobody_decides_on_a_link_of_their_own_person(a_proposed_link: Link, side: str) -> None:
    assert refused(lambda: propose(PROPOSE, FIRST_OFFICER, linked((GAO, side)))) == ("OWN_AFFAIR",)
    assert refused(
        lambda: confirm(a_proposed_link, CONFIRM, SECOND_OFFICER, linked((HAN, side)))
    ) == ("OWN_AFFAIR",)


def test_a_confirmation_is_refused_for_every_reason_at_once(a_proposed_link: Link) -> None:
    humans = linked((GAO, AN))
    assert refused(lambda: confirm(a_proposed_link, CONFIRM, FIRST_OFFICER, humans)) == (
        "OWN_AFFAIR",
        "TWO_OFFICERS",
    )


def test_a_proposal_is_refused_for_every_reason_at_once() -> None:
    humans = linked((AN, BAI), (BAI, GAO))
    assert refused(lambda: propose(PROPOSE, FIRST_OFFICER, humans)) == (
        "ALREADY_ONE",
        "OWN_AFFAIR",
    )


class TestASeverance:
    """Says that a link was wrong: by two officers again, who are neither of the two."""

    PROPOSE = ProposeSeverance(organisation=BUREAU, evidence=words("指纹不符"))
    PROPOSED = SeveranceProposed(**vars(PROPOSE))
    SEVERED = LinkSevered(organisation=BUREAU)

    @pytest.fixture
    def a_link(self, a_proposed_link: Link) -> Link:
        return evolve(a_proposed_link, CONFIRMED, told("link-1", SECOND_OFFICER))

    @pytest.fixture
    def a_doubted_link(self, a_link: Link) -> Link:
        return evolve(a_link, self.PROPOSED, told("link-1", FIRST_OFFICER))

    def test_is_proposed_of_a_link_that_stands(self, a_link: Link, a_proposed_link: Link) -> None:
        proposed = propose_severance(a_link, self.PROPOSE, FIRST_OFFICER, STRANGERS)
        assert proposed == (self.PROPOSED,)
        for none in (None, a_proposed_link):
            act = partial(propose_severance, none, self.PROPOSE, FIRST_OFFICER, STRANGERS)
            assert refused(act) == ("NO_SUCH_LINK",)

    def test_is_confirmed_by_another_and_both_persons_hear_of_it(
        self, a_doubted_link: Link
    ) -> None:
        assert sever(a_doubted_link, BUREAU, SECOND_OFFICER, STRANGERS) == (
            (self.SEVERED,),
            PersonsUnlinked(other=BAI, link="link-1"),
            PersonsUnlinked(other=AN, link="link-1"),
        )
        severed = evolve(a_doubted_link, self.SEVERED, told("link-1", SECOND_OFFICER))
        act = partial(sever, severed, BUREAU, SECOND_OFFICER, STRANGERS)
        assert refused(act) == ("NO_SUCH_LINK",)

    def test_is_proposed_once(self, a_doubted_link: Link) -> None:
        again = partial(propose_severance, a_doubted_link, self.PROPOSE, SECOND_OFFICER, STRANGERS)
        assert refused(again) == ("SEVERANCE_UNDER_WAY",)

    def test_needs_a_proposal(self, a_link: Link) -> None:
        act = partial(sever, a_link, BUREAU, SECOND_OFFICER, STRANGERS)
        assert refused(act) == ("NO_SUCH_PROPOSAL",)

    def test_is_not_done_by_one_officer_nor_by_who_is_concerned(
        self, a_link: Link, a_doubted_link: Link
    ) -> None:
        one = partial(sever, a_doubted_link, BUREAU, FIRST_OFFICER, STRANGERS)
        assert refused(one) == ("TWO_OFFICERS",)
        concerned = partial(sever, a_doubted_link, BUREAU, SECOND_OFFICER, linked((HAN, AN)))
        assert refused(concerned) == ("OWN_AFFAIR",)
        humans = linked((GAO, BAI))
        proposing = partial(propose_severance, a_link, self.PROPOSE, FIRST_OFFICER, humans)
        assert refused(proposing) == ("OWN_AFFAIR",)
