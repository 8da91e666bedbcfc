"""An investigation's acts: open, tell, hear, propose, find or close.

Nobody is found guilty unheard: a finding waits for the statement or for the end of its term.
Whoever proposes or decides was no reviewer of the case and is not its applicant; the two are
different persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from domain.investigation.events import (
    AllegationNotified,
    FindingProposed,
    Ground,
    InvestigationClosed,
    InvestigationOpened,
    MisconductFound,
    StatementReceived,
)
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER, same_reviewer, self_review

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation, InvestigationEvent


@dataclass(frozen=True, kw_only=True)
class OpenInvestigation:
    """Take up a suspicion about a case."""

    suspicion: Personal
    raised_at_stage: str | None


@dataclass(frozen=True, kw_only=True)
class NotifyAllegation:
    """Tell the person what is alleged, and until when (UTC) a statement can be made."""

    allegation: Personal
    answer_by: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReceiveStatement:
    """The person's statement."""

    statement: Personal


@dataclass(frozen=True, kw_only=True)
class ProposeFinding:
    """The integrity handler proposes to find misconduct."""

    ground: Ground
    evidence: tuple[str, ...]
    finding: Personal


@dataclass(frozen=True, kw_only=True)
class FindMisconduct:
    """The integrity leader finds misconduct, under a numbered decision."""

    decision: str
    finding: Personal


@dataclass(frozen=True, kw_only=True)
class CloseInvestigation:
    """The integrity leader closes it: the suspicion was not confirmed."""

    decision: str
    reason: Personal


Command = (
    OpenInvestigation
    | NotifyAllegation
    | ReceiveStatement
    | ProposeFinding
    | FindMisconduct
    | CloseInvestigation
)


def decide(
    state: Investigation | None, command: Command, case: Case, around: Circumstances
) -> tuple[InvestigationEvent, ...]:
    """The events that a command leads to.

    Raises ``Refused`` with all reasons.
    """
    if isinstance(command, OpenInvestigation):
        return (_open(command, case, around),)
    if state is None or state.ended is not None:
        raise Refused(
            Refusal(
                "INVESTIGATION_ENDED",
                "该核查不存在或已终结。",
                "There is no such investigation, or it has ended.",
            )
        )
    match command:
        case NotifyAllegation():
            _in_seat(case, INTEGRITY_HANDLER, around)
            return (_notify(command, around),)
        case ReceiveStatement():
            if not around.humans.same(around.actor.person, state.subject):
                _in_seat(case, INTEGRITY_HANDLER, around)
            return (StatementReceived(statement=command.statement),)
        case ProposeFinding():
            _in_seat(case, INTEGRITY_HANDLER, around)
            _heard(state, around)
            return (
                FindingProposed(
                    ground=command.ground, evidence=command.evidence, finding=command.finding
                ),
            )
        case FindMisconduct():
            return (_find(state, command, case, around),)
        case CloseInvestigation():
            _in_seat(case, INTEGRITY_LEADER, around)
            return (InvestigationClosed(decision=command.decision, reason=command.reason),)
        case _:
            assert_never(command)


def _open(command: OpenInvestigation, case: Case, around: Circumstances) -> InvestigationOpened:
    _in_seat(case, INTEGRITY_HANDLER, around)
    return InvestigationOpened(
        case=case.case,
        subject=case.applicant,
        organisation=around.organisation.organisation,
        raised_at_stage=command.raised_at_stage,
        suspicion=command.suspicion,
    )


def _notify(command: NotifyAllegation, around: Circumstances) -> AllegationNotified:
    if command.answer_by <= around.at:
        raise Refused(
            Refusal(
                "DUE_IN_THE_PAST",
                "陈述申辩期限须晚于现在。",
                "The term for a statement has to lie ahead.",
                pointer="/answer_by",
            )
        )
    return AllegationNotified(
        allegation=command.allegation, answer_by=command.answer_by, rules=command.rules
    )


def _find(
    state: Investigation, command: FindMisconduct, case: Case, around: Circumstances
) -> MisconductFound:
    _in_seat(case, INTEGRITY_LEADER, around)
    _heard(state, around)
    if state.proposal is None:
        raise Refused(
            Refusal(
                "PROPOSAL_FIRST",
                "须先由诚信管理经办人提出拟定意见，再由领导决定。",
                "The integrity handler proposes the finding before the leader decides.",
            )
        )
    if around.humans.same(around.actor.person, state.proposal.person):
        raise Refused(same_reviewer(around.law))
    return MisconductFound(
        ground=state.proposal.ground,
        decision=command.decision,
        evidence=state.proposal.evidence,
        finding=command.finding,
    )


def _heard(state: Investigation, around: Circumstances) -> None:
    expired = state.answer_by is not None and around.at >= state.answer_by
    if not (state.heard or expired):
        raise Refused(
            Refusal(
                "NOT_YET_HEARD",
                "当事人尚未陈述申辩，且陈述申辩期限未满，不能认定。",
                "The person has not been heard and the term for a statement still runs.",
            )
        )


def _in_seat(case: Case, seat: str, around: Circumstances) -> None:
    refusals = []
    actor = around.actor
    if around.organisation.holder(actor.account, seat, around.today) is None:
        refusals.append(
            Refusal(
                "NOT_IN_SEAT",
                "您目前不是诚信管理经办人或领导，请由在任人员办理。",
                "You hold no integrity seat at this authority; let its holder act.",
            )
        )
    if around.humans.same(actor.person, case.applicant):
        refusals.append(self_review(around.law))
    if around.humans.among(actor.person, case.reviewers()):
        refusals.append(
            Refusal(
                "REVIEWER_INVESTIGATES",
                "审查过本案的人员不得核查或决定本案的违规问题。",
                "Whoever reviewed the case can't investigate or decide on misconduct in it.",
                around.law.separation("REVIEWER_INVESTIGATES"),
            )
        )
    if refusals:
        raise Refused(*refusals)
