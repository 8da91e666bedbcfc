"""Taking over a stage (提级办理、指定办理): another organisation acts at it instead.

An organisation that stands above takes it over for itself, or names another that has the power.
What was done there in this round stays on record and is void: the new organisation's handler and
leader both act, told apart from everybody who acted at the organisations before.
The employer's own stage is nobody else's; a substitute stands in there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.authority.power import EMPLOYER
from domain.case import refusals
from domain.case.phase import AwaitingPublicity, Publicised, Returned, UnderReview
from domain.case.remembered import Substitute
from domain.case.seats import filling, kept_out, person_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import own_affair
from domain.replacing import replace
from domain.separation import HANDLER, LEADER
from domain.shared_collections import Ledger
from domain.takeover import (
    Office,
    TakeoverCause,
    cause_not_so,
    not_above,
    out_of_reach,
    was_there,
    without_power,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.case.values import ChainStage


@dataclass(frozen=True, kw_only=True)
class StageTakenOver(Event, topic="case:stage-taken-over:1", chinese="提级办理、指定办理"):
    """A stage was taken over for another organisation (提级办理、指定办理).

    ``by_organisation`` is whose leader did so: ``to_organisation`` itself, or one that named it.
    """

    round: int
    stage: str
    from_organisation: str
    to_organisation: str
    by_organisation: str
    cause: TakeoverCause
    reason: Personal
    document: str


@dataclass(frozen=True, kw_only=True)
class TakeOver:
    """A leader takes a stage over for an organisation, for a cause and under a document.

    ``above`` are the organisations above the stage's own or the employer's, any of which may take
    it over; ``within_reach`` those that one may name: above the employer, or beneath the one that
    takes it over. ``able`` says that the new organisation has the power, ``powerful`` that the
    present one has it still; ``ended`` that either of those who begin was merged or closed.
    """

    stage: str
    organisation: str
    cause: TakeoverCause
    reason: Personal
    document: str
    above: Collection[str]
    within_reach: Collection[str]
    able: bool
    powerful: bool
    ended: tuple[Refusal, ...] = ()


def may_be_taken_over(case: Case) -> tuple[ChainStage, ...]:
    """The stages that can be: the present one and those still to come, the employer's never."""
    match case.phase:
        case UnderReview(stage) | AwaitingPublicity(stage) | Publicised(stage):
            first = stage
        case Returned():
            first = case.phase.resume_stage
        case _:
            return ()
    ids = [each.stage for each in case.chain]
    return tuple(each for each in case.chain[ids.index(first) :] if each.body != EMPLOYER)


def take_over(
    case: Case, command: TakeOver, around: Circumstances, there: Circumstances
) -> tuple[StageTakenOver, ...]:
    """A leader of an organisation above takes the stage over, for it or for another.

    ``around`` is what is known of the leader's own organisation, ``there`` of the stage's.
    """
    stage = _stage(case, command.stage)
    own, person = around.organisation.organisation, around.actor.person
    objections = list(_person_objections(case, stage, around))
    if own not in command.above or own == stage.organisation:
        objections.append(not_above())
    if not around.sits(LEADER):
        objections.append(not_in_seat(LEADER))
    objections += kept_out(case, person, around)
    objections += [*_new_house_objections(case, stage, command, own), *command.ended]
    if not _office(case, stage, command, there).bears_out(command.cause):
        objections.append(cause_not_so(command.cause))
    if objections:
        raise Refused(*objections)
    return (
        StageTakenOver(
            round=case.round,
            stage=stage.stage,
            from_organisation=stage.organisation,
            to_organisation=command.organisation,
            by_organisation=own,
            cause=command.cause,
            reason=command.reason,
            document=command.document,
        ),
    )


def _stage(case: Case, stage: str) -> ChainStage:
    able = may_be_taken_over(case)
    if not case.chain or not isinstance(
        case.phase, (UnderReview, AwaitingPublicity, Publicised, Returned)
    ):
        raise Refused(refusals.wrong_phase(case, "提级或指定办理", "taken over"))
    for each in case.chain:
        if each.stage == stage and each.body == EMPLOYER:
            raise Refused(_employers_own())
    found = next((each for each in able if each.stage == stage), None)
    if found is None:
        raise Refused(refusals.unknown_stage(stage))
    return found


