"""Objecting to what is public: what anybody may do, known by their receipt, and what time does.

Whoever deals with an objection does so in ``api.acts.objection``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.addressee import address
from api.acts.deliberation import known
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
    from api.acts.deliberation import Deliberation
    from api.acts.handed_in import File
    from api.office import Office
    from domain.case.state import Case
    from domain.objection.state import Objection

_SCREENED = (ObjectionAdmitted, ObjectionNotAdmitted)


def raise_objection(
    office: Office, case_id: str, posting: str, handed_in: HandedIn, at: datetime
) -> Receipt:
    """Take an objection in; after the publicity's last day it is a complaint (A-04).

    It lies outside the case until it has been screened, and blocks meanwhile.
    """
    objection, complaint = new_stream("objection", at), new_stream("complaint", at)

    def decide_(deliberation: Deliberation) -> None:
        case = known(deliberation.case(case_id))
        to = address(deliberation, case, None)
        if not decide.in_time(case, posting, at):
            complained = received(complaint, handed_in, "late_objection", case_id, to)
            deliberation.write(complaint, complained)
            _take_files(deliberation, complaint, handed_in.files)
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
            screen_by=_screen_by(deliberation, case, at),
        )
        deliberation.write(objection, decide.raise_objection(case, command))
        _take_files(deliberation, objection, handed_in.files)
        deliberation.write(posting, ObjectionReceived(objection=objection))

    answer = office.act_as(PublicActor(objection), new_id(at), at, decide_)
    raised = any(one.stream == objection for one in answer.happened)
    stream = objection if raised else complaint
    return Receipt(stream, "objection" if raised else "complaint", answer.position)


def add_files(office: Office, stream: str, files: tuple[File, ...], at: datetime) -> Answer:
    """Take further files in from whoever holds the receipt, while it is open.

    To an objection only while its publicity runs: what comes later is a complaint (A-04).
    Raises the refusal ``ALREADY_SETTLED`` or ``PUBLICITY_OVER``.
    """

    def decide_(deliberation: Deliberation) -> None:
        objection = deliberation.objection(stream)
        if objection is not None:
            case = known(deliberation.case(objection.case))
            decide.require_open_for_files(objection, case, at)
        complaint = deliberation.complaint(stream)
        if complaint is not None and complaint.ending is not None:
            raise Refused(settled())
        if objection is None and complaint is None:
            raise Problem("NOT_FOUND")
        _take_files(deliberation, stream, files)

    return office.act_as(PublicActor(stream), new_id(at), at, decide_)


def withdraw(office: Office, objection: str, reason: str | None, at: datetime) -> Answer:
    """The objector, who holds the receipt, withdraws it; a complaint is not withdrawn."""

    def decide_(deliberation: Deliberation) -> None:
        raised = known(deliberation.objection(objection))
        deliberation.write(objection, decide.withdraw(raised, words(reason, objection)))
        if raised.admitted is None:
            screened = ObjectionScreened(objection=objection, admitted=False)
            deliberation.write(raised.posting, screened)
        else:
            ended = ObjectionEnded(objection=objection, ending="withdrawn", disposition=None)
            deliberation.write(raised.case, ended)

    return office.act_as(PublicActor(objection), new_id(at), at, decide_)


def ask_for_erasure(office: Office, stream: str, reason: str | None, at: datetime) -> Answer:
    """Whoever holds the receipt asks for their words to be erased; officers decide on it."""

    def decide_(deliberation: Deliberation) -> None:
        if not known(deliberation.kept(stream)).erased:
            deliberation.write(stream, WordsErasureAsked(reason=words(reason, stream)))

    return office.act_as(PublicActor(stream), new_id(at), at, decide_)


def flag_overdue(office: Office, objection: str, command: str, at: datetime) -> Answer:
    """Tell, as the timekeeper, that nobody has screened it in time; once."""

    def decide_(deliberation: Deliberation) -> None:
        raised = deliberation.objection(objection)
        if raised is None:
            return
        flagged = decide.flag_overdue(raised, at, _rules(deliberation, raised))
        if flagged is not None:
            deliberation.write(objection, flagged)

    return office.act_as(TIMEKEEPER, command, at, decide_)


def date_screening(office: Office, objection: str, command: str, at: datetime) -> Answer:
    """Add, as the timekeeper, the last day that could not be known when it was raised."""

    def decide_(deliberation: Deliberation) -> None:
        raised = deliberation.objection(objection)
        if raised is None:
            return
        history = deliberation.history(objection).recorded
        case = known(deliberation.case(raised.case))
        screen_by = _screen_by(deliberation, case, history[0].recorded_at)
        if screen_by is None:
            return
        screened_at = next(
            (each.recorded_at for each in history if isinstance(each.event, _SCREENED)), None
        )
        rules = _rules(deliberation, raised)
        dated = decide.date_screening(raised, screen_by, screened_at, rules)
        deliberation.write(objection, *dated)

    return office.act_as(TIMEKEEPER, command, at, decide_)


def _rules(deliberation: Deliberation, objection: Objection) -> tuple[str, ...]:
    law = deliberation.law_of(known(deliberation.case(objection.case)))
    return tuple(each.rule for each in law.objections().citations)


def _screen_by(deliberation: Deliberation, case: Case, at: datetime) -> date | None:
    """Until when to screen it; none where the calendar of its year is not published."""
    duty = deliberation.law_of(case).objections()
    try:
        return duty.screen_by(beijing.day(at), deliberation.calendar)
    except CalendarNotPublishedError:
        return None


def _take_files(deliberation: Deliberation, stream: str, files: tuple[File, ...]) -> None:
    kept = deliberation.kept(stream) or Kept(stream)
    deliberation.write(stream, *receive_files(kept, files_of(stream, files)))
