"""Which acts a caller may do next on a matter of two officers: what its state invites.

Only from whom the table of access allows the act as well; ``offers`` says so of cases.
An invitation is no promise: the law has the last word when the act is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import standing
from domain.criticism.events import Target
from domain.erasure.state import Phase
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from domain.criticism.state import Criticism
    from domain.erasure.state import Erasure
    from domain.investigation.state import Investigation
    from domain.person.link import Link
    from domain.person.rebinding import Rebinding

OFFICES = (HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
"""Seats whose holders decide on who is who."""


def to_investigation(
    acting: Acting, deliberation: Deliberation, known: Investigation
) -> Iterator[Act]:
    """Hear, find or close; then serve, ask for a review, and decide it."""
    seats = standing.integrity_seats(acting, deliberation)
    under_way, found = known.ended is None, known.ended == "found"
    if INTEGRITY_HANDLER in seats and (under_way or (found and not known.served)):
        yield Act.CONDUCT_INVESTIGATION
    if INTEGRITY_LEADER in seats and under_way:
        yield Act.DECIDE_INVESTIGATION
    if (under_way and known.answer_by is not None) or (found and not known.review_open):
        yield Act.MAKE_STATEMENT
    humans = deliberation.humans([acting.actor.person, *known.deciders])
    decided = humans.among(acting.actor.person, known.deciders)
    if INTEGRITY_LEADER in seats and known.review_open and not decided:
        yield Act.DECIDE_REVIEW


def to_criticism(acting: Acting, deliberation: Deliberation, known: Criticism) -> Iterator[Act]:
    """Tell, answer, issue or drop."""
    if known.ended is not None:
        return
    concerned = known.target is Target.PERSON
    own = concerned and standing.same_human(acting, deliberation, known.about)
    seats = standing.integrity_seats(acting, deliberation)
    second = INTEGRITY_LEADER in seats and not own
    proposed = standing.same_human(acting, deliberation, known.proposer)
    if INTEGRITY_HANDLER in seats or (second and not proposed):
        yield Act.CRITICISE
    if own and known.answer_by is not None:
        yield Act.ANSWER_CRITICISM


def to_erasure(acting: Acting, deliberation: Deliberation, known: Erasure) -> Iterator[Act]:
    """Approve, order or decline, by two who are not whom it is about."""
    if standing.same_human(acting, deliberation, known.person):
        return
    seats = standing.integrity_seats(acting, deliberation)
    approved_it = known.approver is not None and standing.same_human(
        acting, deliberation, known.approver
    )
    first = INTEGRITY_HANDLER in seats and known.phase is Phase.REQUESTED
    may_decide = known.phase in (Phase.REQUESTED, Phase.APPROVED) and not approved_it
    if first or (INTEGRITY_LEADER in seats and may_decide):
        yield Act.APPROVE_ERASURE


def to_link(acting: Acting, deliberation: Deliberation, known: Link) -> Iterator[Act]:
    """Confirm; propose to sever; confirm that: each by another than who proposed it."""
    people = (known.first, known.second)
    if known.severed or not _decides_on_persons(acting, deliberation, *people):
        return
    proposer = known.severer if known.confirmed else known.proposer
    if proposer is None or not standing.same_human(acting, deliberation, proposer):
        yield Act.CONFIRM_LINK


def to_rebinding(acting: Acting, deliberation: Deliberation, known: Rebinding) -> Iterator[Act]:
    """Confirm, as another than who proposed it."""
    people = (known.proposed.holder, known.proposed.rightful, known.proposer)
    if not known.confirmed and _decides_on_persons(acting, deliberation, *people):
        yield Act.CONFIRM_LINK


def holds_office(acting: Acting, deliberation: Deliberation) -> bool:
    """Whether the caller holds a seat today whose holders decide on who is who."""
    return bool(standing.held_at_home(acting, deliberation, *OFFICES))


def _decides_on_persons(acting: Acting, deliberation: Deliberation, *concerned: str) -> bool:
    """Whether the caller is an officer, and none of the persons concerned."""
    if not holds_office(acting, deliberation):
        return False
    return not any(standing.same_human(acting, deliberation, each) for each in concerned)
