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
from domain.refusals import (
    allegation_first,
    due_in_the_past,
    not_in_seat,
    not_yet_heard,
    proposal_first,
    reviewer_investigates,
)
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
        objections.append(due_in_the_past(command.answer_by, "/answer_by"))
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
        objections.append(allegation_first())
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
        objections.append(proposal_first("认定", "finding"))
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
    return [not_yet_heard(around.law.behind("NOT_YET_HEARD"))]


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
        objections.append(not_in_seat(seat))
    if around.humans.same(actor.person, case.applicant):
        objections.append(self_review(around.law))
    if around.humans.among(actor.person, case.reviewers()):
        objections.append(
            reviewer_investigates(
                "核查或决定本案的违规问题",
                "investigate or decide on misconduct in it",
                around.law.behind("REVIEWER_INVESTIGATES"),
            )
        )
    return objections
