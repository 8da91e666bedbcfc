"""Acts at a stage of a case: whose turn it is, in which seat they act, what follows for others.

Shared by every act in which an organisation of the chain acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import circumstances, competence, relation
from api.acts.case_law import Asked, ask_of
from api.acts.competence import Concern, matter_of
from api.acts.desk import Desk, Events, known
from api.acts.seats import take_seat
from api.acts.supplement import under_its_law
from api.acts.thing import Thing
from domain.authority.power import EMPLOYER, GRANTED_BODIES
from domain.case.circumstances import Circumstances
from domain.case.establishing import knowing, open_at
from domain.case.facts import about, facts
from domain.case.next_stage import TitleRecognised
from domain.case.obstacles import obstacles_of
from domain.case.phase import InPublicity, UnderReview
from domain.case.publicity import open_objection
from domain.case.refusals import wrong_phase
from domain.case.seats import refuse_ahead_of_turn, seats_of
from domain.case.separation_refused import separating
from domain.case.state import Case
from domain.person.events import FilingEnded
from domain.person.titles import TitleGained
from domain.refusal import Refused
from domain.replacing import replace
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from domain.single_events import SeparationConflictRefused

if TYPE_CHECKING:
    from audit.record import History
    from domain.case.values import ChainStage, EstablishedFact
    from domain.event import Event
    from domain.organisation.state import Organisation
    from domain.person.state import Person
    from domain.policy.facts import Facts
    from domain.policy.law import Law

ANY_SEAT = (HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER, DUTY_OFFICER)
"""Every seat of an organisation: acts of the house on a case are done in whichever one holds."""
_OUTCOMES = {
    "case:recognised:1": "recognised",
    "case:referred-up:1": "referred_up",
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

    def seated(self, desk: Desk) -> Circumstances:
        """What the act is judged by, in the seat in which it is done."""
        return replace(self.around, actor=replace(self.around.actor, seat=desk.seat))

    def in_favour(self, desk: Desk, established: tuple[EstablishedFact, ...] = ()) -> Circumstances:
        """The same, and why the law lets nobody speak in favour, with these facts established."""
        case = knowing(self.case, established, self._stage)
        return self._in_favour(desk, case, _asked(desk, case))

    def going_on(self, desk: Desk) -> Circumstances:
        """The same, and why the law does not let the case leave its stage now."""
        asked, facts = _asked(desk, self.case), facts_of(desk, self.case)
        found = obstacles_of(asked.law, facts, self.case, self.around.at, desk.calendar)
        if desk.unscreened(self.case):
            found = (*found, open_objection(self.around))
        return replace(self._in_favour(desk, self.case, asked), onward=found)

    @property
    def _stage(self) -> str:
        return getattr(self.case.phase, "stage", "")

    def _in_favour(self, desk: Desk, case: Case, asked: Asked) -> Circumstances:
        law, answer = desk.law_of(case), asked.answer
        found = (*answer.obstacles, *open_at(self._stage, case, answer.verdict, law))
        return replace(self.seated(desk), against=tuple(dict.fromkeys(found)))


def _asked(desk: Desk, case: Case) -> Asked:
    assert case.filed_at is not None
    employer = relation.registered(desk, case)
    return ask_of(desk, desk.law_of(case), case, employer, case.filed_at, in_window=False)


def around_case(desk: Desk, case: Case, organisation: Organisation, *persons: str) -> Circumstances:
    """What an act for an organisation on a case is judged by."""
    return desk.once(_around_case, case, organisation, desk.law_of(case), *persons)


def _around_case(
    desk: Desk, case: Case, organisation: Organisation, law: Law, *persons: str
) -> Circumstances:
    everybody = (case.applicant, *case.involved(), *persons)
    return replace(
        circumstances.of(desk, organisation, law, everybody, case),
        investigators=desk.investigators(case),
        public_from=desk.public_from(case),
        objection_officers=desk.objection_officers(case),
    )


def in_house(desk: Desk, case: Case) -> Circumstances:
    """What an act of the caller's own organisation on a filed case is judged by."""
    around = around_case(desk, case, desk.house)
    if not case.chain:
        raise Refused(wrong_phase(case, "办理", "dealt with"))
    return around


def facts_of(desk: Desk, case: Case) -> Facts:
    """The facts of a case on record, in the batch in which it was filed."""
    employer, circle = relation.registered(desk, case), desk.circle(case.applicant)
    return desk.history(case.case).once(_facts, case, desk.law_of(case), employer, *circle)


def _facts(_: History, case: Case, law: Law, employer: Organisation, *circle: Person) -> Facts:
    assert case.filed_at is not None
    told = facts(about(case, employer, circle), law, case.filed_at)
    batch = case.result.batch if case.result is not None else None
    return told if batch is None else told.with_batch(batch)


def write(desk: Desk, case: Case, events: Events) -> tuple[Event, ...]:
    """Write a case's events, and what the person's own stream must know of them."""
    for event in events:
        desk.write(case.case, event)
    for event in events:
        if event.topic in _OUTCOMES:
            end_filing(desk, case, _OUTCOMES[event.topic])
        if isinstance(event, TitleRecognised):
            gained = TitleGained(
                case=case.case,
                series=event.series,
                specialty=event.specialty,
                level=event.level,
                label=event.label,
                gained_on=event.effective_on,
            )
            desk.write(case.applicant, gained)
    return ()


