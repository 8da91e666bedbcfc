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
from domain.refusals.reexamination import (
    decided_before,
    no_review_asked,
    review_too_late,
    review_under_way,
)
from domain.refusals.seats import not_above, not_in_seat
from domain.refusals.two_persons import own_affair
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.service import Service, service_objections

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation


@dataclass(frozen=True, kw_only=True)
class ServeDecision:
    """Enter that the decision was served, or that nothing was confirmed.

    ``serve_by`` is the last day for the service, ``review_by`` that for asking for a
    re-examination of a finding.
    """

    told: Service
    remedy: Personal | None
    serve_by: date
    review_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RequestReview:
    """Ask for a re-examination of the finding, to be decided by ``decide_by``."""

    grounds: Personal
    decide_by: date
    rules: tuple[str, ...]


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
    """The integrity handler of the authority enters the service, once, on or after its day.

    Whoever was openly suspected is told as well that nothing was confirmed.
    """
    objections = _of_the_authority(state, INTEGRITY_HANDLER, around)
    found = state.ended == "found"
    if state.ended_on is None or not (found or state.told):
        objections.append(_no_decision())
    else:
        objections += service_objections(command.told, state.ended_on, around.today)
    if found and command.remedy is None:
        objections.append(
            Refusal(
                "REMEDY_MISSING",
                "送达认定决定须写明救济途径：向哪个机关、在何期限内申请复查。",
                "The service of a finding names the remedy: with whom and by when to ask for a"
                " re-examination.",
                pointer="/remedy",
            )
        )
    if state.served:
        objections.append(
            Refusal("ALREADY_SERVED", "该决定已登记送达。", "The decision has been served already.")
        )
    if objections:
        raise Refused(*objections)
    return (
        DecisionServed(
            told=command.told,
            remedy=command.remedy,
            review_by=command.review_by if found else None,
            late=command.told.counted_from > command.serve_by,
            rules=command.rules,
        ),
    )


def request_review(
    state: Investigation,
    command: RequestReview,
    around: Circumstances,
) -> tuple[ReviewRequested, ...]:
    """The subject of the finding asks for a review in its term, one at a time.

    The term runs from the service: who was not served yet can ask at any time.
    """
    objections = []
    if not around.humans.same(around.actor.person, state.subject):
        objections.append(
            Refusal(
                "NOT_THE_SUBJECT",
                "只有当事人可以申请复查。",
                "Only the person concerned can ask for a review.",
            )
        )
    if state.ended != "found":
        objections.append(_no_finding())
    if state.review_open:
        objections.append(review_under_way())
    if state.review_by is not None and around.today > state.review_by:
        objections.append(review_too_late(state.review_by))
    if objections:
        raise Refused(*objections)
    return (
        ReviewRequested(grounds=command.grounds, decide_by=command.decide_by, rules=command.rules),
    )


def decide_review(
    state: Investigation,
    command: DecideReview,
    case: Case,
    around: Circumstances,
    *,
    forum: Collection[str],
) -> tuple[ReviewDecided, ...]:
    """An integrity leader who had no part in the finding, nor in the case, decides the review.

    They lead at one of the organisations of the ``forum``.
    """
    objections = []
    if around.organisation.organisation not in forum:
        objections.append(not_above())
    if not state.review_open:
        objections.append(no_review_asked())
    if not around.sits(INTEGRITY_LEADER):
        objections.append(not_in_seat(INTEGRITY_LEADER))
    if around.humans.among(around.actor.person, [*state.deciders, *case.involved()]):
        objections.append(decided_before(around.law.behind("REVIEWER_INVESTIGATES")))
    if around.humans.same(around.actor.person, state.subject):
        objections.append(
            own_affair("涉及本人的复查", "a review of what was found about themselves")
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
            late=state.decide_by is not None and around.today > state.decide_by,
        ),
    )


def _of_the_authority(state: Investigation, seat: str, around: Circumstances) -> list[Refusal]:
    here = around.organisation.organisation == state.organisation
    if here and around.sits(seat):
        return []
    return [not_in_seat(seat)]


def _no_finding() -> Refusal:
    return Refusal(
        "NO_FINDING",
        "该核查没有查实违规的决定。",
        "This investigation has not ended in a finding.",
    )


def _no_decision() -> Refusal:
    return Refusal(
        "NO_DECISION_TO_SERVE",
        "该核查没有可送达的决定：尚未作出认定，或者未告知过当事人而终结。",
        "There is no decision to serve: none was made yet, or nobody was told of a suspicion.",
    )
