"""What somebody from the public hands in: objections, files, withdrawals; and what time does to it.

The words of it are sealed under its own key; whoever handed it in is known by their receipt alone.
Whoever deals with it does so in ``api.acts.objection`` and ``api.acts.complaint``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts.addressee import address
from api.acts.desk import known
from api.acts.guard import act_as
from api.identifiers import new_id, new_stream
from api.problems import Problem
from domain import beijing
from domain.actor import TIMEKEEPER, PublicActor
from domain.calendar import CalendarNotPublishedError
from domain.case.objections import ObjectionEnded
from domain.objection import complaint, decide
from domain.objection.decide import Raise
from domain.objection.events import (
    ComplaintReceived,
    ObjectionAdmitted,
    ObjectionNotAdmitted,
    ObjectionRaised,
    ObjectionReceived,
    ObjectionScreened,
)
from domain.objection.files import receive_files
from domain.objection.keeping import Kept
from domain.objection.kept import FileHandedIn, WordsErasureAsked
from domain.objection.officers import settled
from domain.personal import Personal, Purpose, tells_only
from domain.refusal import Refused, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from api.acts.acting import Answer
    from api.acts.addressee import Address
    from api.acts.desk import Desk
    from api.office import Office
    from domain.case.state import Case
    from domain.objection.state import Objection


@tells_only("file")
@dataclass(frozen=True, kw_only=True)
class File:
    """A file that was uploaded before, with the title that its sender gave it."""

    file: str
    title: str | None
    media_type: str
    size: int
    digest: str


@tells_only()
@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What somebody from the public says; ``name`` and ``contact`` may be left out."""

    statement: str
    name: str | None
    contact: str | None
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What a handed-in thing became: the stream to follow, as an objection or a complaint."""

    stream: str
    kind: str
    position: int


def words(text: str | None, stream: str) -> Personal | None:
    """Words sealed under the key of the objection or complaint; None where there are none."""
    return None if text is None else Personal(text, stream, Purpose.OBJECTION)


def received(
    desk: Desk,
    stream: str,
    handed_in: HandedIn,
    origin: str,
    *,
    case: str | None,
    address: Address,
    at: datetime,
) -> ComplaintReceived:
    """That a complaint came in, and by when it is to be dealt with."""
    authority = None if address.authority is None else desk.organisation(address.authority)
    law = desk.laws.for_area(authority.area if authority is not None else "")
    terms = complaint.terms(law, desk.calendar, beijing.day(at))
    return ComplaintReceived(
        origin=origin,
        case=case,
        about=address.about,
        authority=address.authority,
        statement=Personal(handed_in.statement, stream, Purpose.OBJECTION),
        name=words(handed_in.name, stream),
        contact=words(handed_in.contact, stream),
        attachments=tuple(each.file for each in handed_in.files),
        accept_by=terms.accept_by,
        conclude_by=terms.conclude_by,
        rules=terms.rules,
    )


def files_of(stream: str, files: Iterable[File]) -> tuple[FileHandedIn, ...]:
    """That these files came in with it."""
    return tuple(
        FileHandedIn(
            file=each.file,
            title=words(each.title, stream),
            media_type=each.media_type,
            size=each.size,
            digest=each.digest,
        )
        for each in files
    )


_SCREENED = (ObjectionAdmitted, ObjectionNotAdmitted)


def raise_objection(
    office: Office, case_id: str, posting: str, handed_in: HandedIn, at: datetime
) -> Receipt:
    """Take an objection in; after the publicity's last day it is a complaint (A-04).

    It lies outside the case until it has been screened, and blocks meanwhile.
    """
    objection, too_late = new_stream("objection", at), new_stream("complaint", at)

    def decide_(desk: Desk) -> None:
        case = known(desk.case(case_id))
        to = address(desk, case, None, beijing.day(at))
        if not decide.in_time(case, posting, at):
            complained = received(
                desk, too_late, handed_in, "late_objection", case=case_id, address=to, at=at
            )
            desk.write(too_late, complained)
            _take_files(desk, too_late, handed_in.files)
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
            screen_by=_screen_by(desk, case, at),
        )
        desk.write(objection, decide.raise_objection(case, command))
        _take_files(desk, objection, handed_in.files)
        desk.write(posting, ObjectionReceived(objection=objection))

    answer = act_as(office.desk, PublicActor(objection), new_id(at), at, decide_)
    raised = any(one.stream == objection for one in answer.happened)
    stream = objection if raised else too_late
    return Receipt(stream, "objection" if raised else "complaint", answer.position)


def add_files(office: Office, stream: str, at: datetime, *, files: tuple[File, ...]) -> Answer:
    """Take further files in from whoever holds the receipt, while it is open.

    To an objection only while its publicity runs: what comes later is a complaint (A-04).
    Raises the refusal ``ALREADY_SETTLED`` or ``PUBLICITY_OVER``.
    """

    def decide_(desk: Desk) -> None:
        objection = desk.objection(stream)
        if objection is not None:
            case = known(desk.case(objection.case))
            decide.require_open_for_files(objection, case, at)
        complained = desk.complaint(stream)
        if complained is not None and complained.ending is not None:
            raise Refused(settled())
        if objection is None and complained is None:
            raise Problem("NOT_FOUND")
        _take_files(desk, stream, files)

    return act_as(office.desk, PublicActor(stream), new_id(at), at, decide_)


def withdraw(office: Office, objection: str, at: datetime, *, reason: str | None) -> Answer:
    """Withdraw an objection that one raised, by its receipt.

    A complaint is not withdrawn.
    """

    def decide_(desk: Desk) -> None:
        raised = known(desk.objection(objection))
        desk.write(objection, decide.withdraw(raised, words(reason, objection)))
        if raised.admitted is None:
            screened = ObjectionScreened(objection=objection, admitted=False)
            desk.write(raised.posting, screened)
        else:
            ended = ObjectionEnded(objection=objection, ending="withdrawn", disposition=None)
            desk.write(raised.case, ended)

    return act_as(office.desk, PublicActor(objection), new_id(at), at, decide_)


def ask_for_erasure(office: Office, stream: str, at: datetime, *, reason: str | None) -> Answer:
    """Ask, by the receipt, that what one handed in be erased; two officers decide on it."""

    def decide_(desk: Desk) -> None:
        known(desk.objection(stream) or desk.complaint(stream))
        if not known(desk.kept(stream)).erased:
            desk.write(stream, WordsErasureAsked(reason=words(reason, stream)))

    return act_as(office.desk, PublicActor(stream), new_id(at), at, decide_)


def flag_overdue(office: Office, objection: str, command: str, at: datetime) -> Answer:
    """Tell, as the timekeeper, that nobody has screened it in time; once."""

    def decide_(desk: Desk) -> None:
        raised = desk.objection(objection)
        if raised is None:
            return
        flagged = decide.flag_overdue(raised, at, _rules(desk, raised))
        if flagged is not None:
            desk.because(objection, ObjectionRaised)
            desk.write(objection, flagged)

    return act_as(office.desk, TIMEKEEPER, command, at, decide_)


def date_screening(office: Office, objection: str, command: str, at: datetime) -> Answer:
    """Add, as the timekeeper, the last day that could not be known when it was raised."""

    def decide_(desk: Desk) -> None:
        raised = desk.objection(objection)
        if raised is None:
            return
        history = desk.history(objection).recorded
        case = known(desk.case(raised.case))
        screen_by = _screen_by(desk, case, history[0].recorded_at)
        if screen_by is None:
            return
        screened_at = next(
            (each.recorded_at for each in history if isinstance(each.event, _SCREENED)), None
        )
        rules = _rules(desk, raised)
        dated = decide.date_screening(raised, screen_by, screened_at, rules)
        desk.because(objection, ObjectionRaised)
        desk.write(objection, *dated)

    return act_as(office.desk, TIMEKEEPER, command, at, decide_)


def _rules(desk: Desk, objection: Objection) -> tuple[str, ...]:
    law = desk.law_of(known(desk.case(objection.case)))
    return rules_of(law.objections().citations)


def _screen_by(desk: Desk, case: Case, at: datetime) -> date | None:
    """Until when to screen it; none where the calendar of its year is not published."""
    duty = desk.law_of(case).objections()
    try:
        return duty.screen_by(beijing.day(at), desk.calendar)
    except CalendarNotPublishedError:
        return None


def _take_files(desk: Desk, stream: str, files: tuple[File, ...]) -> None:
    kept = desk.kept(stream) or Kept(stream)
    desk.write(stream, *receive_files(kept, files_of(stream, files)))
