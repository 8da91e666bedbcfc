"""An investigation's acts: open, tell, hear, propose, find or close.

Nobody is found guilty unheard: a finding waits for the statement or for the end of its term.
Whoever proposes or decides was no reviewer of the case and is not its applicant; the two are
different persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.investigation.events import (
    AllegationNotified,
    FindingProposed,
    Ground,
    InvestigationClosed,
    InvestigationOpened,
    MisconductFound,
    StatementReceived,
    TermExtended,
)
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.hearing import allegation_first, not_yet_heard, term_shortened
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import proposal_first, reviewer_investigates
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER, same_reviewer, self_review
from domain.service import Hearing, TimeToAnswer

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation, InvestigationEvent


@dataclass(frozen=True, kw_only=True)
class OpenInvestigation:
    """Take up a suspicion about a case, to be concluded by ``due_on``.

    ``under_way`` says that another investigation of the case has not ended.
    """

    suspicion: Personal
    raised_at_stage: str | None
    due_on: date
    rules: tuple[str, ...]
    under_way: bool
    cause: str = "review"
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExtendTerm:
    """The integrity leader extends the term of the investigation, once, to ``due_on``."""

    due_on: date
    reason: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NotifyAllegation:
    """Tell the person what is alleged, and how long a statement can be made.

    It may be told again with more, and never with less time; then it is answered anew.
    """

    allegation: Personal
    time: TimeToAnswer
    hearing: Hearing | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReceiveStatement:
    """The person's statement: their own, or their words as an officer received them."""

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
    | ExtendTerm
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
        case ExtendTerm():
            return (_extend(state, command, case, around),)
        case NotifyAllegation():
            return (_notify(state, command, case, around),)
        case ReceiveStatement():
            return (_receive(state, command, case, around),)
        case ProposeFinding():
            return (_propose(state, command, case, around),)
        case FindMisconduct():
            return (_find(state, command, case, around),)
        case CloseInvestigation():
            _stop(seat_objections(state.organisation, case, INTEGRITY_LEADER, around))
            late = around.today > state.due_on
            return (
                InvestigationClosed(decision=command.decision, reason=command.reason, late=late),
            )
        case _:
            assert_never(command)


def _open(command: OpenInvestigation, case: Case, around: Circumstances) -> InvestigationOpened:
    organisation = around.organisation.organisation
    objections = seat_objections(organisation, case, INTEGRITY_HANDLER, around)
    if command.under_way:
        objections.append(_under_way())
    _stop(objections)
    return InvestigationOpened(
        case=case.case,
        subject=case.applicant,
        organisation=organisation,
        raised_at_stage=command.raised_at_stage,
        suspicion=command.suspicion,
        due_on=command.due_on,
        rules=command.rules,
        cause=command.cause,
        source=command.source,
    )


def _extend(
    state: Investigation, command: ExtendTerm, case: Case, around: Circumstances
) -> TermExtended:
    objections = seat_objections(state.organisation, case, INTEGRITY_LEADER, around)
    if state.extended:
        objections.append(
            Refusal(
                "EXTENDED_BEFORE",
                "核查期限只能延长一次，请尽快作出决定；逾期作出的决定将予以标注。",
                "The term of an investigation is extended once. Decide soon: a late decision is"
                " marked.",
            )
        )
    _stop(objections)
    return TermExtended(due_on=command.due_on, reason=command.reason, rules=command.rules)


def _notify(
    state: Investigation, command: NotifyAllegation, case: Case, around: Circumstances
) -> AllegationNotified:
    objections = seat_objections(state.organisation, case, INTEGRITY_HANDLER, around)
    objections += command.time.objections(state.opened_on, around.today)
    if command.hearing is not None:
        objections += command.hearing.objections()
    answer_by = command.time.until(state.answer_by)
    if state.answer_by is not None and answer_by < state.answer_by:
        objections.append(term_shortened(around.law.behind("NOT_YET_HEARD")))
    _stop(objections)
    return AllegationNotified(
        allegation=command.allegation,
        told=command.time.told,
        answer_by=answer_by,
        hearing_on=command.hearing.on if command.hearing is not None else None,
        rules=command.rules,
    )


def _receive(
    state: Investigation, command: ReceiveStatement, case: Case, around: Circumstances
) -> StatementReceived:
    objections = []
    if not around.humans.same(around.actor.person, state.subject):
        objections += seat_objections(state.organisation, case, INTEGRITY_HANDLER, around)
    if state.answer_by is None:
        objections.append(allegation_first())
    _stop(objections)
    return StatementReceived(statement=command.statement)


def _propose(
    state: Investigation, command: ProposeFinding, case: Case, around: Circumstances
) -> FindingProposed:
    objections = seat_objections(state.organisation, case, INTEGRITY_HANDLER, around)
    _stop(objections + _hearing_objections(state, around))
    return FindingProposed(
        ground=command.ground, evidence=command.evidence, finding=command.finding
    )


def _find(
    state: Investigation, command: FindMisconduct, case: Case, around: Circumstances
) -> MisconductFound:
    objections = seat_objections(state.organisation, case, INTEGRITY_LEADER, around)
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
        late=around.today > state.due_on,
    )


def _stop(objections: list[Refusal]) -> None:
    if objections:
        raise Refused(*objections)


def _hearing_objections(state: Investigation, around: Circumstances) -> list[Refusal]:
    """Nobody is found guilty before they were told, and spoke or let the term pass.

    A hearing that was called is awaited in either case.
    """
    expired = state.answer_by is not None and around.at >= state.answer_by
    held = state.hearing_on is None or around.today > state.hearing_on
    if state.told and (state.heard or expired) and held:
        return []
    return [not_yet_heard(around.law.behind("NOT_YET_HEARD"))]


def _under_way() -> Refusal:
    return Refusal(
        "INVESTIGATION_UNDER_WAY",
        "本案已有核查正在进行，不能同时启动另一项核查。新的线索请并入正在进行的核查。",
        "An investigation of this case is under way, and there is no second one beside it."
        " Take new clues up in that one.",
    )


def seat_objections(
    organisation: str, case: Case, seat: str, around: Circumstances
) -> list[Refusal]:
    """Whoever acts holds the seat at the organisation that does this, and is no party to it."""
    seated = around.sits(seat)
    elsewhere = around.organisation.organisation != organisation
    objections = [not_in_seat(seat)] if elsewhere or not seated else []
    return objections + party_objections(case, around)


def party_objections(case: Case, around: Circumstances) -> list[Refusal]:
    """Whoever looks into it has reviewed nothing in the case and is not its applicant."""
    objections, actor = [], around.actor
    if around.humans.same(actor.person, case.applicant):
        objections.append(self_review(around.law))
    if around.humans.among(actor.person, case.involved()):
        objections.append(
            reviewer_investigates(
                "核查或决定本案的违规问题",
                "investigate or decide on misconduct in it",
                around.law.behind("REVIEWER_INVESTIGATES"),
            )
        )
    return objections
