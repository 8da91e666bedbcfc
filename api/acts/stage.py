"""Acts at a stage of a case: whose turn it is, in which seat they act, what follows for others.

Shared by every act in which an organisation of the chain acts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import extension, obstacles, standing
from api.acts.acting import separating
from api.acts.deliberation import Deliberation, known
from api.acts.thing import Thing
from domain.case import review
from domain.case.circumstances import Circumstances
from domain.case.outcome import TitleRecognised
from domain.case.phase import InPublicity, UnderReview
from domain.case.publicity import open_objection
from domain.case.refusals import wrong_phase
from domain.case.standing import refuse_ahead_of_turn
from domain.case.state import Case
from domain.notes import SeparationConflictRefused
from domain.person.events import FilingEnded, TitleGained
from domain.refusal import Refused
from domain.separation import (
    DUTY_OFFICER,
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import Event
    from domain.organisation.state import Organisation

ANY_SEAT = (HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER, DUTY_OFFICER)
"""Every seat of an organisation: acts of the house on a case are done in whichever one holds."""
_OUTCOMES = {
    "case:recognised:1": "recognised",
    "case:not-accepted:1": "not_accepted",
    "case:rejected:1": "rejected",
    "case:rejected-by-vote:1": "rejected",
    "case:rejected-on-objection:1": "rejected",
}


@dataclass(frozen=True)
class Turn:
    """A case at its present stage, and the seats there that the caller may fill."""

    case: Case
    around: Circumstances
    seats: tuple[str, ...]

    def seated(self, deliberation: Deliberation) -> Circumstances:
        """What the act is judged by, in the seat in which it is done."""
        return replace(self.around, actor=replace(self.around.actor, seat=deliberation.seat))

    def going_on(self, deliberation: Deliberation) -> Circumstances:
        """The same, and whether the law lets the case leave its stage now."""
        law = deliberation.law_of(self.case)
        granted = extension.of_case(deliberation, law, self.case)
        facts = obstacles.told(deliberation, self.case)
        extended = extension.extended(law, granted)
        found = obstacles.found(extended, facts, self.case, self.around.at)
        if deliberation.unscreened(self.case):
            found = (*found, open_objection(self.around))
        return replace(self.seated(deliberation), onward=found)


def around_case(
    deliberation: Deliberation, case: Case, organisation: Organisation, *persons: str
) -> Circumstances:
    """What an act for an organisation on a case is judged by."""
    everybody = (case.applicant, *case.reviewers(), *persons)
    law = deliberation.law_of(case)
    return replace(
        standing.circumstances(deliberation, organisation, law, everybody, case),
        investigators=deliberation.investigators(case),
        public_from=deliberation.public_from(case),
        objection_officers=deliberation.objection_officers(case),
    )


def in_house(deliberation: Deliberation, case: Case) -> Circumstances:
    """What an act of the caller's own organisation on a filed case is judged by."""
    around = around_case(deliberation, case, standing.own_organisation(deliberation))
    if not case.chain:
        raise Refused(wrong_phase(case, "办理", "dealt with"))
    return around


def write(deliberation: Deliberation, case: Case, events: Iterable[Event]) -> tuple[Event, ...]:
    """Write a case's events, and what the person's own stream must know of them."""
    for event in events:
        deliberation.write(case.case, event)
    for event in events:
        if event.topic in _OUTCOMES:
            end_filing(deliberation, case, _OUTCOMES[event.topic])
        if isinstance(event, TitleRecognised):
            gained = TitleGained(
                case=case.case,
                series=event.series,
                specialty=event.specialty,
                level=event.level,
                label=event.label,
                gained_on=event.effective_on,
            )
            deliberation.write(case.applicant, gained)
    return ()


def end_filing(deliberation: Deliberation, case: Case, outcome: str) -> None:
    """Let the person's stream know that a filing under review is over."""
    person = deliberation.person(case.applicant)
    if person is not None and case.case in person.filings:
        deliberation.write(case.applicant, FilingEnded(case=case.case, outcome=outcome))


def conflict(
    deliberation: Deliberation, refused: Refused, stream: str, **asked: object
) -> SeparationConflictRefused | None:
    """A check of separation that did not pass is a fact, and no accusation."""
    reasons, case = separating(refused), deliberation.case(stream)
    if not reasons or case is None:
        return None
    stage = getattr(case.phase, "stage", None)
    return SeparationConflictRefused(
        act="review",
        case=stream,
        stage=stage,
        organisation=case.stage(stage).organisation if stage else case.employer,
        seat=str(asked.get("seat") or deliberation.seat or HANDLER),
        person=deliberation.acting.actor.person,
        reasons=reasons,
        explanation=None,
    )


def _find(deliberation: Deliberation, stream: str) -> Turn | None:
    """Raises ``Refused`` to who may know of a case that nobody reviews now."""
    case = known(deliberation.case(stream))
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        relations = standing.to_case(deliberation, case)
        standing.require(deliberation, (Act.READ_CASE,), relations, reading=Act.READ_CASE)
        raise Refused(wrong_phase(case, "审查", "reviewed"))
    here = known(deliberation.organisation(case.stage(case.phase.stage).organisation))
    around = around_case(deliberation, case, here)
    seats = tuple(review.seats_of(case, around))
    if not seats:
        _refuse_ahead(deliberation, case)
    return Turn(case, around, seats)


def _refuse_ahead(deliberation: Deliberation, case: Case) -> None:
    """An organisation whose stage is still to come is told which come before it."""
    own = deliberation.acting.actor.organisation
    if own in {each.organisation for each in case.chain}:
        here = known(deliberation.organisation(own))
        refuse_ahead_of_turn(case, around_case(deliberation, case, here))


def _stands(deliberation: Deliberation, turn: Turn) -> set[Relation]:
    return standing.to_case(deliberation, turn.case, turn.seats)


def _sit(deliberation: Deliberation, turn: Turn, seats: tuple[str, ...]) -> None:
    """In the seat, or in the one that is held where the act is done in any.

    Who fills a seat in another's place does so without an appointment.
    """
    seat = (*seats, *turn.seats, HANDLER)[0]
    standing.take_seat(deliberation, turn.around.organisation.organisation, (seat,))


def _stands_to_chain(deliberation: Deliberation, case: Case) -> set[Relation]:
    relations = standing.to_case(deliberation, case)
    chain = {each.organisation for each in case.chain}
    return relations.union(*(standing.to_office(deliberation, each) for each in sorted(chain)))


def _stands_outside(deliberation: Deliberation, case: Case) -> set[Relation]:
    return standing.to_case(deliberation, case)


CASE = Thing(find=Deliberation.case, stands=_stands_outside, reading=Act.READ_CASE)
"""A case, whatever stage it is at."""
CHAIN = Thing(find=Deliberation.case, stands=_stands_to_chain, reading=Act.READ_CASE)
"""A case, as something that concerns each organisation of its chain."""
TURN = Thing(find=_find, stands=_stands, reading=Act.READ_CASE, seat=_sit)
"""A case at the stage whose turn it is."""
