"""Complaints and clues (投诉举报、线索): handed in at any time, taken up elsewhere or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import circumstances
from api.acts.addressee import address, concern, may_be_taken_over, stands_to
from api.acts.desk import Desk, Events
from api.acts.guard import Row, act_as
from api.acts.handed_in import HandedIn, Receipt, files_of, received
from api.acts.seats import objection_seats
from api.acts.thing import RECORD, Offer, Thing
from api.identifiers import new_id, new_stream
from domain import beijing
from domain.actor import PublicActor
from domain.objection import complaint as decide
from domain.objection.events import ComplaintOutcome, ComplaintReceived
from domain.objection.files import receive_files
from domain.objection.keeping import Kept
from domain.objection.officers import complaint_objections
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.acts.acting import Acting
    from api.office import Office
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.state import Complaint


def complain(
    office: Office, handed_in: HandedIn, organisation: str | None, case: str | None, at: datetime
) -> Receipt:
    """Take a complaint in at any time; it blocks nothing."""
    complaint = new_stream("complaint", at)

    def decide_(desk: Desk) -> None:
        to = address(desk, about_case(desk, case), organisation, beijing.day(at))
        came = received(desk, complaint, handed_in, "complaint", case=case, address=to, at=at)
        desk.write(complaint, came)
        files = files_of(complaint, handed_in.files)
        desk.write(complaint, *receive_files(Kept(complaint), files))

    answer = act_as(office.desk, PublicActor(complaint), new_id(at), at, decide_)
    return Receipt(complaint, "complaint", answer.position)


def transfer_clue(
    desk: Desk,
    _inspector: Acting,
    *,
    statement: str,
    name: str | None,
    contact: str | None,
    case: str | None,
    organisation: str | None,
) -> Events:
    """Transfer a clue, as an inspector, to whoever deals with complaints."""
    to = address(desk, about_case(desk, case), organisation, desk.acting.today)
    said = HandedIn(statement=statement, name=name, contact=contact)
    at = desk.acting.at
    return (received(desk, desk.begun, said, "clue", case=case, address=to, at=at),)


def close(desk: Desk, complaint: Complaint, *, outcome: ComplaintOutcome, reason: str) -> Events:
    """Close a complaint that leads to nothing, with a reason."""
    said = Personal(reason, complaint.complaint, Purpose.OBJECTION)
    case, around = about_case(desk, complaint.case), around_complaint(desk)
    return (decide.close(complaint, case, outcome, said, around),)


def around_complaint(desk: Desk) -> Circumstances:
    """What an act on a complaint is judged by."""
    return circumstances.around_house(desk, desk.house)


def about_case(desk: Desk, case: str | None) -> Case | None:
    """The case that a complaint is about, if it is about one that there is."""
    return None if case is None else desk.case(case)


def masked(desk: Desk, complaint: Complaint) -> bool:
    """Whether its words are kept from the caller, as those of an objection are."""
    seats = objection_seats(desk)
    if not seats:
        return False
    if may_be_taken_over(desk, complaint):
        return True
    case = about_case(desk, complaint.case)
    return bool(complaint_objections(case, seats, around_complaint(desk)))


def _invites(desk: Desk, complaint: Complaint) -> Iterator[Act | Offer]:
    kept, held = desk.kept(complaint.complaint), objection_seats(desk)
    if kept is None or not held:
        return  # who holds no seat looks on
    if may_be_taken_over(desk, complaint):
        yield Act.TAKE_OVER_OBJECTION
        return
    case, around = about_case(desk, complaint.case), around_complaint(desk)

    def offer(act: Act, seat: str) -> Iterator[Offer]:
        if seat in held:
            yield Offer(act, tuple(complaint_objections(case, (seat,), around)))

    if complaint.ending is None:
        yield from offer(Act.CLOSE_COMPLAINT, INTEGRITY_HANDLER)
        if case is not None and case.chain:
            yield from offer(Act.OPEN_INVESTIGATION, INTEGRITY_HANDLER)
    elif not kept.erased:
        first = kept.proposal is None
        yield from offer(Act.ERASE_WORDS, INTEGRITY_HANDLER if first else INTEGRITY_LEADER)


COMPLAINT = Thing(
    find=Desk.complaint,
    stands=stands_to,
    reading=Act.READ_OBJECTION,
    invites=_invites,
    concern=concern,
)
TRANSFER_CLUE = Row(
    RECORD, Act.TRANSFER_CLUE, transfer_clue, begins=ComplaintReceived, changes=False
)
CLOSE = Row(COMPLAINT, Act.CLOSE_COMPLAINT, close, (INTEGRITY_HANDLER,))
