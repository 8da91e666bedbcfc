"""Complaints and clues (投诉举报、线索): handed in at any time, taken up elsewhere or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import standing
from api.acts.addressing import Address, address, stands_to, watches
from api.acts.handed_in import HandedIn, Receipt, files_of, received
from api.acts.settling import Seen
from api.identifiers import new_id, new_stream
from api.problems import Problem
from domain.actor import PublicActor
from domain.case.circumstances import Circumstances
from domain.objection import decide
from domain.objection.files import receive_files
from domain.objection.kept import Kept
from domain.objection.officers import complaint_objections
from domain.personal import Personal, Purpose
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER

_ANY_SEAT = (DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
_HERE = frozenset({Relation.ORGANISATION})

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.case.state import Case
    from domain.objection.state import Complaint


class Complaining:
    """The use cases about complaints and clues."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def complain(
        self, handed_in: HandedIn, organisation: str | None, case_id: str | None, at: datetime
    ) -> Receipt:
        """Take a complaint in at any time; it blocks nothing."""
        complaint = new_stream("complaint", at)

        def think(deliberation: Deliberation) -> None:
            to = self._address(deliberation, case_id, organisation)
            came = received(complaint, handed_in, "complaint", case_id, to)
            deliberation.write(complaint, came)
            files = files_of(complaint, handed_in.files)
            deliberation.write(complaint, *receive_files(Kept(complaint), files))

        answer = self._desk.act_as(PublicActor(complaint), new_id(at), at, think)
        return Receipt(complaint, "complaint", answer.position)

    def transfer_clue(
        self, acting: Acting, handed_in: HandedIn, organisation: str | None, case_id: str | None
    ) -> Answer:
        """An inspector transfers a clue to whoever deals with complaints."""
        complaint = new_stream("complaint", acting.at)

        def think(deliberation: Deliberation) -> None:
            if not permitted(Act.TRANSFER_CLUE, acting.roles, ()):
                raise Problem("FORBIDDEN")
            to = self._address(deliberation, case_id, organisation)
            came = received(complaint, handed_in, "clue", case_id, to)
            deliberation.write(complaint, came)

        return self._desk.act(acting, think)

    def read(self, acting: Acting, complaint: str) -> Seen:
        """A complaint, for the authority that deals with it, with what is next, and for inspectors.

        Raises the problem ``NOT_FOUND`` to everybody else: others don't learn that there is one.
        """
        deliberation = self._desk.deliberate()
        complained = deliberation.complaint(complaint)
        if complained is not None and watches(acting, deliberation, complained):
            return Seen(deliberation.history(complaint), ())
        known, around = self.both(acting, deliberation, complaint, Act.READ_OBJECTION)
        case = None if known.case is None else deliberation.case(known.case)
        kept = deliberation.kept(complaint)
        invited = () if kept is None else _invited(known, kept, case, around)
        offers = tuple(act for act in invited if permitted(act, acting.roles, _HERE))
        apart = not complaint_objections(case, _ANY_SEAT, around)
        return Seen(deliberation.history(complaint), offers, words=apart)

    def close(self, acting: Acting, complaint: str, reason: str) -> Answer:
        """An integrity handler closes a complaint that leads to nothing."""

        def think(deliberation: Deliberation) -> None:
            known, around = self.both(acting, deliberation, complaint, Act.CLOSE_COMPLAINT)
            said = Personal(reason, complaint, Purpose.OBJECTION)
            deliberation.write(complaint, decide.close_complaint(known, said, around))

        return self._desk.act(acting, think, named=complaint)

    def both(
        self, acting: Acting, deliberation: Deliberation, complaint: str, act: Act
    ) -> tuple[Complaint, Circumstances]:
        """The complaint, and what the caller's act is judged by."""
        known = deliberation.complaint(complaint)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = stands_to(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_OBJECTION)
        own = deliberation.organisation(acting.actor.organisation or "")
        assert own is not None
        law = self._laws.for_area(own.area)
        around = Circumstances(
            actor=acting.actor,
            at=acting.at,
            humans=deliberation.humans([acting.actor.person]),
            organisation=own,
            seats=deliberation.seats(own.organisation),
            law=law,
            outcome_label=law.outcome_label(None),
        )
        return known, around

    def _address(
        self, deliberation: Deliberation, case_id: str | None, organisation: str | None
    ) -> Address:
        case = None if case_id is None else deliberation.case(case_id)
        return address(deliberation, case, organisation)


def _invited(
    known: Complaint, kept: Kept, case: Case | None, around: Circumstances
) -> Iterator[Act]:
    """What the complaint's state invites the caller to."""

    def fit(seat: str) -> bool:
        return not complaint_objections(case, (seat,), around)

    if known.ending is None:
        if fit(INTEGRITY_HANDLER):
            yield Act.CLOSE_COMPLAINT
        if case is not None and case.chain and fit(INTEGRITY_HANDLER):
            yield Act.OPEN_INVESTIGATION
    elif not kept.erased and fit(INTEGRITY_HANDLER if kept.proposal is None else INTEGRITY_LEADER):
        yield Act.ERASE_WORDS
