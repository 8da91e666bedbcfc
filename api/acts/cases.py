"""An applicant's case: open, state, attach, assess, submit, resubmit, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import standing
from api.acts.case_law import ask_of
from api.acts.chain import chain_for
from api.acts.extending import needed
from api.acts.law_answer import personal_obstacles
from api.identifiers import case_number, new_stream
from api.problems import Problem
from domain.actor import TIMEKEEPER
from domain.area import covers
from domain.case import filing
from domain.case.commands import (
    AssessEligibility,
    AttachMaterial,
    Lapse,
    OpenCase,
    Resubmit,
    StateApplication,
    Submit,
    Withdraw,
    WithdrawMaterial,
)
from domain.case.events import EligibilityAssessed
from domain.case.values import Reason
from domain.notes import FilingRefused
from domain.person.events import FilingBegun, FilingEnded
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.case_law import Asked
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk, Note
    from api.acts.law_answer import LawAnswer
    from api.law.book import LawBook
    from domain.case.state import Case
    from domain.case.values import Application, AssessmentResult
    from domain.event import Event
    from domain.organisation.state import Organisation


@dataclass(frozen=True, kw_only=True)
class Opening:
    """For what title, through which employer, under which pack a case is opened."""

    employer: str
    pack: str
    series: str
    specialty: str
    level: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class Declarations:
    """What every filing declares: all of it is true, none of it is classified."""

    truthful: bool
    unclassified: bool


class Cases:
    """The use cases of an applicant."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def open(self, acting: Acting, opening: Opening) -> Answer:
        """Begin a case with the employer under whom the caller has their account."""
        stream = new_stream("case", acting.at)

        def think(deliberation: Deliberation) -> None:
            employer = _employer(deliberation, opening.employer)
            own = {Relation.ORGANISATION} & standing.to_organisation(acting, deliberation, employer)
            if not permitted(Act.OPEN_CASE, acting.roles, own):
                raise Problem("FORBIDDEN")
            law = self._laws.law(opening.pack)
            if not covers(law.jurisdiction, employer.area):
                raise Refused(_elsewhere(law.title))
            command = OpenCase(
                number=case_number(acting.at),
                applicant=acting.actor.person,
                account=acting.actor.account,
                employer=opening.employer,
                law=self._laws.reference(law),
                series=opening.series,
                specialty=opening.specialty,
                level=opening.level,
                channel=opening.channel,
            )
            deliberation.write(stream, *filing.open_case(command))

        return self._desk.act(acting, think)

    def state(self, acting: Acting, case_id: str, application: Application) -> Answer:
        """State all claims anew."""

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.STATE_APPLICATION)
            command = StateApplication(application=application)
            deliberation.write(case_id, *filing.state_application(case, command))

        return self._desk.act(acting, think, named=case_id)

    def may_attach(self, acting: Acting, case_id: str) -> None:
        """Say before a long upload whether the caller may attach anything to the case."""
        deliberation = self._desk.deliberate()
        self._own(acting, deliberation, case_id, Act.ATTACH_MATERIAL)

    def attach(self, acting: Acting, case_id: str, command: AttachMaterial) -> Answer:
        """Attach a file whose sealed bytes are stored already."""

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.ATTACH_MATERIAL)
            deliberation.write(case_id, *filing.attach_material(case, command))

        return self._desk.act(acting, think, named=case_id)

    def detach(self, acting: Acting, case_id: str, material: str) -> Answer:
        """Take a file out of the case."""

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.WITHDRAW_MATERIAL)
            command = WithdrawMaterial(material=material)
            deliberation.write(case_id, *filing.withdraw_material(case, command))

        return self._desk.act(acting, think, named=case_id)

    def assess(
        self, acting: Acting, case_id: str
    ) -> tuple[Answer, AssessmentResult, tuple[Refusal, ...] | None]:
        """Ask the law ahead of filing; the answer goes on record, whatever it is.

        Sent again, what the law said then is told to whoever may ask it still, from the record;
        what stood in the way besides (None then) is not on record.
        """
        answers: list[LawAnswer] = []

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.ASSESS)
            answered = self._ask(deliberation, case, acting.at).answer
            answers[:] = [answered]
            reference = self._laws.reference(self._laws.for_case(case))
            command = AssessEligibility(result=answered.result, law=reference)
            deliberation.write(case_id, *filing.assess(case, command))

        answer = self._desk.act(acting, think, named=case_id)
        if not answer.replayed:
            return answer, answers[-1].result, answers[-1].obstacles
        deliberation = self._desk.deliberate()
        self._own(acting, deliberation, case_id, Act.ASSESS)
        told = deliberation.history(case_id).recorded[(answer.version_of(case_id) or 0) - 1].event
        assert isinstance(told, EligibilityAssessed)
        return answer, told.result, None

    def submit(self, acting: Acting, case_id: str, declared: Declarations) -> Answer:
        """File the case. A filing that is refused at the door is recorded (A-22)."""

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.SUBMIT)
            asked = self._ask(deliberation, case, acting.at)
            answered, law = asked.answer, asked.law
            employer = asked.about.employer
            chain, missing = chain_for(law, answered.facts, deliberation, employer)
            batch = answered.result.batch
            completion = None if batch is None else law.completion(batch)
            command = Submit(
                result=answered.result,
                obstacles=(
                    *answered.obstacles,
                    *personal_obstacles(law, asked.about, case_id, acting.at),
                    *missing,
                ),
                chain=chain,
                declared_truthful=declared.truthful,
                declared_unclassified=declared.unclassified,
                complete_by=completion.finish_by if completion else None,
                complete_by_rules=tuple(
                    each.rule for each in (completion.citations if completion else ())
                ),
                extensions=needed(
                    self._laws.for_case(case), asked.extensions, answered.facts, acting.at
                ),
                law=self._laws.reference(law),
            )
            deliberation.write(case_id, *filing.submit(case, command))
            begun = FilingBegun(case=case_id, pack=law.id)
            deliberation.write(case.applicant, begun)

        return self._desk.act(
            acting, think, named=case_id, note=self._refused_filing(acting, case_id, "submit")
        )

    def resubmit(self, acting: Acting, case_id: str, declared: Declarations) -> Answer:
        """File the mended case again, before the return's due date."""

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.RESUBMIT)
            filed_at = case.filed_at or acting.at
            asked = self._ask(deliberation, case, filed_at, in_window=False)
            answered = asked.answer
            command = Resubmit(
                result=answered.result,
                obstacles=(
                    *answered.obstacles,
                    *personal_obstacles(asked.law, asked.about, case_id, acting.at),
                ),
                declared_truthful=declared.truthful,
                declared_unclassified=declared.unclassified,
            )
            deliberation.write(case_id, *filing.resubmit(case, command, acting.at))

        return self._desk.act(
            acting, think, named=case_id, note=self._refused_filing(acting, case_id, "resubmit")
        )

    def withdraw(self, acting: Acting, case_id: str, reason: str | None) -> Answer:
        """Give the case up."""

        def think(deliberation: Deliberation) -> None:
            case = self._own(acting, deliberation, case_id, Act.WITHDRAW)
            words = None if reason is None else Personal(reason, case.applicant, Purpose.APPLICANT)
            deliberation.write(case_id, *filing.withdraw(case, Withdraw(reason=words)))
            end_filing(deliberation, case, "withdrawn")

        return self._desk.act(acting, think, named=case_id)

    def lapse(self, case_id: str, round_: int, command: str, at: datetime) -> Answer:
        """The timekeeper's act: end a returned case whose due date has passed."""

        def think(deliberation: Deliberation) -> None:
            case = deliberation.case(case_id)
            if case is None:
                return
            events = filing.lapse(case, Lapse(round=round_), at)
            deliberation.write(case_id, *events)
            if events:
                end_filing(deliberation, case, "lapsed")

        return self._desk.act_as(TIMEKEEPER, command, at, think)

    def _ask(
        self, deliberation: Deliberation, case: Case, filed_at: datetime, *, in_window: bool = True
    ) -> Asked:
        """Ask the law; a case without an application can't be asked about."""
        filing.refuse_without_application(case)
        law, employer = self._laws.for_case(case), _employer(deliberation, case.employer)
        return ask_of(deliberation, law, case, employer, filed_at, in_window=in_window)

    def _own(self, acting: Acting, deliberation: Deliberation, case_id: str, act: Act) -> Case:
        case = deliberation.case(case_id)
        if case is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_case(acting, deliberation, case, ())
        standing.require(acting, act, relations, reading=Act.READ_CASE)
        return case

    def _refused_filing(self, acting: Acting, case_id: str, act: str) -> Note:
        stream = new_stream("refusal", acting.at)

        def note(refused: Refused) -> tuple[str, Event] | None:
            case = self._desk.deliberate().case(case_id)
            if case is None or case.application is None:
                return None
            return stream, FilingRefused(
                act=act,
                case=case_id,
                person=case.applicant,
                employer=case.employer,
                law=case.law,
                reasons=tuple(
                    Reason(code=each.code, rules=tuple(c.rule for c in each.citations))
                    for each in refused.refusals
                ),
            )

        return note


def end_filing(deliberation: Deliberation, case: Case, outcome: str) -> None:
    """Let the person's stream know that a filing under review is over."""
    person = deliberation.person(case.applicant)
    if person is not None and case.case in person.filings:
        deliberation.write(case.applicant, FilingEnded(case=case.case, outcome=outcome))


def _employer(deliberation: Deliberation, organisation: str) -> Organisation:
    known = deliberation.organisation(organisation)
    if known is None or "employer" not in known.bodies:
        raise Problem("EMPLOYER_UNKNOWN")
    return known


def _elsewhere(title: str) -> Refusal:
    return Refusal(
        "NOT_IN_SCOPE",
        f"该单位不在《{title}》适用的地区。请选择单位所在地的通知。",
        f"The employer is not in the area of the notice {title!r}; choose that of its own area.",
        pointer="/pack",
    )
