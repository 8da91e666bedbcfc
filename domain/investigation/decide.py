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
    cause: str = "review"
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class NotifyAllegation:
    """Tell the person what is alleged, and until when (UTC) a statement can be made.

    It may be told again with more, and never with less time.
    """

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
            return (_notify(state, command, case, around),)
        case ReceiveStatement():
            return (_receive(state, command, case, around),)
        case ProposeFinding():
            return (_propose(state, command, case, around),)
        case FindMisconduct():
            return (_find(state, command, case, around),)
        case CloseInvestigation():
            _stop(_seat_objections(state.organisation, case, INTEGRITY_LEADER, around))
            return (InvestigationClosed(decision=command.decision, reason=command.reason),)
        case _:
            assert_never(command)


def _open(command: OpenInvestigation, case: Case, around: Circumstances) -> InvestigationOpened:
    organisation = around.organisation.organisation
    _stop(_seat_objections(organisation, case, INTEGRITY_HANDLER, around))
    return InvestigationOpened(
        case=case.case,
        subject=case.applicant,
        organisation=organisation,
        raised_at_stage=command.raised_at_stage,
        suspicion=command.suspicion,
        cause=command.cause,
        source=command.source,
    )


def _notify(
    state: Investigation, command: NotifyAllegation, case: Case, around: Circumstances
) -> AllegationNotified:
    objections = _seat_objections(state.organisation, case, INTEGRITY_HANDLER, around)
    if command.answer_by <= around.at:
        objections.append(
            Refusal(
                "DUE_IN_THE_PAST",
                "陈述申辩期限须晚于现在。",
                "The term for a statement has to lie ahead.",
                pointer="/answer_by",
            )
        )
    if state.answer_by is not None and command.answer_by < state.answer_by:
        objections.append(
            Refusal(
                "TERM_SHORTENED",
                "已告知的陈述申辩期限不得缩短，请写明不早于原期限的时间。",
                "A term that the person was told of can't be shortened; name the same or a later.",
                around.law.behind("NOT_YET_HEARD"),
                "/answer_by",
            )
        )
    _stop(objections)
    return AllegationNotified(
        allegation=command.allegation, answer_by=command.answer_by, rules=command.rules
    )


def _receive(
    state: Investigation, command: ReceiveStatement, case: Case, around: Circumstances
) -> StatementReceived:
    objections = []
    if not around.humans.same(around.actor.person, state.subject):
        objections += _seat_objections(state.organisation, case, INTEGRITY_HANDLER, around)
    if state.answer_by is None:
        objections.append(
            Refusal(
                "ALLEGATION_FIRST",
                "尚未告知当事人所涉问题，不能先行陈述申辩。",
                "Nobody answers an allegation before being told of it.",
            )
        )
    _stop(objections)
    return StatementReceived(statement=command.statement)


def _propose(
    state: Investigation, command: ProposeFinding, case: Case, around: Circumstances
) -> FindingProposed:
    objections = _seat_objections(state.organisation, case, INTEGRITY_HANDLER, around)
    _stop(objections + _hearing_objections(state, around))
    return FindingProposed(
        ground=command.ground, evidence=command.evidence, finding=command.finding
    )


def _find(
    state: Investigation, command: FindMisconduct, case: Case, around: Circumstances
) -> MisconductFound:
    objections = _seat_objections(state.organisation, case, INTEGRITY_LEADER, around)
    objections += _hearing_objections(state, around)
    proposal = state.proposal
    if proposal is None:
        objections.append(
            Refusal(
                "PROPOSAL_FIRST",
                "须先由诚信管理经办人提出拟定意见，再由领导决定。",
                "The integrity handler proposes the finding before the leader decides.",
            )
        )
    elif around.humans.same(around.actor.person, proposal.person):
        objections.append(same_reviewer(around.law))
    _stop(objections)
    assert proposal is not None
    return MisconductFound(
        ground=proposal.ground,
        decision=command.decision,
        evidence=proposal.evidence,
        finding=command.finding,
    )


def _stop(objections: list[Refusal]) -> None:
    if objections:
        raise Refused(*objections)


def _hearing_objections(state: Investigation, around: Circumstances) -> list[Refusal]:
    expired = state.answer_by is not None and around.at >= state.answer_by
    if state.heard or expired:
        return []
    return [
        Refusal(
            "NOT_YET_HEARD",
            "当事人尚未陈述申辩，且陈述申辩期限未满，不能认定。",
            "The person has not been heard and the term for a statement still runs.",
            around.law.behind("NOT_YET_HEARD"),
        )
    ]


def _seat_objections(
    organisation: str, case: Case, seat: str, around: Circumstances
) -> list[Refusal]:
    """Whoever acts holds the seat at the authority that investigates, and is no party to it."""
    objections = []
    actor = around.actor
    if (
        around.organisation.organisation != organisation
        or around.seats.holder(actor.account, seat, around.today) is None
    ):
        objections.append(
            Refusal(
                "NOT_IN_SEAT",
                "您目前不是诚信管理经办人或领导，请由在任人员办理。",
                "You hold no integrity seat at this authority; let its holder act.",
            )
        )
    if around.humans.same(actor.person, case.applicant):
        objections.append(self_review(around.law))
    if around.humans.among(actor.person, case.reviewers()):
        objections.append(
            Refusal(
                "REVIEWER_INVESTIGATES",
                "审查过本案的人员不得核查或决定本案的违规问题。",
                "Whoever reviewed the case can't investigate or decide on misconduct in it.",
                around.law.behind("REVIEWER_INVESTIGATES"),
            )
        )
    return objections
