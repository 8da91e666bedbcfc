"""How publicity, papers, fees, votes, objections and corrections change a case. Never refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from domain.case.acts import reviewed, seated
from domain.case.committee import RejectedByVote, VotesRecorded
from domain.case.correction import (
    ActRescinded,
    MaterialReleased,
    MaterialWithheld,
    RescissionProposed,
    WindowExtended,
    WithholdingCause,
)
from domain.case.objections import (
    ObjectionEnded,
    ObjectionNoted,
    RejectedOnObjection,
    ReturnedOnObjection,
)
from domain.case.paper import FeePaid, PaperDated, PaperReceived, PaymentReminded
from domain.case.phase import (
    AwaitingPublicity,
    Ended,
    InPublicity,
    Posting,
    Publicised,
    Returned,
    UnderPublicity,
)
from domain.case.publicity import (
    DeviationFlagged,
    PublicityClosed,
    PublicityOpened,
    PublicityVoided,
)
from domain.case.purge import MaterialPurged, MaterialPurgeProposed
from domain.case.state import Payment, PurgeProposal, Rescission, Vote
from domain.replacing import replace
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from domain.case.state import Case

Publicity = PublicityOpened | PublicityClosed | PublicityVoided | DeviationFlagged
Handed = PaperReceived | PaperDated | PaymentReminded | FeePaid | VotesRecorded | RejectedByVote
Disputed = ObjectionNoted | ObjectionEnded | ReturnedOnObjection | RejectedOnObjection
Corrected = (
    RescissionProposed
    | ActRescinded
    | WindowExtended
    | MaterialWithheld
    | MaterialReleased
    | MaterialPurgeProposed
    | MaterialPurged
)
BesideReview = Publicity | Handed | Disputed | Corrected


def beside_review(state: Case, event: BesideReview, person: str) -> Case:
    """The case after one of these events, done by ``person``."""
    if isinstance(event, Publicity):
        return _publicity(state, event, person)
    if isinstance(event, Handed):
        return _handed(state, event, person)
    if isinstance(event, Disputed):
        return _disputed(state, event)
    return _corrected(state, event, person)


def _publicity(state: Case, event: Publicity, person: str) -> Case:
    match event:
        case PublicityOpened():
            posting = Posting(
                event.posting,
                event.rule,
                event.ends_on,
                event.on_breach,
                event.rules,
                event.posted_on,
            )
            posted = seated(state, event, HANDLER, person)
            return replace(
                posted,
                phase=UnderPublicity(event.stage, posting),
                postings=state.postings.added(event.posting),
            )
        case PublicityClosed():
            phase = state.phase
            if isinstance(phase, UnderPublicity):
                run = (phase.posting.rule, event.ended_on)
                publicised = Publicised(phase.stage, phase.posting)
                ran = state.ran.entered(phase.posting.posting, run)
                return replace(state, phase=publicised, ran=ran)
            return state
        case PublicityVoided():
            phase = state.phase
            assert isinstance(phase, InPublicity)
            ran = state.ran
            if isinstance(phase, Publicised):
                ran = ran.struck(phase.posting.posting)
            return replace(state, phase=AwaitingPublicity(phase.stage), ran=ran)
        case DeviationFlagged():
            return state
        case _:
            assert_never(event)


def _handed(state: Case, event: Handed, person: str) -> Case:
    match event:
        case PaperReceived():
            legs = state.paper_legs if event.leg is None else state.paper_legs.joined(event.leg)
            return replace(state, papers=state.papers.joined(*event.items), paper_legs=legs)
        case PaperDated():
            return state
        case PaymentReminded():
            return replace(state, reminded=True)
        case FeePaid():
            paid = Payment(event.amount, event.channel, event.receipt)
            return replace(state, payments=state.payments.added(paid))
        case VotesRecorded():
            vote = Vote(event.round, event.stage, event.carried)
            return replace(reviewed(state, event, HANDLER, person), votes=state.votes.added(vote))
        case RejectedByVote():
            return replace(state, phase=Ended("rejected"))
        case _:
            assert_never(event)


def _disputed(state: Case, event: Disputed) -> Case:
    match event:
        case ObjectionNoted():
            return replace(state, objections=state.objections.joined(event.objection))
        case ObjectionEnded():
            return replace(state, objections=state.objections.left(event.objection))
        case ReturnedOnObjection():
            mending = Returned(
                event.stage, event.resume_stage, event.due_at, event.due_rules, event.items
            )
            return replace(state, phase=mending)
        case RejectedOnObjection():
            return replace(state, phase=Ended("rejected"))
        case _:
            assert_never(event)


def _corrected(state: Case, event: Corrected, person: str) -> Case:
    match event:
        case RescissionProposed():
            proposed = seated(state, event, HANDLER, person)
            return replace(proposed, rescission=Rescission(event.act, person))
        case ActRescinded():
            assert state.last_act is not None
            return replace(
                seated(state, event, LEADER, person),
                phase=state.last_act.before,
                assertions=state.last_act.assertions,
                votes=state.last_act.votes,
                returns=state.returns.struck(event.act),
                passed=state.passed.struck(event.stage),
                last_act=None,
                rescission=None,
            )
        case WindowExtended():
            return replace(state, extensions=state.extensions.added((event.bound, event.until)))
        case MaterialWithheld():
            classified = event.cause is WithholdingCause.CLASSIFIED_SUSPECTED
            suspected = (event.material,) if classified else ()
            return replace(
                state,
                withheld=state.withheld.joined(event.material),
                suspected=state.suspected.joined(*suspected),
            )
        case MaterialReleased():
            return replace(
                state,
                withheld=state.withheld.left(event.material),
                suspected=state.suspected.left(event.material),
            )
        case MaterialPurgeProposed():
            return _purge_proposed(state, event, person)
        case MaterialPurged():
            left = state.purges
            for each in state.chain:
                left = left.struck((event.material, each.organisation))
            return replace(state, purges=left, purged=state.purged.joined(event.material))
        case _:
            assert_never(event)


def _purge_proposed(state: Case, event: MaterialPurgeProposed, person: str) -> Case:
    """What an organisation of the chain proposed first stands, until the material is purged."""
    key = (event.material, event.organisation)
    if state.purges.under(key) is not None:
        return state
    proposal = PurgeProposal(event.material, event.cause, event.organisation, person)
    return replace(state, purges=state.purges.entered(key, proposal))
