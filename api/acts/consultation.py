"""Looking at what is guarded: document numbers in clear, and the integrity record.

Whoever looks says on what ground, and both are recorded before anything is shown (查询留痕).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import competence, standing
from api.acts.desk import LOOK_UP
from api.acts.guard import Row
from api.acts.person import PERSON
from api.acts.thing import EVERYTHING, RECORD
from api.problems import Problem
from domain import document
from domain.account.events import Role
from domain.actor import AccountActor
from domain.authority import power
from domain.case.phase import InPublicity, UnderReview
from domain.mandate import MandateRecorded, record, rely_on
from domain.notes import RecordConsulted
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from datetime import date

    from api.acts.account import EnteredDocument
    from api.acts.acting import Acting
    from api.acts.desk import Desk, Events
    from api.office import Office
    from domain.case.state import Case
    from domain.person.state import Person

DOCUMENTS = "documents"
INTEGRITY = "integrity-record"
BLOCK = "integrity-block"
"""What was shown, as the record of a consultation names it."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why somebody looks: a reason in words, a mandate, or the case that is at their seat."""

    reason: str | None = None
    mandate: str | None = None
    case: str | None = None

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return f"Ground(mandate={self.mandate!r}, case={self.case!r}, …)"


def record_mandate(
    desk: Desk, _caller: Acting, *, document: str, persons: tuple[str, ...], expires_on: date
) -> Events:
    """Record the document under which one looks things up, with its scope and last day."""
    if any(desk.person(each) is None for each in persons):
        raise Problem("PERSON_UNKNOWN")
    mandate = MandateRecorded(document=document, persons=persons, expires_on=expires_on)
    return record(mandate, desk.acting.today)


def look_up(desk: Desk, _caller: Acting, *, person: str | None, ground: Ground) -> Events:
    """Find a person by an identity document. The look-up is recorded, found or not."""
    return _consulted(desk, person, LOOK_UP, ground)


def person_of(office: Office, acting: Acting, entered: EnteredDocument) -> str | None:
    """The person to whom a document belongs, or None."""
    read = document.read(entered.kind, entered.number, acting.today)
    return office.record.person_of(read.kind.value, read.number)


def unmask(desk: Desk, person: Person, *, ground: Ground) -> Events:
    """Let the caller see a person's document numbers in clear."""
    return _consulted(desk, person.person, DOCUMENTS, ground)


def consult_person(desk: Desk, person: Person, *, ground: Ground) -> Events:
    """Let the caller see the integrity record of a person.

    A reviewer, who is neither inspector, auditor nor integrity officer, learns only whether
    there is a block.
    """
    extent = INTEGRITY if sees_records(desk, person.person) else BLOCK
    return _consulted(desk, person.person, extent, ground)


def consult_all(desk: Desk, _caller: Acting, *, ground: Ground) -> Events:
    """Let the caller see the integrity record of all whom they watch, if that is their office."""
    if not sees_records(desk):
        raise Problem("FORBIDDEN")
    return _consulted(desk, None, INTEGRITY, ground)


def sees_records(desk: Desk, *persons: str) -> bool:
    """Whether the caller's office is about integrity records, of these persons if any are named.

    Others see of somebody beneath them no more than whether there is a block.
    """
    acting = desk.acting
    if acting.has((Role.AUDITOR, Role.INSPECTOR)):
        return bool(standing.watched_areas(desk))
    if Role.OFFICIAL not in acting.roles or not standing.integrity_seats(desk):
        return False
    return competence.covers_persons(desk, power.INTEGRITY, *persons)


def opened(office: Office, acting: Acting, consultation: str) -> RecordConsulted:
    """The consultation that the caller recorded in the present session.

    Raises the problem ``REASON_REQUIRED`` (403) for any other.
    """
    for one in office.record.load(consultation).recorded:
        own = isinstance(one.actor, AccountActor) and (one.actor.account, one.actor.sign_in) == (
            acting.actor.account,
            acting.actor.sign_in,
        )
        if own and isinstance(one.event, RecordConsulted):
            return one.event
    raise Problem("REASON_REQUIRED")


def _consulted(
    desk: Desk, person: str | None, extent: str, ground: Ground
) -> tuple[RecordConsulted]:
    """Who looks at whom (None: at everybody in their charge), and on what ground."""
    reader = desk.acting.actor.person
    words = Personal(_words(desk, person, ground), reader, Purpose.OFFICIAL)
    return (
        RecordConsulted(subject=person or "", extent=extent, mandate=ground.mandate, reason=words),
    )


def _words(desk: Desk, person: str | None, ground: Ground) -> str:
    if ground.mandate is not None:
        mandate = _own_mandate(desk, ground.mandate)
        humans = desk.humans([] if person is None else [person])
        rely_on(mandate, person, desk.acting.today, humans)
        assert mandate is not None
        return mandate.document
    if ground.reason is not None:
        return ground.reason
    case = None if ground.case is None else desk.case(ground.case)
    if case is None or person is None or not _at_hand(desk, case, person):
        raise Problem("GROUND_MISSING")
    return case.number


def _own_mandate(desk: Desk, mandate: str) -> MandateRecorded | None:
    """The mandate that the caller recorded, through whatever account; None for any other."""
    for one in desk.history(mandate).recorded:
        if isinstance(one.event, MandateRecorded) and isinstance(one.actor, AccountActor):
            own = standing.same_human(desk, one.actor.person)
            return one.event if own else None
    return None


def _at_hand(desk: Desk, case: Case, person: str) -> bool:
    """Whether the case is that person's, and at a seat which the caller holds or fills."""
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        return False
    if not desk.humans([person]).same(person, case.applicant):
        return False
    acting, stage = desk.acting, case.stage(case.phase.stage)
    account = acting.actor.account
    if any((s.stage, s.account) == (stage.stage, account) for s in case.substitutes):
        return True
    seats = desk.seats(stage.organisation)
    return any(seats.holder(account, seat, acting.today) for seat in stage.seats)


MANDATE = Row(RECORD, Act.RECORD_MANDATE, record_mandate, begins=MandateRecorded, changes=False)
LOOK_UP_PERSON = Row(RECORD, Act.LOOK_UP_PERSON, look_up, begins=RecordConsulted, changes=False)
UNMASK = Row(PERSON, Act.UNMASK_PERSON, unmask, begins=RecordConsulted, changes=False)
CONSULT = Row(
    replace(PERSON, reading=Act.READ_INTEGRITY),
    Act.READ_INTEGRITY,
    consult_person,
    begins=RecordConsulted,
    changes=False,
)
CONSULT_ALL = Row(
    EVERYTHING, Act.READ_INTEGRITY, consult_all, begins=RecordConsulted, changes=False
)
