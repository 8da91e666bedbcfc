"""Looking at what is guarded: document numbers in clear, and the integrity record.

Whoever looks says on what ground, and both are recorded before anything is shown (查询留痕).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, permitted
from api.acts import standing
from api.acts.registers import to_person
from api.identifiers import new_stream
from api.problems import Problem
from domain import document
from domain.account.events import Role
from domain.actor import AccountActor
from domain.case.phase import InPublicity, UnderReview
from domain.mandate import MandateRecorded, record, rely_on
from domain.notes import RecordConsulted
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from api.access import Relation
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.document import DocumentKind

DOCUMENTS = "documents"
INTEGRITY = "integrity-record"
BLOCK = "integrity-block"
LOOK_UP = "look-up"
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


class Consulting:
    """The use cases of looking."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record_mandate(self, acting: Acting, mandate: MandateRecorded) -> Answer:
        """Put the document on record under which the caller will look things up."""
        stream = new_stream("mandate", acting.at)

        def think(deliberation: Deliberation) -> None:
            if not permitted(Act.RECORD_MANDATE, acting.roles, ()):
                raise Problem("FORBIDDEN")
            if any(deliberation.person(each) is None for each in mandate.persons):
                raise Problem("PERSON_UNKNOWN")
            deliberation.write(stream, *record(mandate, acting.today))

        return self._desk.act(acting, think)

    def look_up(
        self, acting: Acting, kind: DocumentKind, number: str, ground: Ground
    ) -> tuple[str | None, Answer]:
        """The person to whom a document belongs, or None; the look-up itself is recorded."""
        read = document.read(kind, number, acting.today)
        person = self._desk.record.person_of(read.kind.value, read.number)
        stream = new_stream("consultation", acting.at)

        def think(deliberation: Deliberation) -> None:
            if not permitted(Act.LOOK_UP_PERSON, acting.roles, ()):
                raise Problem("FORBIDDEN")
            _record(acting, deliberation, stream, person, LOOK_UP, ground)

        return person, self._desk.look(acting, think)

    def unmask(self, acting: Acting, person: str, ground: Ground) -> Answer:
        """Let the caller see a person's document numbers in clear."""

        def think(deliberation: Deliberation) -> None:
            relations = _to(acting, deliberation, person)
            standing.require(acting, Act.UNMASK_PERSON, relations, reading=Act.READ_PERSON)
            _record(acting, deliberation, stream, person, DOCUMENTS, ground)

        stream = new_stream("consultation", acting.at)
        return self._desk.look(acting, think)

    def consult_integrity(self, acting: Acting, person: str | None, ground: Ground) -> Answer:
        """Let the caller see the integrity record of a person, or of all whom they watch.

        A reviewer, who is neither inspector, auditor nor integrity officer, learns of one
        person only, and only whether there is a block.
        """

        def think(deliberation: Deliberation) -> None:
            whole = self.sees_records(acting, deliberation)
            if person is not None:
                relations = _to(acting, deliberation, person)
                standing.require(acting, Act.READ_INTEGRITY, relations, reading=Act.READ_INTEGRITY)
            elif not whole:
                raise Problem("FORBIDDEN")
            extent = INTEGRITY if whole else BLOCK
            _record(acting, deliberation, stream, person, extent, ground)

        stream = new_stream("consultation", acting.at)
        return self._desk.look(acting, think)

    def sees_records(self, acting: Acting, deliberation: Deliberation) -> bool:
        """Whether the caller's office is about integrity records, not only about blocks."""
        if acting.has((Role.AUDITOR, Role.INSPECTOR)):
            return True
        return Role.OFFICIAL in acting.roles and bool(
            standing.integrity_seats(acting, deliberation)
        )

    def opened(self, acting: Acting, consultation: str) -> RecordConsulted:
        """The consultation that the caller recorded in the present session.

        Raises the problem ``REASON_REQUIRED`` (403) for any other.
        """
        for one in self._desk.deliberate().history(consultation).recorded:
            own = isinstance(one.actor, AccountActor) and (
                one.actor.account,
                one.actor.sign_in,
            ) == (acting.actor.account, acting.actor.sign_in)
            if own and isinstance(one.event, RecordConsulted):
                return one.event
        raise Problem("REASON_REQUIRED")


def _to(acting: Acting, deliberation: Deliberation, person: str) -> set[Relation]:
    known = deliberation.person(person)
    if known is None:
        raise Problem("NOT_FOUND")
    return to_person(acting, deliberation, known)


def _record(
    acting: Acting,
    deliberation: Deliberation,
    stream: str,
    person: str | None,
    extent: str,
    ground: Ground,
) -> None:
    """Write down who looks at whom (None: at everybody in their charge), and on what ground."""
    words = Personal(
        _words(acting, deliberation, person, ground), acting.actor.person, Purpose.OFFICIAL
    )
    consulted = RecordConsulted(
        subject=person or "", extent=extent, mandate=ground.mandate, reason=words
    )
    deliberation.write(stream, consulted)


def _words(acting: Acting, deliberation: Deliberation, person: str | None, ground: Ground) -> str:
    if ground.mandate is not None:
        mandate = _own_mandate(acting, deliberation, ground.mandate)
        humans = deliberation.humans([] if person is None else [person])
        rely_on(mandate, person, acting.today, humans)
        assert mandate is not None
        return mandate.document
    if ground.reason is not None:
        return ground.reason
    case = None if ground.case is None else deliberation.case(ground.case)
    if case is None or person is None or not _at_hand(acting, deliberation, case, person):
        raise Problem("GROUND_MISSING")
    return case.number


def _own_mandate(
    acting: Acting, deliberation: Deliberation, mandate: str
) -> MandateRecorded | None:
    """The mandate that the caller recorded, through whatever account; None for any other."""
    for one in deliberation.history(mandate).recorded:
        if isinstance(one.event, MandateRecorded) and isinstance(one.actor, AccountActor):
            own = standing.same_human(acting, deliberation, one.actor.person)
            return one.event if own else None
    return None


def _at_hand(acting: Acting, deliberation: Deliberation, case: Case, person: str) -> bool:
    """Whether the case is that person's, and at a seat which the caller holds or fills."""
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        return False
    if not deliberation.humans([person]).same(person, case.applicant):
        return False
    account, stage = acting.actor.account, case.stage(case.phase.stage)
    if any((s.stage, s.account) == (stage.stage, account) for s in case.substitutes):
        return True
    seats = deliberation.seats(stage.organisation)
    return any(seats.holder(account, seat, acting.today) for seat in stage.seats)
