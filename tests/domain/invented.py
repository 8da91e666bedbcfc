"""An invented law, invented people, and the organisations in which they act.

An applicant of a school, An, whose case passes the school, a department and a bureau; at each
a handler and a leader.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar

from domain.account.state import Account
from domain.actor import AccountActor
from domain.case.circumstances import Circumstances
from domain.organisation.events import Kind, Ownership
from domain.organisation.seats import Appointment, Seats
from domain.organisation.state import Organisation
from domain.personal import Personal, Purpose
from domain.refusal import Citation
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER, Humans
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOON = datetime(2024, 10, 15, 4, 0, tzinfo=UTC)
"""Noon in Beijing, on the day of these tests."""
TODAY = date(2024, 10, 15)

SCHOOL = "organisation-school"
DEPARTMENT = "organisation-department"
BUREAU = "organisation-bureau"

AN = "person-an"
"""The applicant."""
BAI, CHEN = "person-bai", "person-chen"
"""Handler and leader of the school."""
DENG, FANG = "person-deng", "person-fang"
"""Handler and leader of the department."""
GAO, HAN = "person-gao", "person-han"
"""Handler and leader of the bureau."""
JIN, KONG = "person-jin", "person-kong"
"""Integrity handler and integrity leader of the bureau."""
LIU = "person-liu"
"""Somebody who holds no seat."""

STRANGERS = Humans({})
"""Nobody is anybody else."""


def linked(*pairs: tuple[str, str]) -> Humans:
    """Persons of the record who turned out, pair by pair, to be one human being."""
    known: dict[str, frozenset[str]] = {}
    for one, other in pairs:
        known[one] = known.get(one, frozenset()) | {other}
        known[other] = known.get(other, frozenset()) | {one}
    return Humans(known)


class InventedLaw:
    """Cites an invented rule for every code, so that a test can see whose rule it was."""

    rules: ClassVar[Mapping[str, object]] = {
        f"ZZ-{number}": "虚构的规定" for number in range(1, 20)
    }

    def behind(self, code: str) -> tuple[Citation, ...]:
        """One invented citation, named after the code."""
        return (Citation(f"ZZ-{code}", "甲条", "虚构的规定", "invented-2024"),)

    def cite(self, *rule_ids: str) -> tuple[Citation, ...]:
        """The invented words of each."""
        return tuple(Citation(each, "甲条", "虚构的规定", "invented-2024") for each in rule_ids)


LAW = InventedLaw()


def words(text: str, owner: str = AN, purpose: Purpose = Purpose.APPLICANT) -> Personal:
    """Words about somebody; the applicant, where nothing else is said."""
    return Personal(text, owner, purpose)


def account_of(person: str) -> str:
    """The first account of a person."""
    return person.replace("person", "account")


class Unhanded(dict[str, Account]):
    """Accounts whose secrets came from nobody, whichever is asked for."""

    def __missing__(self, account: str) -> Account:
        """The account, of the person of the same name."""
        return Account(account, account.replace("account", "person"), None, frozenset())


def appointment(person: str, seat: str, effective_on: date = TODAY) -> Appointment:
    """An open appointment of a person through their first account."""
    return Appointment(f"appointment-{seat}", seat, person, account_of(person), effective_on)


def organisation(name: str) -> Organisation:
    """An organisation."""
    return Organisation(
        organisation=name,
        name="某单位",
        kind=Kind.PUBLIC_INSTITUTION,
        ownership=Ownership.STATE,
        level="county",
        area="甲省/乙市/丙县",
        traits=(),
        superior=None,
        bureau=None,
    )


def _held(appointments: Iterable[Appointment]) -> Ledger[str, Appointment]:
    return Ledger.of(*((each.appointment, each) for each in appointments))


@dataclass(frozen=True)
class House:
    """An organisation and who sits in its seats."""

    organisation: Organisation
    seats: Seats


def house(name: str, *appointments: Appointment) -> House:
    """An organisation with these open appointments."""
    return House(organisation(name), Seats(name, _held(appointments)))


_SCHOOL = house(SCHOOL, appointment(BAI, HANDLER), appointment(CHEN, LEADER))
_DEPARTMENT = house(DEPARTMENT, appointment(DENG, HANDLER), appointment(FANG, LEADER))
_BUREAU = house(
    BUREAU,
    appointment(GAO, HANDLER),
    appointment(HAN, LEADER),
    appointment(JIN, INTEGRITY_HANDLER),
    appointment(KONG, INTEGRITY_LEADER),
)


@dataclass(frozen=True)
class Office:
    """Somebody in their seat, ready to act; ``around`` is what they act in."""

    around: Circumstances

    def through(self, account: str) -> Circumstances:
        """The same person through another of their accounts."""
        return replace(self.around, actor=replace(self.around.actor, account=account))

    def at(self, instant: datetime) -> Circumstances:
        """The same office at another instant."""
        return replace(self.around, at=instant)

    def knowing(self, humans: Humans) -> Circumstances:
        """The same office when it is known who is one human being."""
        return replace(self.around, humans=humans)

    def within(self, *appointments: Appointment) -> Circumstances:
        """The same actor while the organisation has other appointments."""
        changed = replace(self.around.seats, appointments=_held(appointments))
        return replace(self.around, seats=changed)


def person_at(person: str, at: House, seat: str) -> Office:
    """A person who asks to act in a seat of an organisation, whether they hold it or not."""
    actor = AccountActor(
        account=account_of(person),
        person=person,
        organisation=at.seats.organisation,
        seat=seat,
        appointment=None,
        sign_in="sign-in",
        method="password",
    )
    return Office(
        Circumstances(
            actor=actor,
            at=NOON,
            humans=STRANGERS,
            organisation=at.organisation,
            seats=at.seats,
            law=LAW,
            outcome_label="认定",
            secrets=Unhanded(),
        )
    )


SCHOOL_HANDLER = person_at(BAI, _SCHOOL, HANDLER)
SCHOOL_LEADER = person_at(CHEN, _SCHOOL, LEADER)
DEPARTMENT_HANDLER = person_at(DENG, _DEPARTMENT, HANDLER)
DEPARTMENT_LEADER = person_at(FANG, _DEPARTMENT, LEADER)
BUREAU_HANDLER = person_at(GAO, _BUREAU, HANDLER)
BUREAU_LEADER = person_at(HAN, _BUREAU, LEADER)
INTEGRITY_HANDLER_OF_BUREAU = person_at(JIN, _BUREAU, INTEGRITY_HANDLER)
INTEGRITY_LEADER_OF_BUREAU = person_at(KONG, _BUREAU, INTEGRITY_LEADER)
SOMEBODY_AT_SCHOOL = person_at(LIU, _SCHOOL, HANDLER)
