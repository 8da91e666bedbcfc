"""The reviewers' acts on a case, and the certificate at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, permitted
from api.acts import standing
from api.identifiers import certificate_number, new_stream, notice_number
from api.problems import Problem
from domain import beijing
from domain.case import ending, returning, review
from domain.case.commands import (
    DecideAsLeader,
    DesignateSubstitute,
    GiveOpinion,
    IssueCertificate,
    RecordJudgement,
    ReturnForRevision,
)
from domain.case.phase import Recognised
from domain.case.refusals import wrong_phase
from domain.case.values import (
    ClaimFinding,
    Reason,
    Recommendation,
    ReturnItem,
    Verification,
)
from domain.personal import Personal, Purpose
from domain.policy.duties import RETURNING_STAGE
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.at_stage import AtStage
    from api.acts.deliberation import Deliberation
    from api.law.book import LawBook
    from domain.case.circumstances import Circumstances
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a handler found about one claim."""

    claim: str
    finding: str
    materials: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Mend:
    """One item of a return: which claim or material, what is wrong, which rules ask for it."""

    subject: str
    problem: str
    rules: tuple[str, ...]


class Reviewing:
    """The use cases of handlers and leaders."""

    def __init__(self, at_stage: AtStage, laws: LawBook) -> None:
        self._at_stage = at_stage
        self._laws = laws

    def give_opinion(
        self,
        acting: Acting,
        case_id: str,
        *,
        recommendation: Recommendation,
        reasons: tuple[Reason, ...],
        found: tuple[Found, ...],
        opinion: str,
    ) -> Answer:
        """A handler's opinion with the finding on each claim."""

        def decide(case: Case, around: Circumstances) -> tuple[CaseEvent, ...]:
            command = GiveOpinion(
                recommendation=recommendation,
                reasons=reasons,
                verifications=tuple(_verification(case, each) for each in found),
                opinion=_about_applicant(case, opinion),
            )
            return review.give_opinion(case, command, around)

        return self._at_stage.review(acting, case_id, Act.GIVE_OPINION, HANDLER, decide)

    def decide_as_leader(
        self,
        acting: Acting,
        case_id: str,
        *,
        decision: Recommendation,
        reasons: tuple[Reason, ...],
        opinion: str | None,
    ) -> Answer:
        """A leader's decision on the present stage."""
        notice = notice_number(acting.at)

        def decide(case: Case, around: Circumstances) -> tuple[CaseEvent, ...]:
            command = DecideAsLeader(
                decision=decision,
                reasons=reasons,
                opinion=None if opinion is None else _about_applicant(case, opinion),
                notice=notice,
            )
            return review.decide_as_leader(case, command, around)

        return self._at_stage.review(acting, case_id, Act.DECIDE, LEADER, decide, going_on=True)

    def return_for_revision(
        self,
        acting: Acting,
        case_id: str,
        *,
        items: tuple[Mend, ...],
        resume_stage: str | None,
        due_on: date | None,
    ) -> Answer:
        """Return the case in the seat that the caller holds at the present stage."""

        def decide(case: Case, around: Circumstances) -> tuple[CaseEvent, ...]:
            rule = self._laws.of(case.law).returns()
            last_day = due_on or rule.due_on(acting.today)
            stage = getattr(case.phase, "stage", None)
            usual = stage if rule.resume == RETURNING_STAGE else None
            command = ReturnForRevision(
                items=tuple(_item(case, number, each) for number, each in enumerate(items, 1)),
                resume_stage=resume_stage or usual,
                due_at=beijing.end(last_day),
                due_rules=tuple(each.rule for each in rule.citations),
            )
            return returning.return_for_revision(
                case, command, around.actor.seat or HANDLER, around
            )

        return self._at_stage.review(acting, case_id, Act.RETURN, None, decide)

    def record_judgement(
        self, acting: Acting, case_id: str, *, question: str, satisfied: bool, grounds: str
    ) -> Answer:
        """Answer, in the seat held, a question that the law leaves to human judgement."""
        judgement = new_stream("judgement", acting.at)

        def decide(case: Case, around: Circumstances) -> tuple[CaseEvent, ...]:
            asked = [] if case.result is None else case.result.reasons
            command = RecordJudgement(
                judgement=judgement,
                question=question,
                satisfied=satisfied,
                grounds=_about_applicant(case, grounds),
                rules=tuple(r for each in asked if each.code == question for r in each.rules),
            )
            return review.record_judgement(case, command, around.actor.seat or HANDLER, around)

        return self._at_stage.review(acting, case_id, Act.RECORD_JUDGEMENT, None, decide)

    def designate_substitute(
        self, acting: Acting, case_id: str, *, stage: str, seat: str, account: str, reason: str
    ) -> Answer:
        """Let another account fill a seat of one stage in this case (A-14)."""
        designation = new_stream("designation", acting.at)

        def think(deliberation: Deliberation) -> None:
            case = self._at_stage.case(deliberation, case_id)
            to_case = standing.to_case(acting, deliberation, case, ())
            standing.require(acting, Act.READ_CASE, to_case, reading=Act.READ_CASE)
            chosen = next((each for each in case.chain if each.stage == stage), None)
            if chosen is None:
                raise Refused(wrong_phase(case, "指定代行审查人", "given a substitute"))
            organisation = deliberation.organisation(chosen.organisation)
            assert organisation is not None
            relations = standing.to_organisation(acting, deliberation, organisation)
            if not permitted(Act.DESIGNATE_SUBSTITUTE, acting.roles, relations):
                raise Problem("FORBIDDEN")
            known = deliberation.account(account)
            if known is None or known.disabled or known.organisation is None:
                raise Problem("ACCOUNT_UNKNOWN")
            command = DesignateSubstitute(
                designation=designation,
                stage=stage,
                seat=seat,
                person=known.person,
                account=account,
                home=known.organisation,
                reason=Personal(reason, known.person, Purpose.OFFICIAL),
                roles_of_person=deliberation.roles(known.person),
            )
            persons = (acting.actor.person, known.person, case.applicant, *case.reviewers())
            around = self._at_stage.around(acting, deliberation, case, chosen.organisation, persons)
            deliberation.write(case_id, *review.designate_substitute(case, command, around))

        note = self._at_stage.note(acting, case_id, seat)
        return self._at_stage.desk.act(acting, think, named=case_id, note=note)

    def issue_certificate(self, acting: Acting, case_id: str) -> Answer:
        """Issue the certificate of a recognised title; the title becomes the person's."""
        certificate = certificate_number(acting.at)

        def think(deliberation: Deliberation) -> None:
            case = self._at_stage.case(deliberation, case_id)
            to_case = standing.to_case(acting, deliberation, case, ())
            standing.require(acting, Act.ISSUE_CERTIFICATE, to_case, reading=Act.READ_CASE)
            if not isinstance(case.phase, Recognised):
                raise Refused(wrong_phase(case, "发证", "certified"))
            organisation = case.stage(case.phase.stage).organisation
            own = deliberation.organisation(organisation)
            assert own is not None
            relations = standing.to_organisation(acting, deliberation, own)
            if not permitted(Act.ISSUE_CERTIFICATE, acting.roles, relations):
                raise Problem("FORBIDDEN")
            persons = (acting.actor.person, case.applicant)
            around = self._at_stage.around(acting, deliberation, case, organisation, persons)
            standing.take_seat(acting, deliberation, organisation, HANDLER)
            command = IssueCertificate(certificate=certificate, forms=("electronic",))
            events = ending.issue_certificate(case, command, HANDLER, around)
            deliberation.write(case_id, *events)

        return self._at_stage.desk.act(acting, think, named=case_id)


def _about_applicant(case: Case, words: str) -> Personal:
    """An opinion about an applicant belongs to the applicant."""
    return Personal(words, case.applicant, Purpose.APPLICANT)


def _verification(case: Case, found: Found) -> Verification:
    return Verification(
        claim=found.claim,
        finding=ClaimFinding(found.finding),
        materials=found.materials,
        note=None if found.note is None else _about_applicant(case, found.note),
    )


def _item(case: Case, number: int, mend: Mend) -> ReturnItem:
    return ReturnItem(
        item=str(number),
        subject=mend.subject,
        problem=_about_applicant(case, mend.problem),
        rules=mend.rules,
    )
