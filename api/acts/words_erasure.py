"""Erasing what somebody handed in: proposed by one officer, ordered by another.

The keys of the words and of every file are destroyed by ``api.jobs.eraser`` as the order says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import complaint, objection, standing
from api.acts.addressee import concern, stands_to
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.thing import Thing
from domain import beijing
from domain.investigation.events import InvestigationOpened
from domain.objection import erasing
from domain.objection.erasing import Resting
from domain.objection.officers import complaint_objections, officer_objections
from domain.objection.state import Complaint, Objection
from domain.personal import Personal, Purpose
from domain.policy.periods import anniversary
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation
    from domain.objection.kept import Kept
    from domain.refusal import Refusal


def propose_erasure(
    desk: Desk, handed_in: Objection | Complaint, *, basis: str, reason: str
) -> Events:
    """Propose, as the integrity handler, to erase what was handed in."""
    kept = known(desk.kept(_stream(handed_in)))
    said = Personal(reason, kept.stream, Purpose.OBJECTION)
    case, unfit, around = _fit(desk, handed_in, INTEGRITY_HANDLER)
    resting = _resting(desk, kept, case, around)
    return (erasing.propose_erasure(kept, basis, said, unfit, resting, around),)


def order_erasure(desk: Desk, handed_in: Objection | Complaint, *, decision: str) -> Events:
    """Order it, as the integrity leader: from this answer on nobody is shown the words.

    Their keys are destroyed by then, or once a backup or a rotation under way has ended.
    """
    kept = known(desk.kept(_stream(handed_in)))
    case, unfit, around = _fit(desk, handed_in, INTEGRITY_LEADER)
    resting = _resting(desk, kept, case, around)
    return (erasing.order_erasure(kept, decision, unfit, resting, around),)


def _fit(
    desk: Desk, handed_in: Objection | Complaint, seat: str
) -> tuple[Case | None, list[Refusal], Circumstances]:
    """The case that it is about, and why the caller may not deal with it, if so."""
    if isinstance(handed_in, Objection):
        case, around = objection.both(desk, handed_in)
        return case, officer_objections(case, handed_in.objector, (seat,), around), around
    about, around = (complaint.about_case(desk, handed_in.case), complaint.around_complaint(desk))
    return about, complaint_objections(about, (seat,), around), around


def _resting(desk: Desk, kept: Kept, case: Case | None, around: Circumstances) -> Resting:
    """What still rests on it, on the day of the act."""
    own = desk.laws.for_area(around.organisation.area)
    years = (own if case is None else desk.law_of(case)).retention().years
    kept_until: date | None = None
    if years is not None and kept.ended_at is not None:
        kept_until = anniversary(beijing.day(kept.ended_at), years=years)
    if case is None:
        return Resting(kept_until=kept_until)
    circle = desk.circle(case.applicant)
    led_to = tuple(_led_to(desk, kept.stream, case))
    return Resting(
        case_open=case.is_open,
        matters=tuple(
            each.investigation for each in led_to if each.ended is None or each.review_open
        ),
        record_active=bool(led_to)
        and any(person.active_entries(around.today) for person in circle),
        held=any(person.holds for person in circle),
        kept_until=kept_until,
    )


def _led_to(desk: Desk, stream: str, case: Case) -> Iterator[Investigation]:
    """The investigations of the case that rest on an objection or complaint."""
    named = set(case.investigations)
    taken_up = desk.complaint(stream)
    if taken_up is not None and taken_up.investigation is not None:
        named.add(taken_up.investigation)
    for each in sorted(named):
        opened = desk.history(each).events[0]
        if isinstance(opened, InvestigationOpened) and opened.source == stream:
            found = desk.investigation(each)
            if found is not None:
                yield found


def _find(desk: Desk, stream: str) -> Objection | Complaint | None:
    return desk.objection(stream) or desk.complaint(stream)


def _stream(handed_in: Objection | Complaint) -> str:
    return handed_in.objection if isinstance(handed_in, Objection) else handed_in.complaint


HANDED_IN: Thing[Objection | Complaint] = Thing(
    find=_find, stands=stands_to, reading=Act.READ_OBJECTION, concern=concern
)
PROPOSE = Row(HANDED_IN, Act.ERASE_WORDS, propose_erasure, standing.OBJECTION_SEATS)
ORDER = Row(HANDED_IN, Act.ERASE_WORDS, order_erasure, standing.OBJECTION_SEATS, fresh=True)
