"""Objections and complaints: handed in by anyone, screened, investigated, settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.application import standing
from api.application.taking_up import concerns
from api.identifiers import new_id, new_stream, notice_number
from api.problems import Problem
from domain import beijing
from domain.actor import PublicActor
from domain.calendar import CalendarNotPublishedError
from domain.case.circumstances import Circumstances
from domain.case.objections import ObjectionEnded, ObjectionNoted
from domain.case.settling import UpheldObjection, settle_objection
from domain.objection import decide
from domain.objection.decide import Raise, Settle
from domain.objection.events import (
    ComplaintReceived,
    Disposition,
    ObjectionAdmitted,
    ObjectionReceived,
    ObjectionScreened,
)
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from datetime import date, datetime

    from api.application.acting import Acting
    from api.application.at_stage import AtStage
    from api.application.deliberation import Deliberation
    from api.application.desk import Answer
    from audit.record import History
    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.objection.state import Objection


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What somebody from the public says; ``name`` and ``contact`` may be left out."""

    statement: str
    name: str | None
    contact: str | None

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return "HandedIn(…)"


@dataclass(frozen=True)
class Receipt:
    """What a handed-in thing became: the stream to follow, as an objection or a complaint."""

    stream: str
    kind: str
    position: int


class Objecting:
    """The use cases about objections and complaints."""

    def __init__(self, at_stage: AtStage, calendar: Calendar) -> None:
        self._at_stage = at_stage
        self._calendar = calendar

    def object(self, case_id: str, posting: str, handed_in: HandedIn, at: datetime) -> Receipt:
        """Take an objection in; after the publicity's last day it is a complaint (A-04).

        It lies outside the case until it has been screened, and blocks meanwhile.
        """
        objection, complaint = new_stream("objection", at), new_stream("complaint", at)

        def think(deliberation: Deliberation) -> None:
            case = self._at_stage.case(deliberation, case_id)
            if not decide.in_time(case, posting, at):
                complained = _complaint(complaint, handed_in, "late_objection", case_id, None)
                deliberation.write(complaint, complained)
                return
            command = Raise(
                posting=posting,
                statement=Personal(handed_in.statement, objection, Purpose.OBJECTION),
                name=_words(handed_in.name, objection),
                contact=_words(handed_in.contact, objection),
                attachments=(),
                screen_by=self._screen_by(at),
            )
            deliberation.write(objection, decide.raise_objection(case, command))
            deliberation.write(posting, ObjectionReceived(objection=objection))

        answer = self._at_stage.desk.act_as(PublicActor(objection), new_id(at), at, think)
        raised = any(one.stream == objection for one in answer.happened)
        stream = objection if raised else complaint
        return Receipt(stream, "objection" if raised else "complaint", answer.position)

    def _screen_by(self, at: datetime) -> date | None:
        """The next working day; none where the calendar of its year is not published."""
        try:
            return self._calendar.working_days_after(beijing.day(at), 1)[0]
        except CalendarNotPublishedError:
            return None

    def complain(
        self, handed_in: HandedIn, organisation: str | None, case_id: str | None, at: datetime
    ) -> Receipt:
        """Take a complaint in at any time; it blocks nothing."""
        complaint = new_stream("complaint", at)

        def think(deliberation: Deliberation) -> None:
            received = _complaint(complaint, handed_in, "complaint", case_id, organisation)
            deliberation.write(complaint, received)

        answer = self._at_stage.desk.act_as(PublicActor(complaint), new_id(at), at, think)
        return Receipt(complaint, "complaint", answer.position)

    def transfer_clue(
        self, acting: Acting, handed_in: HandedIn, organisation: str | None, case_id: str | None
    ) -> Answer:
        """An inspector transfers a clue to whoever deals with complaints."""
        complaint = new_stream("complaint", acting.at)

        def think(deliberation: Deliberation) -> None:
            if not permitted(Act.TRANSFER_CLUE, acting.roles, ()):
                raise Problem("FORBIDDEN")
            received = _complaint(complaint, handed_in, "clue", case_id, organisation)
            deliberation.write(complaint, received)

        return self._at_stage.desk.act(acting, think)

    def read(self, acting: Acting, stream: str) -> History:
        """An objection or complaint, for the organisation that deals with it.

        Raises the problem ``NOT_FOUND`` to everybody else: others don't learn that there is one.
        """
        deliberation = self._at_stage.desk.deliberate()
        history = deliberation.history(stream)
        if stream.startswith("objection-"):
            self._both(acting, deliberation, stream)
            return history
        complaint = deliberation.complaint(stream)
        own = acting.actor.organisation
        if complaint is None or own is None or not concerns(deliberation, complaint, own):
            raise Problem("NOT_FOUND")
        if not permitted(Act.HANDLE_OBJECTION, acting.roles, {Relation.ORGANISATION}):
            raise Problem("NOT_FOUND")
        return history

    def screen(self, acting: Acting, objection: str, reason: str | None) -> Answer:
        """A duty officer admits it (no reason), or does not (with one)."""

        def think(deliberation: Deliberation) -> None:
            known, case, around = self._both(acting, deliberation, objection)
            words = _words(reason, objection)
            event = decide.screen(known, case, words, around)
            admitted = isinstance(event, ObjectionAdmitted)
            deliberation.write(objection, event)
            screened = ObjectionScreened(objection=objection, admitted=admitted)
            deliberation.write(known.posting, screened)
            if admitted:
                noted = ObjectionNoted(objection=objection, posting=known.posting)
                deliberation.write(case.case, noted)

        return self._at_stage.desk.act(acting, think, named=objection)

    def investigate(
        self, acting: Acting, objection: str, findings: str, evidence: tuple[str, ...]
    ) -> Answer:
        """The integrity handler reports what was found."""

        def think(deliberation: Deliberation) -> None:
            known, case, around = self._both(acting, deliberation, objection)
            words = Personal(findings, objection, Purpose.OBJECTION)
            event = decide.investigate(known, case, words, evidence, around)
            deliberation.write(objection, event)

        return self._at_stage.desk.act(acting, think, named=objection)

    def settle(
        self,
        acting: Acting,
        objection: str,
        disposition: Disposition | None,
        decision: str,
        summary: str,
    ) -> Answer:
        """The integrity leader upholds it with a disposition, or dismisses it."""
        notice = notice_number(acting.at)

        def think(deliberation: Deliberation) -> None:
            known, case, around = self._both(acting, deliberation, objection)
            told = Personal(summary, case.applicant, Purpose.APPLICANT)
            command = Settle(
                disposition=disposition,
                decision=Personal(decision, objection, Purpose.OBJECTION),
                summary=told,
            )
            deliberation.write(objection, decide.settle(known, case, command, around))
            law = self._at_stage.law(case)
            rule = law.returns()
            ended = ObjectionEnded(
                objection=objection,
                ending="dismissed" if disposition is None else "upheld",
                disposition=None if disposition is None else disposition.value,
            )
            follows = None
            if disposition is not None:
                follows = UpheldObjection(
                    disposition=disposition,
                    summary=told,
                    due_at=beijing.end(rule.due_on(acting.today)),
                    notice=notice,
                    rules=tuple(each.rule for each in law.behind("OPEN_OBJECTION")),
                )
            events = settle_objection(case, ended, follows, around)
            self._at_stage.write(deliberation, case, events)

        return self._at_stage.desk.act(acting, think, named=objection)

    def withdraw(self, objection: str, reason: str | None, at: datetime) -> Answer:
        """The objector, who holds the receipt, withdraws it; a complaint is not withdrawn."""
        if not objection.startswith("objection-"):
            raise Problem("NOT_FOUND")

        def think(deliberation: Deliberation) -> None:
            known = deliberation.objection(objection)
            if known is None:
                raise Problem("NOT_FOUND")
            deliberation.write(objection, decide.withdraw(known, _words(reason, objection)))
            if known.admitted is None:
                screened = ObjectionScreened(objection=objection, admitted=False)
                deliberation.write(known.posting, screened)
            else:
                ended = ObjectionEnded(objection=objection, ending="withdrawn", disposition=None)
                deliberation.write(known.case, ended)

        return self._at_stage.desk.act_as(PublicActor(objection), new_id(at), at, think)

    def close_complaint(self, acting: Acting, complaint: str, reason: str) -> Answer:
        """An integrity handler closes a complaint that leads to nothing."""

        def think(deliberation: Deliberation) -> None:
            known = deliberation.complaint(complaint)
            own = deliberation.organisation(acting.actor.organisation or "")
            if known is None or own is None:
                raise Problem("NOT_FOUND")
            if not concerns(deliberation, known, own.organisation):
                raise Problem("NOT_FOUND")
            relations = standing.to_organisation(acting, deliberation, own)
            standing.require(acting, Act.HANDLE_OBJECTION, relations, reading=Act.HANDLE_OBJECTION)
            law = self._at_stage.laws.for_area(own.area)
            around = Circumstances(
                actor=acting.actor,
                at=acting.at,
                humans=deliberation.humans([acting.actor.person]),
                organisation=own,
                law=law,
                outcome_label=law.outcome_label(None),
            )
            words = Personal(reason, complaint, Purpose.OBJECTION)
            deliberation.write(complaint, decide.close_complaint(known, words, around))

        return self._at_stage.desk.act(acting, think, named=complaint)

    def _both(
        self, acting: Acting, deliberation: Deliberation, objection: str
    ) -> tuple[Objection, Case, Circumstances]:
        """The objection, its case, and what the caller's act is judged by."""
        known = deliberation.objection(objection)
        if known is None or acting.actor.organisation is None:
            raise Problem("NOT_FOUND")
        case = self._at_stage.case(deliberation, known.case)
        own = acting.actor.organisation
        if own != case.chain[-1].organisation:
            raise Problem("NOT_FOUND")
        relations = standing.to_case(acting, deliberation, case, ())
        standing.require(acting, Act.HANDLE_OBJECTION, relations, reading=Act.HANDLE_OBJECTION)
        persons = (acting.actor.person, case.applicant, *case.reviewers())
        around = self._at_stage.around(acting, deliberation, case, own, persons)
        held = around.organisation.held_by(acting.actor.account, acting.today)
        if held:
            deliberation.in_seat(held[0].seat, held[0].appointment)
        return known, case, around


def _complaint(
    stream: str, handed_in: HandedIn, origin: str, case: str | None, organisation: str | None
) -> ComplaintReceived:
    return ComplaintReceived(
        origin=origin,
        case=case,
        organisation=organisation,
        statement=Personal(handed_in.statement, stream, Purpose.OBJECTION),
        name=_words(handed_in.name, stream),
        contact=_words(handed_in.contact, stream),
        attachments=(),
    )


def _words(text: str | None, stream: str) -> Personal | None:
    return None if text is None else Personal(text, stream, Purpose.OBJECTION)