def _person_objections(case: Case, stage: ChainStage, around: Circumstances) -> Iterator[Refusal]:
    person = around.actor.person
    if around.humans.same(person, case.applicant):
        cited = around.law.behind("SELF_REVIEW")
        yield own_affair("本人申报的提级或指定办理", "a takeover in their own case", cited)
    if around.humans.among(person, (a.person for a in case.acts if a.stage == stage.stage)):
        yield _acted_here()


def _new_house_objections(
    case: Case, stage: ChainStage, command: TakeOver, own: str
) -> Iterator[Refusal]:
    new = command.organisation
    if new == case.employer or (new != own and new not in command.within_reach):
        yield out_of_reach()
    if new == stage.organisation or (stage.stage, new, case.round) in case.former:
        yield was_there()
    if not command.able:
        yield without_power()


def _office(case: Case, stage: ChainStage, command: TakeOver, there: Circumstances) -> Office:
    """What is known of where the stage is now."""
    seats = stage.seats or (HANDLER,)
    return Office(
        powerful=command.powerful,
        eligible=all(_somebody_eligible(case, stage, seat, there) for seat in seats),
        ended=there.organisation.ended is not None,
    )


def _somebody_eligible(case: Case, stage: ChainStage, seat: str, there: Circumstances) -> bool:
    """Whom an undecided application for recusal stops may act yet: that is decided first."""
    decided = replace(case, recusal_applications=Ledger())
    return any(
        not person_objections(decided, stage, seat, person, there)
        for person in filling(case, stage, seat, there).values()
    )


def _employers_own() -> Refusal:
    return Refusal(
        "EMPLOYERS_OWN_STAGE",
        "用人单位环节只由用人单位办理，不能提级或指定其他单位。请指定代行审查人。",
        "The employer's stage is the employer's alone and is not taken over."
        " Designate a substitute instead.",
        pointer="/stage",
    )


def _acted_here() -> Refusal:
    return Refusal(
        "ACTED_IN_STAGE",
        "您已在本环节办理过本案，不能再决定本环节的提级或指定办理。请由另一位领导决定。",
        "You have acted in this stage of the case, so you don't take it over."
        " Let another leader decide.",
    )


def evolve(state: Case, event: StageTakenOver) -> Case:
    """The case with another organisation at the stage, where nothing of this round counts."""
    stage, new = event.stage, event.to_organisation
    void = (each for each in state.vouched if each.stage == stage)
    moved = replace(
        state,
        chain=tuple(
            replace(each, organisation=new) if each.stage == stage else each for each in state.chain
        ),
        former=state.former.joined((stage, event.from_organisation, event.round)),
        vouched=state.vouched.left(*void),
    )
    return _here_anew(_nobody_named(moved, stage, new), stage)


def _nobody_named(state: Case, stage: str, new: str) -> Case:
    """No substitute of the former organisation stands in; the new one decides on recusals."""
    applications = state.recusal_applications
    for each in state.recusal_applications:
        if each.stage == stage:
            applications = applications.entered(each.person, replace(each, organisation=new))
    kept = [each for each in state.substitutes if each.stage != stage]
    return replace(
        state, substitutes=Ledger[int, Substitute]().added(*kept), recusal_applications=applications
    )


def _here_anew(state: Case, stage: str) -> Case:
    """At the present stage all begins again: judgements, votes and a posting are void."""
    if getattr(state.phase, "stage", None) != stage:
        return state
    judgements, ran, votes = state.judgements, state.ran, state.votes
    for each in state.judgements:
        if each.stage == stage:
            judgements = judgements.struck((each.question, each.stage))
    for vote in state.votes:
        if (vote.round, vote.stage) == (state.round, stage):
            votes = votes.struck(vote.entry)
    if isinstance(state.phase, Publicised):
        ran = ran.struck(state.phase.posting.posting)
    anew = replace(state, judgements=judgements, votes=votes, ran=ran)
    if isinstance(state.phase, (UnderReview, AwaitingPublicity, Publicised)):
        return replace(anew, phase=UnderReview(stage))
    return anew
