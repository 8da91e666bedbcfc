"""Which acts a caller may do next on a case: what the table allows and its state invites.

An offer is no promise: the law has the last word when the act is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from domain.case import review
from domain.case.correction import rescindable
from domain.case.phase import (
    AwaitingPublicity,
    Draft,
    InPublicity,
    Publicised,
    Recognised,
    Returned,
    Suspended,
    UnderPublicity,
    UnderReview,
)
from domain.separation import HANDLER, INTEGRITY_HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


def offers(
    acting: Acting, case: Case, relations: set[Relation], around: Circumstances | None
) -> tuple[Act, ...]:
    """The acts on offer, in the order in which a case meets them.

    ``around`` is what is known where the caller belongs to an organisation, else None.
    """
    above = Relation.SUBORDINATE in relations
    invited = [*_applicants(case), *_reviewers(case, around), *_offices(case, around, above)]
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
    if isinstance(case.phase, (Draft, UnderReview, InPublicity, Returned, Suspended)):
        yield Act.WITHDRAW


def _reviewers(case: Case, around: Circumstances | None) -> Iterator[Act]:
    if around is None:
        return
    if isinstance(case.phase, InPublicity):
        yield from _in_publicity(case, around)
    if not isinstance(case.phase, UnderReview):
        return
    stage = case.stage(case.phase.stage)
    if stage.votes and case.vote_of(stage.stage) is None:
        yield Act.RECORD_VOTES
    seats = [
        seat for seat in review.seats_of(case, around) if not review.barred(case, seat, around)
    ]
    if HANDLER in seats:  # again until the leader has decided: the last opinion counts
        yield Act.GIVE_OPINION
    if LEADER in seats and case.phase.opinion is not None:
        yield Act.DECIDE
    if seats:
        yield Act.RETURN
        if case.open_questions():
            yield Act.RECORD_JUDGEMENT


def _in_publicity(case: Case, around: Circumstances) -> Iterator[Act]:
    seats = review.seats_of(case, around)
    if not seats:
        return
    if isinstance(case.phase, (AwaitingPublicity, UnderPublicity, Publicised)):
        yield Act.PUBLICISE
    assert isinstance(case.phase, InPublicity)
    decided_by_leader = case.after(case.phase.stage) is None
    if decided_by_leader and LEADER not in seats:
        return
    if isinstance(case.phase, (UnderPublicity, Publicised)) and not case.objections:
        yield Act.GO_ON


def _offices(case: Case, around: Circumstances | None, above: bool) -> Iterator[Act]:  # noqa: FBT001 -- a relation
    if case.chain and case.is_open:
        yield Act.DESIGNATE_SUBSTITUTE
    if around is None:
        return
    account, today = around.actor.account, around.today
    own = around.organisation.organisation
    if case.chain and own in {each.organisation for each in case.chain}:
        yield Act.HANDLE_PAPERS
        yield Act.WITHHOLD_MATERIAL
        if _may_purge(case, around):
            yield Act.PURGE_MATERIAL
        slip = rescindable(case)
        if slip is not None and slip.organisation == own:
            yield Act.RESCIND
    decides = any(each.decides and each.organisation == own for each in case.chain)
    if (above or decides) and around.seats.holder(account, LEADER, today):
        yield Act.EXTEND_WINDOW
    if isinstance(case.phase, Recognised) and case.phase.certificate is None:
        here = own == case.stage(case.phase.stage).organisation
        if here and around.seats.holder(account, HANDLER, today):
            yield Act.ISSUE_CERTIFICATE
    if _may_be_suspected(case) and around.seats.holder(account, INTEGRITY_HANDLER, today):
        yield Act.OPEN_INVESTIGATION


def _may_purge(case: Case, around: Circumstances) -> bool:
    """Whether a file is there to propose, as the handler, or to order the removal of."""
    account, seats = around.actor.account, around.seats
    if seats.holder(account, HANDLER, around.today) and case.materials:
        return True
    proposed = any(each.organisation == seats.organisation for each in case.purges)
    return proposed and seats.holder(account, LEADER, around.today) is not None


def _may_be_suspected(case: Case) -> bool:
    """Whether an investigation may begin: under way, granted, or held for one to begin."""
    if isinstance(case.phase, Suspended):
        return case.phase.investigation is None
    return isinstance(case.phase, (UnderReview, InPublicity, Returned, Recognised))
