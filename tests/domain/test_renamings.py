"""A person's name changes by a document and two officers; what was done keeps the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from domain.actor import TIMEKEEPER
from domain.person.events import NameProof, PersonErased, PersonRegistered, PersonRenamed
from domain.person.naming import names
from domain.person.person_renaming import (
    Renaming,
    RenamingConfirmed,
    RenamingProposed,
    confirm,
    evolve,
    propose,
)
from domain.person.state import Person
from domain.person.state import evolve as evolve_person
from domain.personal import Purpose
from domain.refusal import Refused
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    GAO,
    HAN,
    STRANGERS,
    TODAY,
    linked,
    words,
)
from tests.domain.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from domain.person.state import PersonEvent

FIRST_OFFICER = BUREAU_HANDLER.around.actor
SECOND_OFFICER = BUREAU_LEADER.around.actor
REGISTERED = PersonRegistered(name=words("安旧"))
PROPOSED = RenamingProposed(
    person=AN,
    name=words("安新"),
    replaces=1,
    proof=NameProof.HOUSEHOLD_REGISTER,
    number=words("证号"),
    effective_on=TODAY,
    organisation=BUREAU,
)
CONFIRMED = RenamingConfirmed(organisation=BUREAU)
RENAMED = PersonRenamed(
    name=words("安新"),
    proof=NameProof.HOUSEHOLD_REGISTER,
    number=words("证号"),
    effective_on=TODAY,
    late_entry=False,
    renaming="renaming-1",
)
ERASED = PersonErased(erasure="erasure-1", purposes=(Purpose.OFFICIAL,), keys=())
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def person(*happened: PersonEvent) -> Person:
    known: Person | None = None
    for version, event in enumerate((REGISTERED, *happened), start=1):
        known = evolve_person(known, event, told(AN, TIMEKEEPER, version))
    assert known is not None
    return known


@pytest.fixture
def a_proposal() -> Renaming:
    return evolve(None, PROPOSED, told("renaming-1", FIRST_OFFICER))


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        act()
    return tuple(each.code for each in refusal.value.refusals)


def proposing(command: RenamingProposed, known: Person, **said: bool) -> Callable[[], object]:
    asked = {"same": False, **said}
    return partial(propose, command, known, TODAY, FIRST_OFFICER, STRANGERS, **asked)


def test_an_officer_proposes_it(a_proposal: Renaming) -> None:
    assert proposing(PROPOSED, person())() == (PROPOSED,)
    assert a_proposal == Renaming("renaming-1", PROPOSED, GAO)


def test_all_that_stands_against_it_is_said_at_once() -> None:
    ahead = replace(PROPOSED, effective_on=TOMORROW)
    act = proposing(ahead, person(ERASED), same=True)
    assert refused(act) == ("NAME_ERASED", "NOTHING_CHANGES", "OCCURRED_LATER")
    before = replace(PROPOSED, effective_on=YESTERDAY)
    assert refused(proposing(before, person(RENAMED))) == ("DAY_OF_CHANGE",)
    assert proposing(PROPOSED, person(RENAMED))() == (PROPOSED,)


def test_a_second_officer_confirms_it_once(a_proposal: Renaming) -> None:
    def act(proposal: Renaming, today: date = TODAY) -> object:
        return confirm(proposal, person(), BUREAU, today, SECOND_OFFICER, STRANGERS)

    assert act(a_proposal) == (CONFIRMED, RENAMED)
    assert act(a_proposal, TOMORROW) == (CONFIRMED, replace(RENAMED, late_entry=True))
    confirmed = evolve(a_proposal, CONFIRMED, told("renaming-1", SECOND_OFFICER))
    assert refused(partial(act, confirmed)) == ("NO_SUCH_PROPOSAL",)


@pytest.mark.parametrize("meanwhile", [RENAMED, ERASED])
def test_it_falls_with_the_name_that_it_was_to_replace(
    a_proposal: Renaming, meanwhile: PersonEvent
) -> None:
    known = person(meanwhile)
    act = partial(confirm, a_proposal, known, BUREAU, TODAY, SECOND_OFFICER, STRANGERS)
    assert refused(act) == ("NO_SUCH_PROPOSAL",)


def test_one_officer_does_not_do_both(a_proposal: Renaming) -> None:
    for officer, humans in ((FIRST_OFFICER, STRANGERS), (SECOND_OFFICER, linked((HAN, GAO)))):
        act = partial(confirm, a_proposal, person(), BUREAU, TODAY, officer, humans)
        assert refused(act) == ("TWO_OFFICERS",)


def test_nobody_changes_a_name_of_their_own(a_proposal: Renaming) -> None:
    first = partial(propose, PROPOSED, person(), TODAY, FIRST_OFFICER, same=False)
    second = partial(confirm, a_proposal, person(), BUREAU, TODAY, SECOND_OFFICER)
    assert refused(partial(first, humans=linked((GAO, AN)))) == ("OWN_AFFAIR",)
    assert refused(partial(second, humans=linked((HAN, AN)))) == ("OWN_AFFAIR",)


def test_the_last_name_is_the_present_one_whoever_can_still_read_it() -> None:
    assert [each.text for each in names((REGISTERED, RENAMED))] == ["安旧", "安新"]
    bare = replace(RENAMED, name=replace(words("安新"), text=None))
    assert person(RENAMED) == person(bare)
    assert (person(RENAMED).named, person(RENAMED).renamed_on) == (2, TODAY)
