"""Taking over an objection or a complaint (提级办理、指定办理), which its office can't deal with.

What was done of it stays: who investigated an objection there has not settled it, and whoever
settles it elsewhere is another person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.objection.events import ComplaintTakenOver, ObjectionTakenOver
from domain.objection.officers import complaint_objections, involved_in, officer_objections, settled
from domain.objection.state import Complaint, Objection
from domain.refusal import Refused
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.takeover import eligible, matter_objections

if TYPE_CHECKING:
    from datetime import date

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.organisation.seats import Seats
    from domain.separation import Humans
    from domain.takeover import Office, Step, TakeMatterOver


def take_over(
    state: Objection | Complaint,
    case: Case | None,
    command: TakeMatterOver,
    office: Office,
    around: Circumstances,
) -> ObjectionTakenOver | ComplaintTakenOver:
    """An integrity leader of an organisation above takes it over, for it or for another.

    Nobody hands it to whom it is about. Raises ``Refused``.
    """
    if isinstance(state, Objection):
        assert case is not None
        objections = officer_objections(case, state.objector, (INTEGRITY_LEADER,), around)
    else:
        objections = complaint_objections(case, (INTEGRITY_LEADER,), around)
    objections += matter_objections(command, office)
    if state.ending is not None:
        objections.append(settled())
    if objections:
        raise Refused(*objections)
    taken = ObjectionTakenOver if isinstance(state, Objection) else ComplaintTakenOver
    return taken(
        from_organisation=command.office,
        to_organisation=command.organisation,
        by_organisation=command.by,
        cause=command.cause,
        document=command.document,
    )


def somebody_eligible(
    state: Objection | Complaint, case: Case | None, seats: Seats, humans: Humans, on: date
) -> bool:
    """Whether an office has somebody for whatever is still to be done about it."""
    barred = involved_in(case, state.objector if isinstance(state, Objection) else None)
    first = state.investigated_by if isinstance(state, Objection) else None
    investigators = () if first is None else (first,)

    def fit(person: str, seat: str) -> bool:
        also = investigators if seat == INTEGRITY_LEADER else ()
        return not humans.among(person, (*barred, *also))

    return eligible(_steps(state), seats, on, fit)


def _steps(state: Objection | Complaint) -> tuple[Step, ...]:
    """What is still to be done about it, by whom."""
    if isinstance(state, Complaint):
        return ((INTEGRITY_HANDLER,),)
    if state.investigated_by is not None:
        return ((INTEGRITY_LEADER,),)
    screening = () if state.admitted else ((DUTY_OFFICER, INTEGRITY_HANDLER),)
    return (*screening, (INTEGRITY_HANDLER,), (INTEGRITY_LEADER,))
