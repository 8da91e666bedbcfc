"""The two seats of a stage, and in which of them an act is done.

Written without the domain's rules, as the separation trail is that rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import (
    amendment,
    committee,
    handler_opinion,
    judgement,
    leader_decision,
    publicity,
    rescission,
    returning,
)

if TYPE_CHECKING:
    from projections.fact import Fact

HANDLER, LEADER = "handler", "leader"
SEATS = {
    handler_opinion.HandlerOpinionGiven.topic: HANDLER,
    leader_decision.LeaderApproved.topic: LEADER,
    leader_decision.CaseNotAccepted.topic: LEADER,
    leader_decision.CaseRejected.topic: LEADER,
    returning.CaseReturned.topic: None,
    judgement.JudgementRecorded.topic: None,
    committee.VotesRecorded.topic: HANDLER,
    publicity.PublicityOpened.topic: HANDLER,
    rescission.RescissionProposed.topic: HANDLER,
    rescission.ActRescinded.topic: LEADER,
    amendment.AmendmentProposed.topic: HANDLER,
    amendment.EntryAmended.topic: None,
    handler_opinion.OpinionTakenBack.topic: HANDLER,
}
"""By the topic of the act; None where the event says it."""


def seat_of(fact: Fact) -> str:
    """The seat in which the act of a fact was done; its topic is in ``SEATS``."""
    seat: str = SEATS[fact.topic] or fact["seat"]
    return seat
