"""How the facts of a case become rows and acts of its separation trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.case import (
    ending,
    handler_opinion,
    lapse,
    leader_decision,
    next_stage,
    returning,
    takeover,
    withdrawal,
)
from domain.case.committee import RejectedByVote
from domain.case.objections import RejectedOnObjection, ReturnedOnObjection
from projections.chain import Former, Stage
from projections.seats import HANDLER, LEADER, seat_of
from projections.trail import Act, Trail

if TYPE_CHECKING:
    from projections.fact import Fact


@dataclass(slots=True)
class Dossier:
    """What the trail of a case is made of: its applicant, who filed for them, and its chain.

    ``former`` are the stages that were taken over, each with the organisation before.
    """

    case: str
    number: str
    applicant: str
    chain: tuple[Stage, ...]
    former: tuple[Former, ...] = ()
    helpers: tuple[str, ...] = ()


_REVIEWS = frozenset(
    each.topic
    for each in (
        handler_opinion.HandlerOpinionGiven,
        leader_decision.LeaderApproved,
        leader_decision.CaseNotAccepted,
        leader_decision.CaseRejected,
        returning.CaseReturned,
    )
)
"""The acts for which a stage needs two persons."""
_ENDS = {
    next_stage.CaseForwarded.topic: "forwarded",
    next_stage.TitleRecognised.topic: "recognised",
    next_stage.CaseReferredUp.topic: "referred_up",
    leader_decision.CaseNotAccepted.topic: "not_accepted",
    leader_decision.CaseRejected.topic: "rejected",
    RejectedByVote.topic: "rejected",
    returning.CaseReturned.topic: "returned",
    ReturnedOnObjection.topic: "objection",
    RejectedOnObjection.topic: "objection",
    withdrawal.CaseWithdrawn.topic: "withdrawn",
    lapse.CaseLapsed.topic: "lapsed",
    ending.ApplicantDisqualified.topic: "disqualified",
    takeover.StageTakenOver.topic: "taken_over",
}
"""How a case leaves the stage at which it is."""


def trail_at(fact: Fact, dossier: Dossier, stage: str, organisation: str) -> Trail:
    """The row that begins where a case comes to a stage."""
    known = next((each for each in dossier.chain if each.stage == stage), None)
    seats = known.seats if known is not None else [HANDLER, LEADER]
    return Trail(
        case=fact.stream,
        stage=stage,
        organisation=organisation,
        round=fact["round"],
        former=tuple(each.organisation for each in dossier.former if each.stage == stage),
        label=known.label if known is not None else stage,
        number=dossier.number,
        applicant=dossier.applicant,
        helpers=dossier.helpers,
        two_seats=HANDLER in seats and LEADER in seats,
        entered=fact.position,
        entered_at=fact.at,
    )


def act_of(fact: Fact) -> Act:
    """The act that a fact records, as evidence."""
    return Act(
        seat=seat_of(fact),
        act=fact.topic,
        person=fact.person or "",
        account=fact.account,
        appointment=fact.actor.get("appointment"),
        sign_in=fact.actor.get("sign_in"),
        substitute=fact.fields.get("substitute", False),
        position=fact.position,
        version=fact.version,
        at=fact.recorded_at,
        counts=fact.topic in _REVIEWS,
    )


def leave(row: Trail, fact: Fact) -> None:
    """Note how the case left the stage of a row, where the fact says that it did."""
    ended_by = _ENDS.get(fact.topic)
    if ended_by is not None:
        row.left, row.ended_by = fact.position, ended_by
