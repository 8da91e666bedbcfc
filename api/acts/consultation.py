"""Looking at what is guarded: numbers in clear, the integrity record, and as a watcher a case.

Whoever looks says on what ground, and both are recorded before anything is shown (查询留痕).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import LOOK_UP
from api.acts.guard import Row
from api.acts.mandate import about, in_bulk, over_anybody, over_case, over_person
from api.acts.person import PERSON
from api.acts.seats import integrity_seats, objection_seats
from api.acts.stage import CASE
from api.acts.thing import EVERYTHING, RECORD, Thing
from api.problems import Problem
from domain import document
from domain.account.events import Role
from domain.actor import AccountActor
from domain.authority import power
from domain.case.phase import InPublicity, UnderReview
from domain.personal import Personal, Purpose, tells_only
from domain.refusal import Refusal, Refused
from domain.single_events import ConsultationReleased, RecordConsulted

if TYPE_CHECKING:
    from api.acts.account_opening import EnteredDocument
    from api.acts.acting import Acting
    from api.acts.desk import Desk, Events
    from api.office import Office
    from domain.case.state import Case
    from domain.person.state import Person

DOCUMENTS = "documents"
INTEGRITY = "integrity-record"
BLOCK = "integrity-block"
CASE_FILE = "case-file"
DELIVERY = "delivery"
"""What was shown, as the record of a consultation names it."""
_WATCHERS = (Role.AUDITOR, Role.INSPECTOR)


@tells_only("mandate", "case")
@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why somebody looks: a reason in words, a mandate, or the case that is at their seat."""

    reason: str | None = None
    mandate: str | None = None
    case: str | None = None


def look_up(desk: Desk, _caller: Acting, *, persons: tuple[str, ...], ground: Ground) -> Events:
    """Find persons by a document or a name. The look-up is recorded, whomever it found.

    It is about somebody where it found them alone.
    """
    found = told_of(desk, persons, ground)
    subject = found[0] if len(found) == 1 else ""
    if ground.mandate is None:
        said = _reason(desk, subject or None, ground)
    else:
        said = over_anybody(desk, ground.mandate).document
    return put_on_record(desk, subject, LOOK_UP, ground.mandate, said)


