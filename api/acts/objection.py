"""Dealing with an objection: screened, its objector identified, investigated, settled by another.

Only its officers at the authority over the case learn that there is one, and inspectors where it
is about one of that authority's own people: then the authority above deals with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts.addressee import concern, may_be_taken_over, stands_to
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.handed_in import words
from api.acts.seats import objection_seats
from api.acts.stage import around_case, write
from api.acts.thing import Offer, Thing
from api.identifiers import notice_number
from domain import beijing
from domain.case.objections import ObjectionEnded, ObjectionNoted, UpheldObjection, settle_objection
from domain.case.phase import Suspended
from domain.objection import decide
from domain.objection.decide import Settle, settling_objections
from domain.objection.events import Disposition, ObjectionAdmitted, ObjectionScreened
from domain.objection.identity import Identify
from domain.objection.identity import identify as identify_objector
from domain.objection.officers import officer_objections
from domain.personal import Personal, Purpose
from domain.refusal import rules_of
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.state import Objection

_SCREENING = (DUTY_OFFICER, INTEGRITY_HANDLER)


def screen(desk: Desk, objection: Objection, *, admitted: bool, reason: str | None) -> Events:
    """Admit an objection, or don't, with a reason."""
    assert admitted is (reason is None)  # as the request was read
    case, around = both(desk, objection)
    stream = objection.objection
    event = decide.screen(objection, case, words(reason, stream), around)
    takes = isinstance(event, ObjectionAdmitted)
    desk.write(stream, event)
    desk.write(objection.posting, ObjectionScreened(objection=stream, admitted=takes))
    if takes:
        desk.write(case.case, ObjectionNoted(objection=stream, posting=objection.posting))
    return ()


def identify(desk: Desk, objection: Objection, *, shown: str, person: str | None) -> Events:
    """Enter who the objector has shown to be, as the officer to whom they did."""
    case, around = both(desk, objection)
    if person is not None:
        known(desk.person(person))
    command = Identify(
        shown=Personal(shown, objection.objection, Purpose.OBJECTION),
        person=person,
        may_be_named=desk.law_of(case).objections().objector_may_be_named,
    )
    return identify_objector(objection, case, command, around)


def investigate(
    desk: Desk, objection: Objection, *, findings: str, evidence: tuple[str, ...]
) -> Events:
    """Report, as the first officer, what was found."""
    case, around = both(desk, objection)
    found = Personal(findings, objection.objection, Purpose.OBJECTION)
    return (decide.investigate(objection, case, found, evidence, around),)


def settle(
    desk: Desk,
    objection: Objection,
    *,
    disposition: Disposition | None,
    decision: str,
    answer: str,
    summary: str,
) -> Events:
    """Uphold or dismiss it, as the second officer."""
    case, around = both(desk, objection)
    told, stream = Personal(summary, case.applicant, Purpose.APPLICANT), objection.objection
    command = Settle(
        disposition=disposition,
        decision=decision,
        answer=Personal(answer, stream, Purpose.OBJECTION),
        summary=told,
    )
    desk.write(stream, decide.settle(objection, case, command, around))
    law = desk.law_of(case)
    ended = ObjectionEnded(
        objection=stream,
        ending="dismissed" if disposition is None else "upheld",
        disposition=None if disposition is None else disposition.value,
    )
    follows = None
    if disposition is not None:
        follows = UpheldObjection(
            disposition=disposition,
            summary=told,
            due_at=beijing.end(law.returns().due_on(around.today)),
            notice=notice_number(around.at),
            rules=rules_of(law.behind("OPEN_OBJECTION")),
        )
    write(desk, case, settle_objection(case, ended, follows, around))
    return ()


def both(desk: Desk, objection: Objection) -> tuple[Case, Circumstances]:
    """The case that an objection is about, and what the caller's act is judged by."""
    case = known(desk.case(objection.case))
    return case, around_case(desk, case, desk.house)


def holds(objection: Objection, case: Case) -> bool:
    """Whether it was upheld, and its case is held still until an investigation of it begins."""
    waits = isinstance(case.phase, Suspended) and case.phase.investigation is None
    return waits and objection.ending == "upheld"


def masked(desk: Desk, objection: Objection) -> bool:
    """Whether its words are kept from the caller.

    Who holds a seat and has a part in the case does not see them, nor who only may take it over.
    """
    seats = objection_seats(desk)
    if not seats:
        return False
    if may_be_taken_over(desk, objection):
        return True
    case, around = both(desk, objection)
    return bool(officer_objections(case, objection.objector, seats, around))


def _invites(desk: Desk, objection: Objection) -> Iterator[Act | Offer]:
    """In the order in which it meets them; who holds the seat is told what keeps them from it."""
    kept, held = desk.kept(objection.objection), objection_seats(desk)
    if kept is None or not held:
        return  # who holds no seat looks on
    if may_be_taken_over(desk, objection):
        yield Act.TAKE_OVER_OBJECTION
        return
    case, around = both(desk, objection)

    def offer(act: Act, *seats: str) -> Iterator[Offer]:
        if not set(seats).isdisjoint(held):
            barred = officer_objections(case, objection.objector, seats, around)
            yield Offer(act, tuple(barred))

    if objection.ending is None:
        if objection.admitted is None:
            yield from offer(Act.SCREEN_OBJECTION, *_SCREENING)
        yield from offer(Act.IDENTIFY_OBJECTOR, *_SCREENING)
        if objection.admitted:
            yield from offer(Act.INVESTIGATE_OBJECTION, INTEGRITY_HANDLER)
            if INTEGRITY_LEADER in held:
                waits = settling_objections(objection, case, around)
                yield Offer(Act.SETTLE_OBJECTION, tuple(waits))
        return
    if holds(objection, case):
        yield from offer(Act.OPEN_INVESTIGATION, INTEGRITY_HANDLER)
    if not kept.erased:
        first = kept.proposal is None
        yield from offer(Act.ERASE_WORDS, INTEGRITY_HANDLER if first else INTEGRITY_LEADER)


OBJECTION = Thing(
    find=Desk.objection,
    stands=stands_to,
    reading=Act.READ_OBJECTION,
    invites=_invites,
    concern=concern,
)
SCREEN = Row(OBJECTION, Act.SCREEN_OBJECTION, screen, _SCREENING)
IDENTIFY = Row(OBJECTION, Act.IDENTIFY_OBJECTOR, identify, _SCREENING)
INVESTIGATE = Row(OBJECTION, Act.INVESTIGATE_OBJECTION, investigate, (INTEGRITY_HANDLER,))
SETTLE = Row(OBJECTION, Act.SETTLE_OBJECTION, settle, (INTEGRITY_LEADER,), fresh=True)
