"""After a finding: the decision is served, a review may be asked for, and is decided by others.

What the notices leave silent here is the national default, and shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.investigation.events import (
    DecisionServed,
    ReviewDecided,
    ReviewOutcome,
    ReviewRequested,
)
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals import not_above, not_in_seat, occurred_later, own_affair
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation


@dataclass(frozen=True, kw_only=True)
class ServeDecision:
    """Enter that the decision was served."""

    served_on: date
    method: str
    remedy: Personal


@dataclass(frozen=True, kw_only=True)
class DecideReview:
    """Decide the review that was asked for."""

    outcome: ReviewOutcome
    decision: str
    ends_on: date | None
    reason: Personal


def serve(
    state: Investigation, command: ServeDecision, around: Circumstances
) -> tuple[DecisionServed, ...]:
    """The integrity handler of the authority enters the service, once, on or after its day."""
    objections = _of_the_authority(state, INTEGRITY_HANDLER, around)
    if state.ended != "found":
        objections.append(_no_finding())
    if state.served:
        objections.append(
            Refusal("ALREADY_SERVED", "该决定已登记送达。", "The decision has been served already.")
        )
    if command.served_on > around.today:
        objections.append(occurred_later(command.served_on, "/served_on"))
    if objections:
        raise Refused(*objections)
    return (
        DecisionServed(
            served_on=command.served_on,
            method=command.method,
            remedy=command.remedy,
            late_entry=command.served_on < around.today,
        ),
    )


def request_review(
    state: Investigation, grounds: Personal, around: Circumstances
) -> tuple[ReviewRequested, ...]:
    """The subject of the finding asks for a review, one at a time."""
    objections = []
    if not around.humans.same(around.actor.person, state.subject):
        objections.append(
            Refusal(
                "NOT_THE_SUBJECT",
                "只有当事人可以申请复核。",
                "Only the person concerned can ask for a review.",
            )
        )
    if state.ended != "found":
        objections.append(_no_finding())
    if state.review_open:
        objections.append(
            Refusal(
                "REVIEW_UNDER_WAY",
                "复核正在进行，无需重复申请。",
                "A review is under way already.",
            )
        )
    if objections:
        raise Refused(*objections)
    return (ReviewRequested(grounds=grounds),)


def decide_review(
    state: Investigation,
    command: DecideReview,
    case: Case,
    around: Circumstances,
    *,
    above: Collection[str],
) -> tuple[ReviewDecided, ...]:
    """An integrity leader who had no part in the finding, nor in the case, decides the review.

    They lead at the authority that found, or at one of ``above``, the organisations above it.
    """
    objections = []
    if around.organisation.organisation not in {state.organisation, *above}:
        objections.append(not_above())
    if not state.review_open:
        objections.append(
            Refusal("NO_REVIEW_ASKED", "没有待决定的复核申请。", "No review has been asked for.")
        )
    account = around.actor.account
    if around.seats.holder(account, INTEGRITY_LEADER, around.today) is None:
        objections.append(not_in_seat(INTEGRITY_LEADER))
    if around.humans.among(around.actor.person, [*state.deciders, *case.reviewers()]):
        objections.append(
            Refusal(
                "DECIDED_BEFORE",
                "参与过本案审查、核查或原决定的人员不得决定复核。",
                "Whoever reviewed the case or took part in the finding can't decide its review.",
                around.law.behind("REVIEWER_INVESTIGATES"),
            )
        )
    if around.humans.same(around.actor.person, state.subject):
        objections.append(
            own_affair("涉及本人的复核", "a review of what was found about themselves")
        )
    if (command.outcome is ReviewOutcome.CORRECTED) != (command.ends_on is not None):
        objections.append(
            Refusal(
                "CORRECTION_WITHOUT_DAY",
                "更正须写明记录的新截止日期；维持或撤销不写。",
                "A correction names the entry's new last day, and nothing else does.",
                pointer="/ends_on",
            )
        )
    if objections:
        raise Refused(*objections)
    return (
        ReviewDecided(
            outcome=command.outcome,
            decision=command.decision,
            ends_on=command.ends_on,
            reason=command.reason,
        ),
    )


def _of_the_authority(state: Investigation, seat: str, around: Circumstances) -> list[Refusal]:
    here = around.organisation.organisation == state.organisation
    account = around.actor.account
    if here and around.seats.holder(account, seat, around.today) is not None:
        return []
    return [not_in_seat(seat)]


def _no_finding() -> Refusal:
    return Refusal(
        "NO_FINDING",
        "该核查没有查实违规的决定。",
        "This investigation has not ended in a finding.",
    )
