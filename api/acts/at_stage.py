"""Acts at a stage of a case: who stands how to it, in which seat they act, what follows for others.

Shared by every use case in which an organisation of the chain acts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import extending, onward, standing
from api.acts.cases import end_filing
from api.identifiers import new_stream
from api.problems import Problem
from domain.case import review
from domain.case.circumstances import Circumstances
from domain.case.outcome import TitleRecognised
from domain.case.phase import InPublicity, UnderReview
from domain.case.publicity import open_objection
from domain.case.refusals import wrong_phase
from domain.case.standing import refuse_ahead_of_turn
from domain.case.state import Case
from domain.case.values import Reason
from domain.event import Event
from domain.notes import SeparationConflictRefused
from domain.person.events import TitleGained
from domain.refusal import Refused
from domain.separation import HANDLER

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk, Note
    from api.law.book import LawBook
    from domain.policy.law import Law

Decide = Callable[[Case, Circumstances], tuple[Event, ...]]

_SEPARATION_CODES = frozenset({"SAME_REVIEWER", "SELF_REVIEW", "HANDLER_FIRST"})
_OUTCOMES = {
    "case:recognised:1": "recognised",
    "case:not-accepted:1": "not_accepted",
    "case:rejected:1": "rejected",
    "case:rejected-by-vote:1": "rejected",
    "case:rejected-on-objection:1": "rejected",
}


class AtStage:
    """Carries out what an organisation of the chain does on a case."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self.desk = desk
        self.laws = laws

    def review(
        self,
        acting: Acting,
        case_id: str,
        act: Act,
        seat: str | None,
        decide: Decide,
        *,
        going_on: bool = False,
    ) -> Answer:
        """Carry out an act at the present stage, in the given seat or in the one that is held.

        ``going_on`` asks the law whether the case may leave its stage now.
        """

        def think(deliberation: Deliberation) -> None:
            case = self.case(deliberation, case_id)
            if not isinstance(case.phase, (UnderReview, InPublicity)):
                self._refuse_elsewhere(acting, deliberation, case)
            stage = case.stage(getattr(case.phase, "stage", ""))
            persons = (acting.actor.person, case.applicant, *case.reviewers())
            around = self.around(acting, deliberation, case, stage.organisation, persons)
            held = review.seats_of(case, around)
            if not held:
                self._refuse_ahead(acting, deliberation, case)
            relations = standing.to_case(acting, deliberation, case, held)
            standing.require(acting, act, relations, reading=Act.READ_CASE)
            filled = seat or (held[0] if held else HANDLER)
            standing.take_seat(acting, deliberation, stage.organisation, filled)
            around = replace(around, actor=replace(acting.actor, seat=filled))
            if going_on:
                granted = extending.of_case(deliberation, self.law(case), case)
                law = extending.extended(self.law(case), granted)
                facts = onward.told(deliberation, case)
                found = onward.obstacles(law, facts, case, acting.at)
                if deliberation.unscreened(case):
                    found = (*found, open_objection(around))
                around = replace(around, onward=found)
            self.write(deliberation, case, decide(case, around))

        return self.desk.act(acting, think, named=case_id, note=self.note(acting, case_id, seat))

    def in_house(
        self,
        acting: Acting,
        case_id: str,
        act: Act,
        decide: Callable[..., tuple[Event, ...]],
        seat: str | None = None,
    ) -> Answer:
        """Carry out an act of the caller's own organisation, whatever stage the case is at.

        ``decide`` is given the case, the circumstances, the law and the facts.
        """

        def think(deliberation: Deliberation) -> None:
            case, around = self.at_home(acting, deliberation, case_id, act, seat)
            facts = onward.told(deliberation, case)
            self.write(deliberation, case, decide(case, around, self.law(case), facts))

        return self.desk.act(acting, think, named=case_id)

    def at_home(
        self,
        acting: Acting,
        deliberation: Deliberation,
        case_id: str,
        act: Act,
        seat: str | None = None,
    ) -> tuple[Case, Circumstances]:
        """A filed case, and what an act of the caller's own organisation on it is judged by.

        It is done in ``seat``, or in any that the caller holds there.
        """
        case = self.case(deliberation, case_id)
        relations = standing.to_case(acting, deliberation, case, ())
        standing.require(acting, act, relations, reading=Act.READ_CASE)
        persons = (acting.actor.person, case.applicant, *case.reviewers())
        own = acting.actor.organisation or ""
        around = self.around(acting, deliberation, case, own, persons)
        held = around.seats.held_by(acting.actor.account, acting.today)
        for mine in [each for each in held if seat in (None, each.seat)][:1]:
            deliberation.in_seat(mine.seat, mine.appointment)
        if not case.chain:
            raise Refused(wrong_phase(case, "办理", "dealt with"))
        return case, around

    def write(self, deliberation: Deliberation, case: Case, events: tuple[Event, ...]) -> None:
        """Write a case's events, and what the person's own stream must know of them."""
        deliberation.write(case.case, *events)
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

    def case(self, deliberation: Deliberation, case_id: str) -> Case:
        """The case. Raises the problem ``NOT_FOUND``."""
        case = deliberation.case(case_id)
        if case is None:
            raise Problem("NOT_FOUND")
        return case

    def law(self, case: Case) -> Law:
        """The law under which a case was filed."""
        return self.laws.of(case.law)

    def around(
        self,
        acting: Acting,
        deliberation: Deliberation,
        case: Case,
        organisation: str,
        persons: tuple[str, ...],
    ) -> Circumstances:
        """What an act of an organisation is judged by. Raises ``NOT_FOUND`` for who has none."""
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("NOT_FOUND")
        law = self.law(case)
        return Circumstances(
            actor=acting.actor,
            at=acting.at,
            humans=deliberation.humans(persons),
            organisation=known,
            seats=deliberation.seats(organisation),
            law=law,
            outcome_label=law.outcome_label(case.result.route if case.result else None),
            investigators=deliberation.investigators(case),
            public_from=deliberation.public_from(case),
            objection_officers=deliberation.objection_officers(case),
        )

    def note(self, acting: Acting, case_id: str, seat: str | None) -> Note:
        """A check of separation that did not pass is a fact, and no accusation."""
        stream = new_stream("refusal", acting.at)

        def note(refused: Refused) -> tuple[str, Event] | None:
            separating = [each for each in refused.refusals if each.code in _SEPARATION_CODES]
            case = self.desk.deliberate().case(case_id)
            if not separating or case is None:
                return None
            stage = getattr(case.phase, "stage", None)
            return stream, SeparationConflictRefused(
                act="review",
                case=case_id,
                stage=stage,
                organisation=case.stage(stage).organisation if stage else case.employer,
                seat=seat or HANDLER,
                person=acting.actor.person,
                reasons=tuple(
                    Reason(code=each.code, rules=tuple(c.rule for c in each.citations))
                    for each in separating
                ),
                explanation=None,
            )

        return note

    def _refuse_ahead(self, acting: Acting, deliberation: Deliberation, case: Case) -> None:
        """An organisation whose stage is still to come is told which come before it."""
        own = acting.actor.organisation
        if own in {each.organisation for each in case.chain}:
            around = self.around(acting, deliberation, case, own, (acting.actor.person,))
            refuse_ahead_of_turn(case, around)

    def _refuse_elsewhere(self, acting: Acting, deliberation: Deliberation, case: Case) -> None:
        relations = standing.to_case(acting, deliberation, case, ())
        standing.require(acting, Act.READ_CASE, relations, reading=Act.READ_CASE)
        raise Refused(wrong_phase(case, "审查", "reviewed"))
