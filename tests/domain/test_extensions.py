"""Extensions of a window before filing: two persons of the authority, for whom belongs to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from api.law import packs
from domain.actor import AccountActor
from domain.organisation.seats import Appointment, Officer, Seats
from domain.organisation.window_extension import (
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionProposed,
    ProposeExtension,
    Windows,
    decide_extension,
    evolve,
    propose_extension,
)
from domain.personal import Personal, Purpose
from domain.separation import Humans
from domain.shared_collections import Ledger
from tests.domain.given import given
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.policy.law import Law

TODAY = date(2024, 11, 22)
REASON = Personal("系统故障", "person-1", Purpose.OFFICIAL)
PROPOSE = ProposeExtension(
    extension="extension-1",
    window="B2",
    until=date(2024, 11, 27),
    employer=None,
    person=None,
    reason=REASON,
    beneath=True,
)
HANDLER = AccountActor("account-1", "person-1", "organisation-1", None, None, "s", "password")


@pytest.fixture(scope="module")
def law() -> Law:
    """A notice whose second window closed on 20 November 2024; its county bureau decides."""
    return packs.load("xunwu-2024")


BUREAU = frozenset({"county_hr"})
"""What the county's bureau is."""

SEATS = Seats(
    "organisation-1",
    Ledger.of(
        (
            "appointment-1",
            Appointment("appointment-1", "handler", "person-1", "account-1", TODAY),
        ),
        (
            "appointment-2",
            Appointment("appointment-2", "leader", "person-2", "account-2", TODAY),
        ),
    ),
)
"""The bureau's handler is person-1, its leader person-2."""


def officer(number: int, humans: Humans | None = None) -> Officer:
    return Officer(
        person=f"person-{number}",
        account=f"account-{number}",
        seats=SEATS,
        humans=humans or Humans({}),
        today=TODAY,
    )


def proposed(bodies: frozenset[str], law: Law, **members: object) -> Windows:
    """The bureau's windows after its handler proposed an extension."""
    command = replace(PROPOSE, **members)  # type: ignore[arg-type] # fields of the command
    (event,) = propose_extension(bodies, command, officer(1), law)
    return evolve(None, event, told("windows-1", HANDLER))


def test_the_handler_proposes_and_the_leader_grants(law: Law) -> None:
    given(BUREAU).when(propose_extension, PROPOSE, officer(1), law).then(
        ExtensionProposed(
            extension="extension-1",
            pack=law.id,
            digest=law.digest,
            window="B2",
            until=date(2024, 11, 27),
            employer=None,
            person=None,
            reason=REASON,
        )
    )
    waiting = proposed(BUREAU, law)
    given(waiting).when(
        decide_extension, "extension-1", officer(2), law, grant=True, document="某号"
    ).then(ExtensionGranted(extension="extension-1", granted_on=TODAY, document="某号"))
    given(waiting).when(
        decide_extension, "extension-1", officer(2), law, grant=False, document=None
    ).then(ExtensionDeclined(extension="extension-1", declined_on=TODAY))


def test_it_is_later_than_the_window_and_not_over(law: Law) -> None:
    for until in (date(2024, 11, 20), date(2024, 11, 21)):
        command = replace(PROPOSE, until=until)
        given(BUREAU).when(propose_extension, command, officer(1), law).refused_at(
            "EXTENSION_NOT_LATER", "/until"
        )
    waiting = proposed(BUREAU, law)
    late = replace(officer(2), today=date(2024, 11, 28))
    given(waiting).when(
        decide_extension, "extension-1", late, law, grant=True, document=None
    ).refused("EXTENSION_NOT_LATER")


def test_every_reason_against_a_proposal_is_told(law: Law) -> None:
    command = replace(PROPOSE, window="B9", person="person-2", beneath=False)
    given(frozenset[str]()).when(propose_extension, command, officer(2), law).refused(
        "NOT_ABOVE", "NOT_IN_SEAT", "NOT_BENEATH", "OWN_AFFAIR", "UNKNOWN_WINDOW"
    )


def test_the_same_human_does_not_grant_what_they_proposed(law: Law) -> None:
    one = Humans({"person-1": frozenset({"person-2"}), "person-2": frozenset({"person-1"})})
    given(proposed(BUREAU, law)).when(
        decide_extension, "extension-1", officer(2, one), law, grant=True, document=None
    ).refused("SAME_REVIEWER")


def test_nobody_grants_it_to_themselves(law: Law) -> None:
    given(proposed(BUREAU, law, person="person-2")).when(
        decide_extension, "extension-1", officer(2), law, grant=True, document=None
    ).refused("OWN_AFFAIR")


def test_it_is_decided_once(law: Law) -> None:
    granted = ExtensionGranted(extension="extension-1", granted_on=TODAY, document=None)
    after = evolve(proposed(BUREAU, law), granted, told("windows-1", HANDLER))
    given(after).when(
        decide_extension, "extension-1", officer(2), law, grant=True, document=None
    ).refused("PROPOSAL_FIRST")
    (extension,) = after.extensions
    assert extension.holds_for(law.id, "organisation-2", ["person-9"])
    assert not extension.holds_for("another", "organisation-2", ["person-9"])
    narrow = replace(extension, employer="organisation-3", person="person-9")
    assert not narrow.holds_for(law.id, "organisation-2", ["person-9"])
    assert not narrow.holds_for(law.id, "organisation-3", ["person-8"])
    assert narrow.holds_for(law.id, "organisation-3", ["person-9"])
