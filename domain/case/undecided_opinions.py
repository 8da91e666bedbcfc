"""Opinions on which nobody has decided yet (内部意见): for who decides, and for no applicant.

Who saw on the way what a handler recommends could withdraw before the leader has decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.committee import RejectedByVote
from domain.case.handler_opinion import HandlerOpinionGiven, OpinionTakenBack
from domain.case.judgement import JudgementRecorded
from domain.case.leader_decision import CaseNotAccepted, CaseRejected, LeaderApproved
from domain.case.returning import CaseReturned
from domain.separation import LEADER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.event import Event


def undecided(history: Sequence[Event]) -> frozenset[int]:
    """The versions of a case's stream that hold an opinion on which no leader has decided.

    What was taken back before that is nobody's opinion, and is told never.
    """
    waiting: set[int] = set()
    taken_back: set[int] = set()
    for version, event in enumerate(history, start=1):
        match event:
            case HandlerOpinionGiven() | JudgementRecorded():
                waiting.add(version)
            case OpinionTakenBack(opinion=opinion):
                taken_back |= {opinion, version}
            case LeaderApproved() | CaseNotAccepted() | CaseRejected() | RejectedByVote():
                waiting.clear()
            case CaseReturned(seat=seat) if seat == LEADER:
                waiting.clear()
            case _:
                pass
    return frozenset(waiting | taken_back)
