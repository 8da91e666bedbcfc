"""Taking over an investigation (提级办理、指定办理), which its office can't bring to its end.

What was done of it stays, so that nobody has to be told and heard twice; who proposed a finding
does not make it elsewhere either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.investigation.decide import seat_objections
from domain.investigation.events import InvestigationTakenOver
from domain.refusal import Refusal, Refused
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.takeover import eligible, matter_objections

if TYPE_CHECKING:
    from datetime import date

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation
    from domain.organisation.seats import Seats
    from domain.separation import Humans
    from domain.takeover import Office, Step, TakeMatterOver


def take_over(
    state: Investigation,
    case: Case,
    command: TakeMatterOver,
    office: Office,
    around: Circumstances,
) -> tuple[InvestigationTakenOver, ...]:
    """An integrity leader of an organisation above takes it over, for it or for another.

    Raises ``Refused``.
    """
    objections = seat_objections(command.by, case, INTEGRITY_LEADER, around)
    objections += matter_objections(command, office)
    if not steps(state):
        objections.append(_done())
    if objections:
        raise Refused(*objections)
    return (
        InvestigationTakenOver(
            from_organisation=state.organisation,
            to_organisation=command.organisation,
            by_organisation=command.by,
            cause=command.cause,
            document=command.document,
        ),
    )


def somebody_eligible(
    state: Investigation, case: Case, seats: Seats, humans: Humans, on: date
) -> bool:
    """Whether an office has somebody for whatever is still to be done about it."""
    barred = (case.applicant, *case.involved())
    proposers = () if state.proposal is None else (state.proposal.person,)

    def fit(person: str, seat: str) -> bool:
        also = proposers if seat == INTEGRITY_LEADER else ()
        return not humans.among(person, (*barred, *also))

    return eligible(steps(state), seats, on, fit)


def steps(state: Investigation) -> tuple[Step, ...]:
    """What its office still has to do about it: propose, decide, serve."""
    if state.ended is not None:
        unserved = not state.served and (state.ended == "found" or state.told)
        return ((INTEGRITY_HANDLER,),) if unserved else ()
    proposing = () if state.proposal is not None else ((INTEGRITY_HANDLER,),)
    return (*proposing, (INTEGRITY_LEADER,))


def _done() -> Refusal:
    return Refusal(
        "NOTHING_TO_TAKE_OVER",
        "该核查已经终结并送达，没有需要提级或指定办理的事项。",
        "The investigation has ended and its decision was served; nothing is left to take over.",
    )
