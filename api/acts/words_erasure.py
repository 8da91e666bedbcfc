"""Erasing what somebody handed in: proposed by one officer, ordered by another.

The keys of the words and of every file are destroyed by ``api.jobs.eraser`` as the order says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from api.access import Act
from api.acts import accession, circumstances, complaint, objection
from api.acts.accession import ACCESSION
from api.acts.addressee import concern, stands_to
from api.acts.desk import known
from api.acts.erasure import roles_ever
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.thing import Thing
from domain import beijing
from domain.account.events import Role
from domain.investigation.events import InvestigationOpened
from domain.objection import erasing
from domain.objection.erasing import Resting
from domain.objection.officers import (
    complaint_objections,
    officer_objections,
    seat_objections,
)
from domain.objection.state import Complaint, Objection
from domain.organisation.accession import Accession
from domain.personal import Personal
from domain.policy.periods import anniversary
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation
    from domain.objection.keeping import Kept
    from domain.refusal import Refusal


HandedIn: TypeAlias = Objection | Complaint | Accession


def propose_erasure(desk: Desk, handed_in: HandedIn, *, basis: str, reason: str) -> Events:
    """Propose, as the integrity handler, to erase what was handed in."""
    kept = known(desk.kept(_stream(handed_in)))
    said = Personal(reason, kept.stream, kept.purpose)
    case, unfit, around = _fit(desk, handed_in, INTEGRITY_HANDLER)
    resting = _resting(desk, kept, handed_in, case, around)
    return (erasing.propose_erasure(kept, basis, said, unfit, resting, around),)


def order_erasure(desk: Desk, handed_in: HandedIn, *, decision: str) -> Events:
    """Order it, as the integrity leader: from this answer on nobody is shown the words.

    Their keys are destroyed by then, or once a backup or a rotation under way has ended.
    """
    kept = known(desk.kept(_stream(handed_in)))
    case, unfit, around = _fit(desk, handed_in, INTEGRITY_LEADER)
    resting = _resting(desk, kept, handed_in, case, around)
    return (erasing.order_erasure(kept, decision, unfit, resting, around),)


def _fit(
    desk: Desk, handed_in: HandedIn, seat: str
) -> tuple[Case | None, list[Refusal], Circumstances]:
    """The case that it is about, and why the caller may not deal with it, if so."""
    if isinstance(handed_in, Accession):
        law = desk.laws.for_area(handed_in.employer.area)
        around = circumstances.of(desk, desk.house, law, ())
        unfit = [*seat_objections((seat,), around), *accession.own_affairs(desk, handed_in)]
        return None, unfit, around
    if isinstance(handed_in, Objection):
        case, around = objection.both(desk, handed_in)
        return case, officer_objections(case, handed_in.objector, (seat,), around), around
    about, around = (complaint.about_case(desk, handed_in.case), complaint.around_complaint(desk))
    return about, complaint_objections(about, (seat,), around), around


def _resting(
    desk: Desk, kept: Kept, handed_in: HandedIn, case: Case | None, around: Circumstances
) -> Resting:
    """What still rests on it, on the day of the act."""
    applied = handed_in if isinstance(handed_in, Accession) else None
    own = desk.laws.for_area((around.organisation if applied is None else applied.employer).area)
    years = (own if case is None else desk.law_of(case)).retention().years
    kept_until: date | None = None
    if years is not None and kept.ended_at is not None:
        kept_until = anniversary(beijing.day(kept.ended_at), years=years)
    if applied is not None:
        return replace(_resting_on(desk, applied), kept_until=kept_until)
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


def _resting_on(desk: Desk, applied: Accession) -> Resting:
    """What rests on an application: whom an inspector keeps, and who holds office by it.

    The words of one that was approved go as those of the account that was opened by it go: not
    where whoever holds the account has had an office.
    """
    named = accession.named_in(desk, applied)
    if applied.approved is not None:
        named = known(desk.account(applied.approved.account)).person
    circle = () if named is None else desk.circle(named)
    held = roles_ever(desk, [each.person for each in circle]) - {Role.APPLICANT}
    return Resting(
        accountable=applied.approved is not None and bool(held),
        held=any(each.holds for each in circle),
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


def _stream(handed_in: HandedIn) -> str:
    match handed_in:
        case Objection():
            return handed_in.objection
        case Complaint():
            return handed_in.complaint
        case Accession():
            return handed_in.accession


HANDED_IN: Thing[Objection | Complaint] = Thing(
    find=_find, stands=stands_to, reading=Act.READ_OBJECTION, concern=concern
)
_OF_ACCESSION = replace(ACCESSION, concern=accession.about_words)
_HANDLER, _LEADER = (INTEGRITY_HANDLER,), (INTEGRITY_LEADER,)
PROPOSE = Row(HANDED_IN, Act.ERASE_WORDS, propose_erasure, _HANDLER, blank=empty(propose_erasure))
PROPOSE_OF_ACCESSION = Row(
    _OF_ACCESSION, Act.ERASE_WORDS, propose_erasure, _HANDLER, blank=empty(propose_erasure)
)
ORDER = Row(
    HANDED_IN, Act.ERASE_WORDS, order_erasure, _LEADER, fresh=True, blank=empty(order_erasure)
)
ORDER_OF_ACCESSION = Row(
    _OF_ACCESSION, Act.ERASE_WORDS, order_erasure, _LEADER, fresh=True, blank=empty(order_erasure)
)