def end_filing(desk: Desk, case: Case, outcome: str) -> None:
    """Let the person's stream know that a filing under review is over."""
    person = desk.person(case.applicant)
    if person is not None and case.case in person.filings:
        desk.write(case.applicant, FilingEnded(case=case.case, outcome=outcome))


def conflict(
    desk: Desk, refused: Refused, stream: str, **asked: object
) -> SeparationConflictRefused | None:
    """A check of separation that did not pass is a fact, and no accusation."""
    reasons, case = separating(refused), desk.case(stream)
    if not reasons or case is None:
        return None
    stage = getattr(case.phase, "stage", None)
    return SeparationConflictRefused(
        act="review",
        case=stream,
        stage=stage,
        organisation=case.stage(stage).organisation if stage else case.employer,
        seat=str(asked.get("seat") or desk.seat or HANDLER),
        person=desk.acting.actor.person,
        reasons=reasons,
        explanation=None,
    )


def _find(desk: Desk, stream: str) -> Turn | None:
    """Raises ``Refused`` to who may know of a case that nobody reviews now."""
    case = known(under_its_law(desk, stream))
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        relations = relation.to_case(desk, case)
        relation.require(desk, (Act.READ_CASE,), relations, reading=Act.READ_CASE)
        raise Refused(wrong_phase(case, "审查", "reviewed"))
    here = known(desk.organisation(case.stage(case.phase.stage).organisation))
    around = around_case(desk, case, here)
    seats = tuple(seats_of(case, around))
    if not seats:
        _refuse_ahead(desk, case)
    return Turn(case, around, seats)


def _refuse_ahead(desk: Desk, case: Case) -> None:
    """An organisation whose stage is still to come is told which come before it."""
    own = desk.acting.actor.organisation
    if own in {each.organisation for each in case.chain}:
        here = known(desk.organisation(own))
        refuse_ahead_of_turn(case, around_case(desk, case, here))


def _stands(desk: Desk, turn: Turn) -> set[Relation]:
    return relation.to_case(desk, turn.case, turn.seats)


def _sit(desk: Desk, turn: Turn, seats: tuple[str, ...]) -> None:
    """In the seat, or in the one that is held where the act is done in any.

    Who fills a seat in another's place does so without an appointment.
    """
    seat = (*seats, *turn.seats, HANDLER)[0]
    take_seat(desk, turn.around.organisation.organisation, (seat,))


def _stands_to_chain(desk: Desk, case: Case) -> set[Relation]:
    relations = relation.to_case(desk, case)
    chain = {each.organisation for each in case.chain}
    return relations.union(*(relation.to_office(desk, each) for each in sorted(chain)))


def _stands_outside(desk: Desk, case: Case) -> set[Relation]:
    return relation.to_case(desk, case)


def of_case(desk: Desk, case: Case) -> Concern:
    """What the caller's own organisation needs to deal with a case.

    To be the body as which it has part in the case; any body, where it stands above.
    """
    own = desk.acting.actor.organisation
    bodies = tuple(each.body for each in case.chain if each.organisation == own)
    matters = (matter_of(desk, case),)
    return Concern(office=own, matters=matters, bodies=bodies or GRANTED_BODIES)


def of_receiver(desk: Desk, case: Case) -> Concern:
    """Papers and fees are received by a body above the employer, or by one that decides itself."""
    concern, own = of_case(desk, case), desk.acting.actor.organisation
    bodies = tuple(each.body for each in case.chain if each.organisation == own and receives(each))
    return replace(concern, bodies=bodies)


def receives(stage: ChainStage) -> bool:
    """Whether papers and a fee may come to the body of a stage at all."""
    return stage.body != EMPLOYER or stage.decides


def of_stage(desk: Desk, case: Case) -> Concern:
    """The organisation whose turn it is has to be its body still, over this case."""
    assert isinstance(case.phase, (UnderReview, InPublicity))
    here = case.stage(case.phase.stage)
    matters = (matter_of(desk, case),)
    return Concern(office=here.organisation, matters=matters, bodies=(here.body,))


def _of_turn(desk: Desk, turn: Turn) -> Concern:
    return of_stage(desk, turn.case)


CASE = Thing(find=under_its_law, stands=_stands_outside, reading=Act.READ_CASE, concern=of_case)
"""A case, whatever stage it is at."""
PAPERS = replace(CASE, concern=of_receiver)
"""The papers and the fee that belong to a case."""
CHAIN = Thing(
    find=under_its_law,
    stands=_stands_to_chain,
    reading=Act.READ_CASE,
    concern=competence.as_asked,
)
"""A case, as something that concerns each organisation of its chain."""
TURN = Thing(find=_find, stands=_stands, reading=Act.READ_CASE, seat=_sit, concern=_of_turn)
"""A case at the stage whose turn it is."""
