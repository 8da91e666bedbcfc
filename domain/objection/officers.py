"""Who may deal with an objection or a complaint: in a seat, and with no part in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import reviewer_investigates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.state import Objection


def officer_objections(
    case: Case, objector: str | None, seats: Iterable[str], around: Circumstances
) -> list[Refusal]:
    """Why somebody may not deal with an objection to a case; empty where they may.

    Whoever reviewed anything in the case, its applicant and the objector can't.
    """
    found = seat_objections(seats, around)
    if around.humans.among(around.actor.person, involved_in(case, objector)):
        found.append(
            reviewer_investigates(
                "办理本案的异议",
                "deal with objections to it",
                around.law.behind("REVIEWER_INVESTIGATES"),
            )
        )
    return found


def involved_in(case: Case | None, objector: str | None) -> tuple[str, ...]:
    """Who deals with nothing that is handed in about a case, and who handed it in."""
    own = () if objector is None else (objector,)
    return own if case is None else (case.applicant, *case.involved(), *own)


def complaint_objections(
    case: Case | None, seats: Iterable[str], around: Circumstances
) -> list[Refusal]:
    """The same for a complaint, which may be about no case at all."""
    if case is None:
        return seat_objections(seats, around)
    return officer_objections(case, None, seats, around)


def seat_objections(seats: Iterable[str], around: Circumstances) -> list[Refusal]:
    """Refused where the account holds none of the seats today."""
    if any(map(around.sits, seats)):
        return []
    return [not_in_seat(*seats)]


def not_open(state: Objection) -> list[Refusal]:
    """Why nothing more is done about an objection that was not admitted, or is over."""
    if state.ending is not None:
        return [settled()]
    if not state.admitted:
        return [
            Refusal(
                "SCREENING_FIRST",
                "该异议尚未受理审查。",
                "The objection has not been screened and admitted yet.",
            )
        ]
    return []


def settled() -> Refusal:
    """It is over, or screened already."""
    return Refusal(
        "ALREADY_SETTLED",
        "该异议或投诉已经办结或受理审查。",
        "The objection or complaint has been settled or screened already.",
    )
