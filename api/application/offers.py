"""Which acts a caller may do next on a case: what the table allows and its state invites.

An offer is no promise: the law has the last word when the act is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from domain.case import review
from domain.case.state import Draft, Recognised, Returned, Suspended, UnderReview
from domain.separation import HANDLER, INTEGRITY_HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.application.acting import Acting
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


def offers(
    acting: Acting, case: Case, relations: set[Relation], around: Circumstances | None
) -> tuple[Act, ...]:
    """The acts on offer, in the order in which a case meets them.

    ``around`` is what is known where the caller belongs to an organisation, else None.
    """
    invited = [*_applicants(case), *_reviewers(case, around), *_offices(case, around)]
    return tuple(act for act in invited if permitted(act, acting.roles, relations))


def _applicants(case: Case) -> Iterator[Act]:
    if isinstance(case.phase, (Draft, Returned)):
        yield Act.STATE_APPLICATION
        yield Act.ATTACH_MATERIAL
        if case.materials:
            yield Act.WITHDRAW_MATERIAL
        if case.application is not None:
            yield Act.ASSESS
            yield Act.SUBMIT if isinstance(case.phase, Draft) else Act.RESUBMIT
    if isinstance(case.phase, (Draft, UnderReview, Returned, Suspended)):
        yield Act.WITHDRAW


def _reviewers(case: Case, around: Circumstances | None) -> Iterator[Act]:
    if around is None or not isinstance(case.phase, UnderReview):
        return
    seats = [
        seat for seat in review.seats_of(case, around) if not review.barred(case, seat, around)
    ]
    if HANDLER in seats and case.phase.opinion is None:
        yield Act.GIVE_OPINION
    if LEADER in seats and case.phase.opinion is not None:
        yield Act.DECIDE
    if seats:
        yield Act.RETURN
        if case.open_questions():
            yield Act.RECORD_JUDGEMENT


def _offices(case: Case, around: Circumstances | None) -> Iterator[Act]:
    if case.chain and case.is_open:
        yield Act.DESIGNATE_SUBSTITUTE
    if around is None:
        return
    account, today = around.actor.account, around.today
    if isinstance(case.phase, Recognised) and case.phase.certificate is None:
        own = around.organisation.organisation == case.stage(case.phase.stage).organisation
        if own and around.organisation.holder(account, HANDLER, today):
            yield Act.ISSUE_CERTIFICATE
    if isinstance(case.phase, (UnderReview, Returned)) and around.organisation.holder(
        account, INTEGRITY_HANDLER, today
    ):
        yield Act.OPEN_INVESTIGATION
