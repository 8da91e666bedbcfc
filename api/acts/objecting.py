"""Objecting to what is public: what anybody may do, and what time does to it.

Whoever deals with an objection does so in ``api.acts.settling``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.addressing import address
from api.acts.handed_in import HandedIn, Receipt, files_of, received, words
from api.identifiers import new_id, new_stream
from api.problems import Problem
from domain import beijing
from domain.actor import TIMEKEEPER, PublicActor
from domain.calendar import CalendarNotPublishedError
from domain.case.objections import ObjectionEnded
from domain.objection import decide
from domain.objection.decide import Raise
from domain.objection.events import (
    ObjectionAdmitted,
    ObjectionNotAdmitted,
    ObjectionReceived,
    ObjectionScreened,
)
from domain.objection.files import receive_files
from domain.objection.kept import Kept, WordsErasureAsked
from domain.objection.officers import settled
from domain.personal import Personal, Purpose
from domain.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from api.acts.answer import Answer
    from api.acts.at_stage import AtStage
    from api.acts.deliberation import Deliberation
    from api.acts.handed_in import File
    from domain.calendar import Calendar
    from domain.policy.law import Law

_SCREENED = (ObjectionAdmitted, ObjectionNotAdmitted)


class Objecting:
    """The use cases of whoever objects, known by their receipt, and of the timekeeper."""

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
            to = address(deliberation, case, None)
            if not decide.in_time(case, posting, at):
                complained = received(complaint, handed_in, "late_objection", case_id, to)
                deliberation.write(complaint, complained)
                self._take_files(deliberation, complaint, handed_in.files)
                return
            command = Raise(
                posting=posting,
                about=to.about,
                authority=to.authority,
                statement=Personal(handed_in.statement, objection, Purpose.OBJECTION),
                length=len(handed_in.statement),
                name=words(handed_in.name, objection),
                contact=words(handed_in.contact, objection),
                attachments=tuple(each.file for each in handed_in.files),
                screen_by=self._screen_by(self._at_stage.law(case), at),
            )
            deliberation.write(objection, decide.raise_objection(case, command))
            self._take_files(deliberation, objection, handed_in.files)
            deliberation.write(posting, ObjectionReceived(objection=objection))

        answer = self._at_stage.desk.act_as(PublicActor(objection), new_id(at), at, think)
        raised = any(one.stream == objection for one in answer.happened)
        stream = objection if raised else complaint
        return Receipt(stream, "objection" if raised else "complaint", answer.position)

    def add_files(self, stream: str, files: tuple[File, ...], at: datetime) -> Answer:
        """Take further files in from whoever holds the receipt, while it is open.

        To an objection only while its publicity runs: what comes later is a complaint (A-04).
        Raises the refusal ``ALREADY_SETTLED`` or ``PUBLICITY_OVER``.
        """

        def think(deliberation: Deliberation) -> None:
            objection = deliberation.objection(stream)
            if objection is not None:
                case = self._at_stage.case(deliberation, objection.case)
                decide.require_open_for_files(objection, case, at)
            complaint = deliberation.complaint(stream)
            if complaint is not None and complaint.ending is not None:
                raise Refused(settled())
            if objection is None and complaint is None:
                raise Problem("NOT_FOUND")
            self._take_files(deliberation, stream, files)

        return self._at_stage.desk.act_as(PublicActor(stream), new_id(at), at, think)

    def withdraw(self, objection: str, reason: str | None, at: datetime) -> Answer:
        """The objector, who holds the receipt, withdraws it; a complaint is not withdrawn."""

        def think(deliberation: Deliberation) -> None:
            known = deliberation.objection(objection)
            if known is None:
                raise Problem("NOT_FOUND")
            deliberation.write(objection, decide.withdraw(known, words(reason, objection)))
            if known.admitted is None:
                screened = ObjectionScreened(objection=objection, admitted=False)
                deliberation.write(known.posting, screened)
            else:
                ended = ObjectionEnded(objection=objection, ending="withdrawn", disposition=None)
                deliberation.write(known.case, ended)

        return self._at_stage.desk.act_as(PublicActor(objection), new_id(at), at, think)

    def ask_for_erasure(self, stream: str, reason: str | None, at: datetime) -> Answer:
        """Whoever holds the receipt asks for their words to be erased; officers decide on it."""

        def think(deliberation: Deliberation) -> None:
            kept = deliberation.kept(stream)
            if kept is None:
                raise Problem("NOT_FOUND")
            if not kept.erased:
                deliberation.write(stream, WordsErasureAsked(reason=words(reason, stream)))

        return self._at_stage.desk.act_as(PublicActor(stream), new_id(at), at, think)

    def flag_overdue(self, objection: str, command: str, at: datetime) -> Answer:
        """Tell, as the timekeeper, that nobody has screened it in time; once."""

        def think(deliberation: Deliberation) -> None:
            known = deliberation.objection(objection)
            if known is None:
                return
            law = self._at_stage.law(self._at_stage.case(deliberation, known.case))
            rules = tuple(each.rule for each in law.objections().citations)
            flagged = decide.flag_overdue(known, at, rules)
            if flagged is not None:
                deliberation.write(objection, flagged)

        return self._at_stage.desk.act_as(TIMEKEEPER, command, at, think)

    def date_screening(self, objection: str, command: str, at: datetime) -> Answer:
        """Add, as the timekeeper, the last day that could not be known when it was raised."""

        def think(deliberation: Deliberation) -> None:
            known = deliberation.objection(objection)
            if known is None:
                return
            law = self._at_stage.law(self._at_stage.case(deliberation, known.case))
            history = deliberation.history(objection).recorded
            screen_by = self._screen_by(law, history[0].recorded_at)
            if screen_by is None:
                return
            screened_at = next(
                (each.recorded_at for each in history if isinstance(each.event, _SCREENED)), None
            )
            rules = tuple(each.rule for each in law.objections().citations)
            dated = decide.date_screening(known, screen_by, screened_at, rules)
            deliberation.write(objection, *dated)

        return self._at_stage.desk.act_as(TIMEKEEPER, command, at, think)

    def _screen_by(self, law: Law, at: datetime) -> date | None:
        """Until when to screen it; none where the calendar of its year is not published."""
        try:
            return law.objections().screen_by(beijing.day(at), self._calendar)
        except CalendarNotPublishedError:
            return None

    def _take_files(self, deliberation: Deliberation, stream: str, files: tuple[File, ...]) -> None:
        kept = deliberation.kept(stream) or Kept(stream)
        deliberation.write(stream, *receive_files(kept, files_of(stream, files)))
