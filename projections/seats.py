"""The two seats of a stage, and in which of them an act is done.

Written without the domain's rules, as the separation trail is that rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import (
    amendment,
    committee,
    correction,
    judgement,
    opinion_withdrawal,
    publicity,
    returning,
    review,
)

if TYPE_CHECKING:
    from projections.fact import Fact

HANDLER, LEADER = "handler", "leader"
SEATS = {
    review.HandlerOpinionGiven.topic: HANDLER,
    review.LeaderApproved.topic: LEADER,
    review.CaseNotAccepted.topic: LEADER,
    review.CaseRejected.topic: LEADER,
    returning.CaseReturned.topic: None,
    judgement.JudgementRecorded.topic: None,
    committee.VotesRecorded.topic: HANDLER,
    publicity.PublicityOpened.topic: HANDLER,
    correction.RescissionProposed.topic: HANDLER,
    correction.ActRescinded.topic: LEADER,
    amendment.AmendmentProposed.topic: HANDLER,
    amendment.EntryAmended.topic: None,
    opinion_withdrawal.OpinionTakenBack.topic: HANDLER,
}
"""By the topic of the act; None where the event says it."""


def seat_of(fact: Fact) -> str:
    """The seat in which the act of a fact was done; its topic is in ``SEATS``."""
    seat: str = SEATS[fact.topic] or fact["seat"]
    return seat
