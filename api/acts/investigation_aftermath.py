"""What follows an investigation: its decision is served, and reviewed where the person asks for it.

A correction or an annulment that a review brings happens in the same append, see ``sanction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import terms
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.investigation import INVESTIGATION, around_investigation, case_of, sealed
from api.acts.sanction import amend
from domain.investigation import aftermath
from domain.investigation.aftermath import DecideReview, RequestReview, ServeDecision
from domain.personal import Purpose
from domain.policy.process import REVIEW_DECISION, REVIEW_REQUEST, SERVICE
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.desk import Desk, Events
    from api.acts.terms import Told
    from domain.investigation.events import ReviewOutcome
    from domain.investigation.state import Investigation


def serve(
    desk: Desk, investigation: Investigation, *, told: Told | None, remedy: str | None
) -> Events:
    """Enter that the decision was served on the person, or that nothing was confirmed."""
    case = case_of(desk, investigation)
    law = desk.law_of(case)
    by = terms.told(desk, law, told, case.applicant, Purpose.DISCIPLINE)
    ended = investigation.ended_on or desk.acting.today
    command = ServeDecision(
        told=by,
        remedy=None if remedy is None else sealed(case, remedy),
        serve_by=terms.last_day(desk, law, SERVICE, ended),
        review_by=terms.last_day(desk, law, REVIEW_REQUEST, by.counted_from),
        rules=(*law.process_term(SERVICE).rules, *law.process_term(REVIEW_REQUEST).rules),
    )
    return aftermath.serve(investigation, command, around_investigation(desk, case))


def request_review(desk: Desk, investigation: Investigation, *, grounds: str) -> Events:
    """Ask, as the person concerned, for a review of the finding."""
    case = case_of(desk, investigation)
    law = desk.law_of(case)
    command = RequestReview(
        grounds=sealed(case, grounds),
        decide_by=terms.last_day(desk, law, REVIEW_DECISION, desk.acting.today),
        rules=law.process_term(REVIEW_DECISION).rules,
    )
    return aftermath.request_review(investigation, command, around_investigation(desk, case))


def decide_review(
    desk: Desk,
    investigation: Investigation,
    *,
    outcome: ReviewOutcome,
    decision: str,
    ends_on: date | None,
    reason: str,
) -> Events:
    """Decide the review, as somebody who had no part in the finding."""
    # a correction, to the entry's new last day, or an annulment follows in the same append
    case, stream = case_of(desk, investigation), investigation.investigation
    command = DecideReview(
        outcome=outcome, decision=decision, ends_on=ends_on, reason=sealed(case, reason)
    )
    authority = known(desk.organisation(investigation.organisation))
    forum = terms.forum(desk, desk.law_of(case), authority)
    around = around_investigation(desk, case)
    events = aftermath.decide_review(investigation, command, case, around, forum=forum)
    desk.write(stream, *events)
    amend(desk, case, stream, command)
    return ()


SERVE = Row(
    INVESTIGATION,
    Act.CONDUCT_INVESTIGATION,
    serve,
    (INTEGRITY_HANDLER,),
    when=lambda investigation: investigation.ended is not None,
)
REQUEST_REVIEW = Row(
    INVESTIGATION,
    Act.MAKE_STATEMENT,
    request_review,
    when=lambda investigation: investigation.ended == "found",
)
DECIDE_REVIEW = Row(
    INVESTIGATION, Act.DECIDE_REVIEW, decide_review, (INTEGRITY_LEADER,), fresh=True
)
