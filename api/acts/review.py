"""The reviewers' acts on a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import competence, relation, terms
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.stage import CHAIN, TURN, Turn, around_case, conflict, of_case, write
from api.identifiers import new_stream, notice_number
from api.problems import Problem
from domain import beijing
from domain.case import handler_opinion, judgement, leader_decision, returning, substitute
from domain.case.establishing import source_at, unformed
from domain.case.handler_opinion import GiveOpinion
from domain.case.judgement import RecordJudgement
from domain.case.leader_decision import DecideAsLeader
from domain.case.phase import InPublicity, UnderReview
from domain.case.refusals import unknown_stage, wrong_phase
from domain.case.returning import ReturnForRevision
from domain.case.substitute import DesignateSubstitute
from domain.case.values import (
    ClaimFinding,
    EstablishedFact,
    EstablishedPeriod,
    EstablishedTitle,
    Reason,
    Recommendation,
    ReturnItem,
    Verification,
)
from domain.personal import Personal, Purpose
from domain.policy.duties import RETURNING_STAGE
from domain.policy.process import CORRECTION
from domain.refusal import Refused, rules_of
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.terms import Told
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a handler found about one claim."""

    claim: str
    finding: ClaimFinding
    materials: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Establishes:
    """A fact that is the stage's to say, by its name: in the pack's words, or its entries."""

    fact: str
    value: str | None
    periods: tuple[EstablishedPeriod, ...]
    titles: tuple[EstablishedTitle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mend:
    """One item of a return: which claim or material, what is wrong, which rules ask for it."""

    subject: str
    problem: str
    rules: tuple[str, ...]


def give_opinion(
    desk: Desk,
    turn: Turn,
    *,
    recommendation: Recommendation,
    reasons: tuple[Reason, ...],
    verifications: tuple[Found, ...],
    establishes: tuple[Establishes, ...],
    opinion: str,
    no_reason_to_recuse: bool,
) -> Events:
    """Give the handler's opinion, with what was found about each claim and each fact."""
    case = turn.case
    established = tuple(_established(desk, case, each) for each in establishes)
    command = GiveOpinion(
        recommendation=recommendation,
        reasons=reasons,
        verifications=tuple(
            Verification(
                claim=each.claim,
                finding=each.finding,
                materials=each.materials,
                note=about_applicant(case, each.note),
            )
            for each in verifications
        ),
        established=established,
        obstacles=tuple(unformed(established, desk.law_of(case))),
        opinion=Personal(opinion, case.applicant, Purpose.APPLICANT),
        no_reason_to_recuse=no_reason_to_recuse,
    )
    favours = recommendation is Recommendation.APPROVE
    around = turn.in_favour(desk, established) if favours else turn.seated(desk)
    return handler_opinion.give_opinion(case, command, around)


def decide(
    desk: Desk,
    turn: Turn,
    *,
    decision: Recommendation,
    reasons: tuple[Reason, ...],
    opinion: str | None,
    no_reason_to_recuse: bool,
) -> Events:
    """Decide the present stage as its leader, after the handler's opinion of this round."""
    case = turn.case
    command = DecideAsLeader(
        decision=decision,
        reasons=reasons,
        opinion=about_applicant(case, opinion),
        no_reason_to_recuse=no_reason_to_recuse,
        notice=notice_number(desk.acting.at),
    )
    around = turn.going_on(desk)
    return write(desk, case, leader_decision.decide_as_leader(case, command, around))


def return_for_revision(
    desk: Desk,
    turn: Turn,
    *,
    items: tuple[Mend, ...],
    resume_stage: str | None,
    told: Told | None,
    due_on: date | None,
    no_reason_to_recuse: bool,
) -> Events:
    """Return the case to the applicant, naming every item to be mended at once."""
    case, around = turn.case, turn.seated(desk)
    law = desk.law_of(case)
    rule = law.returns()
    by = terms.told(desk, law, told, case.applicant, Purpose.APPLICANT)
    stage = getattr(case.phase, "stage", None)
    usual = stage if rule.resume == RETURNING_STAGE else None
    command = ReturnForRevision(
        items=tuple(_item(case, number, each) for number, each in enumerate(items, 1)),
        resume_stage=resume_stage or usual,
        told=by,
        due_at=beijing.end(due_on or rule.due_on(by.counted_from)),
        least=beijing.end(terms.last_day(desk, law, CORRECTION, by.counted_from)),
        term=law.process_term(CORRECTION),
        due_rules=rules_of(rule.citations),
        asked=frozenset((*law.whole.materials, *law.facts())),
        no_reason_to_recuse=no_reason_to_recuse,
    )
    seat = around.actor.seat or HANDLER
    return returning.return_for_revision(case, command, seat, around)


def record_judgement(
    desk: Desk, turn: Turn, *, question: str, satisfied: bool, grounds: str
) -> Events:
    """Answer, with grounds, a question that the law leaves to human judgement."""
    case, around = turn.case, turn.seated(desk)
    asked = [] if case.result is None else case.result.reasons
    command = RecordJudgement(
        judgement=new_stream("judgement", around.at),
        question=question,
        satisfied=satisfied,
        grounds=Personal(grounds, case.applicant, Purpose.APPLICANT),
        rules=tuple(r for each in asked if each.code == question for r in each.rules),
    )
    return judgement.record_judgement(case, command, around.actor.seat or HANDLER, around)


def designate_substitute(
    desk: Desk, case: Case, *, stage: str, seat: str, account: str, reason: str
) -> Events:
    """Let another account fill a seat of one stage in this case."""
    chosen = next((each for each in case.chain if each.stage == stage), None)
    if chosen is None and case.chain:
        raise Refused(unknown_stage(stage))
    if chosen is None:
        raise Refused(wrong_phase(case, "指定代行审查人", "given a substitute"))
    house = known(desk.organisation(chosen.organisation))
    relations = relation.to_organisation(desk, house)
    acts = (Act.DESIGNATE_SUBSTITUTE,)
    competence.let_through(desk, acts, relations, of_case(desk, case))
    named = desk.account(account)
    if named is None or named.disabled or named.organisation is None:
        raise Problem("ACCOUNT_UNKNOWN")
    command = DesignateSubstitute(
        designation=new_stream("designation", desk.acting.at),
        stage=stage,
        seat=seat,
        person=named.person,
        account=account,
        home=named.organisation,
        reason=Personal(reason, named.person, Purpose.OFFICIAL),
        roles=named.roles,
        roles_of_person=desk.roles(named.person),
    )
    around = around_case(desk, case, house, named.person)
    return substitute.designate_substitute(case, command, around)


def _established(desk: Desk, case: Case, said: Establishes) -> EstablishedFact:
    """In whose place the handler of the present stage says a fact; in nobody's where it is not."""
    assert isinstance(case.phase, (UnderReview, InPublicity))
    stage = case.stage(case.phase.stage)
    source = source_at(case, stage, desk.law_of(case).established_by(said.fact))
    return EstablishedFact(
        fact=said.fact,
        value=said.value,
        source=str(source or ""),
        periods=said.periods,
        titles=said.titles,
    )


def about_applicant(case: Case, words: str | None) -> Personal | None:
    """Words about an applicant belong to the applicant; None where there are none."""
    return None if words is None else Personal(words, case.applicant, Purpose.APPLICANT)


def _item(case: Case, number: int, mend: Mend) -> ReturnItem:
    return ReturnItem(
        item=str(number),
        subject=mend.subject,
        problem=Personal(mend.problem, case.applicant, Purpose.APPLICANT),
        rules=mend.rules,
    )


GIVE_OPINION = Row(TURN, Act.GIVE_OPINION, give_opinion, (HANDLER,), noted=conflict)
DECIDE = Row(TURN, Act.DECIDE, decide, (LEADER,), fresh=True, noted=conflict)
RETURN = Row(TURN, Act.RETURN, return_for_revision, fresh=(LEADER,), noted=conflict)
RECORD_JUDGEMENT = Row(
    TURN, Act.RECORD_JUDGEMENT, record_judgement, fresh=(LEADER,), noted=conflict
)
DESIGNATE_SUBSTITUTE = Row(
    CHAIN, Act.DESIGNATE_SUBSTITUTE, designate_substitute, fresh=True, noted=conflict
)