def told_of(desk: Desk, persons: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    """Those of some persons that were found of whom it is told.

    Of somebody whom the mandate is not about it is told neither that they are known nor not.
    """
    if ground.mandate is None:
        return persons
    mandate = over_anybody(desk, ground.mandate)
    return tuple(each for each in persons if about(desk, mandate.scope, each))


def person_of(office: Office, acting: Acting, entered: EnteredDocument) -> str | None:
    """The person to whom a document belongs, or None."""
    read = document.read(entered.kind, entered.number, acting.today)
    return office.record.person_of(read.kind.value, read.number)


def unmask(desk: Desk, person: Person, *, ground: Ground) -> Events:
    """Let the caller see a person's document numbers in clear."""
    return _about(desk, person, DOCUMENTS, ground)


def consult_person(desk: Desk, person: Person, *, ground: Ground) -> Events:
    """Let the caller see the integrity record of a person.

    A reviewer, who is neither inspector, auditor nor integrity officer, learns only whether
    there is a block.
    """
    extent = INTEGRITY if sees_records(desk, person.person) else BLOCK
    return _about(desk, person, extent, ground)


def consult_all(desk: Desk, _caller: Acting, *, ground: Ground) -> Events:
    """Let the caller see the integrity record of all in their charge, if that is their office.

    As a watcher, under a mandate, and of those whom it is about.
    """
    if not sees_records(desk):
        raise Problem("FORBIDDEN")
    if not desk.acting.has(_WATCHERS):
        return put_on_record(desk, "", INTEGRITY, None, _reason(desk, None, ground))
    mandate, _ = in_bulk(desk, ground.mandate)
    return put_on_record(desk, "", INTEGRITY, ground.mandate, mandate.document)


def consult_case(desk: Desk, case: Case, *, ground: Ground) -> Events:
    """Let the caller, who watches, see the words and the files of a case for the session."""
    if ground.mandate is None:
        said = _reason(desk, case.applicant, ground)
    else:
        said = over_case(desk, ground.mandate, case).document
    return put_on_record(desk, case.case, CASE_FILE, ground.mandate, said)


def release(desk: Desk, consulted: Consulted) -> Events:
    """Let whom a consultation was about know of it, as somebody of the organisation that looked."""
    if not (desk.acting.has(_WATCHERS) or objection_seats(desk)):
        raise Problem("FORBIDDEN")
    if consulted.open:
        raise Refused(
            Refusal(
                "CONSULTATION_OPEN",
                "该次查询不属于依法不公开，或者已经公开。",
                "This consultation is not withheld, or was released already.",
            )
        )
    return (ConsultationReleased(),)


def sees_records(desk: Desk, *persons: str) -> bool:
    """Whether the caller's office is about integrity records, of these persons if any are named.

    Others see of somebody beneath them no more than whether there is a block.
    """
    acting = desk.acting
    if acting.has(_WATCHERS):
        return bool(relation.watched_areas(desk))
    if Role.OFFICIAL not in acting.roles or not integrity_seats(desk):
        return False
    return competence.covers_persons(desk, power.INTEGRITY, *persons)


def dealt_with(desk: Desk) -> tuple[str, ...] | None:
    """Over which areas the caller's office is about integrity records; None for who watches."""
    return None if desk.acting.has(_WATCHERS) else competence.dealt_with(desk, power.INTEGRITY)


@dataclass(frozen=True)
class Consulted:
    """A consultation: by whose organisation, and whether whom it is about may know of it."""

    organisation: str | None
    open: bool


def _find(desk: Desk, name: str) -> Consulted | None:
    """A consultation by its id; None for a stream of another kind."""
    found = None
    for one in desk.history(name).recorded:
        if isinstance(one.event, RecordConsulted):
            found = Consulted(getattr(one.actor, "organisation", None), not one.event.withheld)
        elif found is not None and isinstance(one.event, ConsultationReleased):
            found = replace(found, open=True)
    return found


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


def _about(desk: Desk, person: Person, extent: str, ground: Ground) -> tuple[RecordConsulted]:
    """Who looks at whom, and on what ground."""
    if ground.mandate is None:
        said = _reason(desk, person.person, ground)
    else:
        said = over_person(desk, ground.mandate, person.person).document
    return put_on_record(desk, person.person, extent, ground.mandate, said)


def put_on_record(
    desk: Desk, subject: str, extent: str, mandate: str | None, said: str
) -> tuple[RecordConsulted]:
    """A look that is on record; kept from whom it is about where who watches or investigates looks.

    No ``subject``: at everybody in one's charge, or at nobody who is known.
    """
    reader = desk.acting.actor.person
    return (
        RecordConsulted(
            subject=subject,
            extent=extent,
            mandate=mandate,
            reason=Personal(said, reader, Purpose.OFFICIAL),
            withheld=desk.acting.has(_WATCHERS) or bool(objection_seats(desk)),
        ),
    )


def _reason(desk: Desk, person: str | None, ground: Ground) -> str:
    if ground.reason is not None:
        return ground.reason
    case = None if ground.case is None else desk.case(ground.case)
    if case is None or person is None or not _at_hand(desk, case, person):
        raise Problem("GROUND_MISSING")
    return case.number


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


LOOK_UP_PERSON = Row(RECORD, Act.LOOK_UP_PERSON, look_up, begins=RecordConsulted, changes=False)
UNMASK = Row(PERSON, Act.UNMASK_PERSON, unmask, begins=RecordConsulted, changes=False)
CONSULT = Row(
    replace(PERSON, reading=Act.READ_INTEGRITY),
    Act.READ_INTEGRITY,
    consult_person,
    begins=RecordConsulted,
    changes=False,
)
CONSULT_CASE = Row(CASE, Act.CONSULT_CASE, consult_case, begins=RecordConsulted, changes=False)
CONSULT_ALL = Row(
    EVERYTHING, Act.READ_INTEGRITY, consult_all, begins=RecordConsulted, changes=False
)


def _stands(desk: Desk, consulted: Consulted) -> set[Relation]:
    relations = set[Relation]()
    if consulted.organisation is not None:
        relations |= relation.to_office(desk, consulted.organisation)
    return relations


CONSULTATION = Thing(find=_find, stands=_stands, reading=Act.RELEASE_CONSULTATION)
RELEASE = Row(CONSULTATION, Act.RELEASE_CONSULTATION, release, changes=False)
