"""A document bound to the wrong person is bound to the right one, by two officers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from domain.actor import TIMEKEEPER
from domain.person.binding_correction import (
    Binding,
    Rebinding,
    RebindingConfirmed,
    RebindingProposed,
    confirm,
    evolve,
    propose,
)
from domain.person.events import BindingCorrected, DocumentBound, PersonRegistered
from domain.person.state import Person, PersonEvent
from domain.person.state import evolve as evolve_person
from domain.refusal import Refused
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    GAO,
    HAN,
    LIU,
    STRANGERS,
    linked,
    words,
)
from tests.domain.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_OFFICER = BUREAU_HANDLER.around.actor
SECOND_OFFICER = BUREAU_LEADER.around.actor
NUMBER = words("证件号", owner=BAI)
PROPOSED = RebindingProposed(
    kind="passport",
    number=NUMBER,
    holder=AN,
    rightful=BAI,
    name=None,
    organisation=BUREAU,
    evidence=words("原件", owner=BAI),
)
CONFIRMED = RebindingConfirmed(organisation=BUREAU)
BOUND = Binding(2, (LIU,))
CORRECTED = BindingCorrected(kind="passport", bound=2, rightful=BAI, correction="rebinding-1")


@pytest.fixture
def a_proposal() -> Rebinding:
    return evolve(None, PROPOSED, told("rebinding-1", FIRST_OFFICER))


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        act()
    return tuple(each.code for each in refusal.value.refusals)


def test_an_officer_proposes_it_on_evidence(a_proposal: Rebinding) -> None:
    assert propose(PROPOSED, FIRST_OFFICER, STRANGERS) == (PROPOSED,)
    assert a_proposal == Rebinding("rebinding-1", PROPOSED, GAO)


def test_a_second_officer_confirms_it_and_both_persons_hear_of_it(a_proposal: Rebinding) -> None:
    assert confirm(a_proposal, BOUND, BUREAU, SECOND_OFFICER, STRANGERS) == (
        CONFIRMED,
        CORRECTED,
        DocumentBound(kind="passport", number=NUMBER, as_entered=None, held_before=(LIU, AN)),
    )
    confirmed = evolve(a_proposal, CONFIRMED, told("rebinding-1", SECOND_OFFICER))
    for none in (None, confirmed):
        act = partial(confirm, none, BOUND, BUREAU, SECOND_OFFICER, STRANGERS)
        assert refused(act) == ("NO_SUCH_PROPOSAL",)


def test_a_document_is_not_moved_to_who_has_it() -> None:
    command = replace(PROPOSED, rightful=LIU)
    assert refused(partial(propose, command, FIRST_OFFICER, linked((AN, LIU)))) == ("ALREADY_ONE",)


def test_one_officer_does_not_do_both(a_proposal: Rebinding) -> None:
    for officer, humans in ((FIRST_OFFICER, STRANGERS), (SECOND_OFFICER, linked((HAN, GAO)))):
        act = partial(confirm, a_proposal, BOUND, BUREAU, officer, humans)
        assert refused(act) == ("TWO_OFFICERS",)


@pytest.mark.parametrize("side", [AN, BAI])
def test_nobody_corrects_a_document_of_their_own(a_proposal: Rebinding, side: str) -> None:
    assert refused(partial(propose, PROPOSED, FIRST_OFFICER, linked((GAO, side)))) == (
        "OWN_AFFAIR",
    )
    act = partial(confirm, a_proposal, BOUND, BUREAU, SECOND_OFFICER, linked((HAN, side)))
    assert refused(act) == ("OWN_AFFAIR",)


def test_the_holder_has_the_document_no_more() -> None:
    person: Person | None = None
    history: tuple[PersonEvent, ...] = (
        PersonRegistered(name=words("某人")),
        DocumentBound(kind="passport", number=NUMBER, as_entered=None),
        DocumentBound(kind="resident_identity_card", number=NUMBER, as_entered=None),
        CORRECTED,
    )
    for version, event in enumerate(history, start=1):
        person = evolve_person(person, event, told(AN, TIMEKEEPER, version))
    assert person is not None
    assert person.documents == ("resident_identity_card",)
    assert person.held_before == ((),)
