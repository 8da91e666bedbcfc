"""Corrections: an official's slip rescinded, a window extended, a file withheld or released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import standing
from domain.case import correction, purge
from domain.person.events import FilingBegun, TitleRescinded
from domain.personal import Personal, Purpose
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.at_stage import AtStage
    from api.acts.deliberation import Deliberation
    from domain.case.circumstances import Circumstances
    from domain.case.correction import ActRescinded, WithholdingCause
    from domain.case.state import Case
    from domain.event import Event
    from domain.policy.facts import Facts
    from domain.policy.law import Law


class Correcting:
    """The use cases about corrections."""

    def __init__(self, at_stage: AtStage) -> None:
        self._at_stage = at_stage

    def propose(self, acting: Acting, case_id: str, reason: str) -> Answer:
        """The handler proposes to rescind the last act of their organisation."""

        def decide(
            case: Case, around: Circumstances, _law: Law, _facts: Facts
        ) -> tuple[Event, ...]:
            words = Personal(reason, case.applicant, Purpose.APPLICANT)
            return correction.propose_rescission(case, words, around)

        return self._at_stage.in_house(acting, case_id, Act.RESCIND, decide, HANDLER)

    def confirm(self, acting: Acting, case_id: str) -> Answer:
        """The leader confirms; an ending that is rescinded brings the filing under way again."""

        def think(deliberation: Deliberation) -> None:
            case = self._at_stage.case(deliberation, case_id)
            relations = standing.to_case(acting, deliberation, case, ())
            standing.require(acting, Act.RESCIND, relations, reading=Act.READ_CASE)
            persons = (acting.actor.person, case.applicant, *case.reviewers())
            own = acting.actor.organisation or ""
            around = self._at_stage.around(acting, deliberation, case, own, persons)
            standing.take_seat(acting, deliberation, own, LEADER)
            events = correction.confirm_rescission(case, around)
            deliberation.write(case_id, *events)
            self._reopen(acting, deliberation, case, events)

        return self._at_stage.desk.act(acting, think, named=case_id)

    def extend(self, acting: Acting, case_id: str, bound: str, until: date, reason: str) -> Answer:
        """A leader above the employer, or where the case is decided, extends a window for it."""

        def think(deliberation: Deliberation) -> None:
            case, around = self._at_stage.at_home(
                acting, deliberation, case_id, Act.EXTEND_WINDOW, LEADER
            )
            words = Personal(reason, case.applicant, Purpose.APPLICANT)
            upper = standing.above_case(deliberation, case)
            events = correction.extend_window(case, bound, until, words, around, above=upper)
            deliberation.write(case_id, *events)

        return self._at_stage.desk.act(acting, think, named=case_id)

    def withhold(
        self, acting: Acting, case_id: str, material: str, cause: WithholdingCause
    ) -> Answer:
        """Somebody of the chain suspects that a file must not be here; it is shown no more."""

        def decide(case: Case, around: Circumstances, law: Law, _facts: Facts) -> tuple[Event, ...]:
            rules = tuple(each.rule for each in law.behind(cause))
            return correction.withhold_material(case, material, cause, rules, around)

        return self._at_stage.in_house(acting, case_id, Act.WITHHOLD_MATERIAL, decide)

    def release(self, acting: Acting, case_id: str, material: str) -> Answer:
        """A leader of the chain releases a file."""

        def decide(
            case: Case, around: Circumstances, _law: Law, _facts: Facts
        ) -> tuple[Event, ...]:
            return correction.release_material(case, material, around)

        return self._at_stage.in_house(acting, case_id, Act.WITHHOLD_MATERIAL, decide, LEADER)

    def propose_purge(
        self, acting: Acting, case_id: str, material: str, cause: str, reason: str
    ) -> Answer:
        """A handler of the chain proposes to remove a file for good."""

        def decide(
            case: Case, around: Circumstances, _law: Law, _facts: Facts
        ) -> tuple[Event, ...]:
            words = Personal(reason, case.applicant, Purpose.APPLICANT)
            return purge.propose_purge(case, material, cause, words, around)

        return self._at_stage.in_house(acting, case_id, Act.PURGE_MATERIAL, decide, HANDLER)

    def order_purge(self, acting: Acting, case_id: str, material: str) -> Answer:
        """A leader orders it; from then on nobody can open the file."""

        def decide(
            case: Case, around: Circumstances, _law: Law, _facts: Facts
        ) -> tuple[Event, ...]:
            return purge.order_purge(case, material, around)

        return self._at_stage.in_house(acting, case_id, Act.PURGE_MATERIAL, decide, LEADER)

    def _reopen(
        self,
        acting: Acting,
        deliberation: Deliberation,
        case: Case,
        events: tuple[ActRescinded, ...],
    ) -> None:
        """The person's stream follows: the title is not gained, the filing is under way again."""
        person = deliberation.person(case.applicant)
        if not events or person is None or case.is_open:
            return
        if any(title.case == case.case for title in person.held):
            rescinded = TitleRescinded(case=case.case, rescinded_on=acting.today)
            deliberation.write(case.applicant, rescinded)
        deliberation.write(case.applicant, FilingBegun(case=case.case, pack=case.law.pack))
