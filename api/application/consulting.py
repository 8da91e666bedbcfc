"""Looking at what is guarded: document numbers in clear, and the integrity record.

Whoever looks says why, and both are recorded before anything is shown (查询留痕).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.application import standing
from api.application.registers import to_person
from api.identifiers import new_stream
from api.problems import Problem
from domain.account.events import Role
from domain.actor import AccountActor
from domain.notes import RecordConsulted
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from api.access import Relation
    from api.application.acting import Acting
    from api.application.deliberation import Deliberation
    from api.application.desk import Answer, Desk

DOCUMENTS = "documents"
INTEGRITY = "integrity-record"
BLOCK = "integrity-block"
"""What was shown, as the record of a consultation names it."""


class Consulting:
    """The use cases of looking."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def unmask(self, acting: Acting, person: str, reason: str) -> Answer:
        """Let the caller see a person's document numbers in clear."""

        def think(deliberation: Deliberation) -> None:
            relations = _to(acting, deliberation, person)
            standing.require(acting, Act.UNMASK_PERSON, relations, reading=Act.READ_PERSON)
            _record(acting, deliberation, stream, person, DOCUMENTS, reason)

        stream = new_stream("consultation", acting.at)
        return self._desk.act(acting, think)

    def consult_integrity(self, acting: Acting, person: str | None, reason: str) -> Answer:
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
            _record(acting, deliberation, stream, person or "", extent, reason)

        stream = new_stream("consultation", acting.at)
        return self._desk.act(acting, think)

    def sees_records(self, acting: Acting, deliberation: Deliberation) -> bool:
        """Whether the caller's office is about integrity records, not only about blocks."""
        if acting.has((Role.AUDITOR, Role.INSPECTOR)):
            return True
        own = deliberation.organisation(acting.actor.organisation or "")
        if own is None or Role.OFFICIAL not in acting.roles:
            return False
        account, today = acting.actor.account, acting.today
        return any(
            own.holder(account, seat, today) for seat in (INTEGRITY_HANDLER, INTEGRITY_LEADER)
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
    acting: Acting, deliberation: Deliberation, stream: str, subject: str, extent: str, reason: str
) -> None:
    words = Personal(reason, acting.actor.person, Purpose.OFFICIAL)
    consulted = RecordConsulted(subject=subject, extent=extent, mandate=None, reason=words)
    deliberation.write(stream, consulted)
