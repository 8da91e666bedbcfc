"""What the caller may do next on a case, in the order in which a case meets it.

What their seat is invited to and something keeps them from yet is told with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, acts_for
from api.acts.thing import Offer
from domain.account.events import Role
from domain.case import going_on
from domain.case.certificate import PAPER
from domain.case.draft import withdrawable
from domain.case.phase import (
    Certificate,
    Draft,
    InPublicity,
    Recognised,
    Returned,
    Suspended,
    UnderReview,
)
from domain.case.recusal import decision_objections
from domain.case.reexamination import may_be_asked_for, reviewable
from domain.case.rescission import rescindable
from domain.case.seats import barred, fills, kept_out, seats_of
from domain.case.substitute import designation_objections
from domain.case.takeover import may_be_taken_over
from domain.separation import (
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
    REVIEWING_SEATS,
    handler_first,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from api.acts.acting import Acting
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import RecusalApplication
    from domain.case.state import Case


def offers(
    acting: Acting,
    case: Case,
    relations: Collection[Relation],
    around: Circumstances | None,
    awaited: frozenset[Act],
) -> tuple[Offer, ...]:
    """The acts to which a case invites, in the order in which it meets them.

    ``around`` is what is known where the caller belongs to an organisation, else None;
    ``awaited`` are the acts by which papers or a fee that are to come there are entered.
    """
    above = Relation.SUBORDINATE in relations
    may = acts_for(acting.roles, relations)
    invited = [
        *([Offer(Act.CONSULT_CASE)] if case.chain else []),
        *map(Offer, _applicants(case)),
        *(_reviewers(case, around) if around is not None else ()),
        *map(Offer, _recusing(acting, case, around)),
        *(_designating(case, around) if Act.DESIGNATE_SUBSTITUTE in may else ()),
        *map(Offer, _offices(case, around, awaited, above)),
    ]
    return tuple(each for each in invited if each.act in may)


def _applicants(case: Case) -> Iterator[Act]:
    if isinstance(case.phase, (Draft, Returned)):
        yield Act.STATE_APPLICATION
        yield Act.ATTACH_MATERIAL
        if withdrawable(case):
            yield Act.WITHDRAW_MATERIAL
        if case.application is not None:
            yield Act.ASSESS
            yield Act.SUBMIT if isinstance(case.phase, Draft) else Act.RESUBMIT
    if case.assistance is not None and not case.assistance.ended:
        yield Act.END_ASSISTANCE
    if case.is_open and not isinstance(case.phase, Suspended):
        yield Act.WITHDRAW
    if may_be_asked_for(case):
        yield Act.REQUEST_REEXAMINATION


def _reviewers(case: Case, around: Circumstances) -> Iterator[Offer]:
    if isinstance(case.phase, InPublicity):
        yield from _in_publicity(case, around)
    if not isinstance(case.phase, UnderReview):
        return
    stage = case.stage(case.phase.stage)
    if stage.votes and fills(case, stage, HANDLER, around):
        yield Offer(Act.RECORD_VOTES, (*barred(case, HANDLER, around), *around.onward))
    seats = {seat: barred(case, seat, around) for seat in seats_of(case, around)}
    if HANDLER in seats:  # again until the leader has decided: the last opinion counts
        yield Offer(Act.GIVE_OPINION, seats[HANDLER])
    if LEADER in seats:
        waits = () if case.phase.opinion is not None else (handler_first(around.law),)
        yield Offer(Act.DECIDE, seats[LEADER] or waits)
    if any(not against for against in seats.values()):
        yield Offer(Act.RETURN)
        if case.open_questions():
            yield Offer(Act.RECORD_JUDGEMENT)


def _in_publicity(case: Case, around: Circumstances) -> Iterator[Offer]:
    seats = seats_of(case, around)
    if not seats:
        return
    yield Offer(Act.PUBLICISE)
    if LEADER in seats or not going_on.goes_on_by_leader(case):
        yield Offer(Act.GO_ON, tuple(going_on.not_over(case, around)))


def _recusing(acting: Acting, case: Case, around: Circumstances | None) -> Iterator[Act]:
    if not case.chain or not case.is_open:
        return
    yield Act.APPLY_FOR_RECUSAL
    if around is None:
        return
    if any(
        fills(case, stage, seat, around)
        for stage in case.chain
        for seat in stage.seats or REVIEWING_SEATS
    ) and not around.humans.among(around.actor.person, case.recused):
        yield Act.DECLARE_RECUSAL
    if any(_may_decide(acting, case, each, around) for each in case.recusal_applications):
        yield Act.DECIDE_RECUSAL


def _may_decide(
    acting: Acting, case: Case, asked: RecusalApplication, around: Circumstances
) -> bool:
    here = around.organisation.organisation == asked.organisation
    administers = here and acting.has([Role.ADMINISTRATOR])
    return not decision_objections(case, asked, around, administers=administers)


def _designating(case: Case, around: Circumstances | None) -> Iterator[Offer]:
    """Who is kept from it is told why, but for a law under which nobody designates anybody."""
    if case.chain and case.is_open and around is not None and not around.no_substitutes:
        kept_by = designation_objections(case, around)
        yield Offer(Act.DESIGNATE_SUBSTITUTE, tuple(kept_by))


def _offices(
    case: Case,
    around: Circumstances | None,
    awaited: frozenset[Act],
    above: bool,  # noqa: FBT001 -- a relation
) -> Iterator[Act]:
    if around is None:
        return
    own = around.organisation.organisation
    deals = own in {each.organisation for each in case.chain}
    if deals and not kept_out(case, around.actor.person, around):
        yield from sorted(awaited)
        entered = {each.organisation for each in case.receipts}
        if own in entered.union(each.organisation for each in case.payments):
            yield Act.AMEND_RECEIPTS
        yield Act.WITHHOLD_MATERIAL
        if _may_purge(case, around):
            yield Act.PURGE_MATERIAL
        slip = rescindable(case)
        to_confirm = {each.organisation for each in case.amendments}
        if own in to_confirm or (slip is not None and slip.organisation == own):
            yield Act.RESCIND
    decides = any(each.decides and each.organisation == own for each in case.chain)
    if (above or decides) and around.sits(LEADER):
        yield Act.EXTEND_WINDOW
    if (
        above
        and any(each.organisation != own for each in may_be_taken_over(case))
        and around.sits(LEADER)
    ):
        yield Act.TAKE_OVER
    if isinstance(case.phase, Recognised) and own == case.stage(case.phase.stage).organisation:
        yield from _of_certificate(case.phase.certificate, around)
    if _may_reexamine(case, around) and (above or decides or own in _ended_at(case)):
        yield Act.DECIDE_REEXAMINATION
    if _may_be_suspected(case) and around.sits(INTEGRITY_HANDLER):
        yield Act.OPEN_INVESTIGATION


def _of_certificate(certificate: Certificate | None, around: Circumstances) -> Iterator[Act]:
    """What may be done about a certificate at the authority: issued, signed for, made void."""
    waits = certificate is None or (PAPER in certificate.forms and certificate.signed_on is None)
    if waits and around.sits(HANDLER):
        yield Act.ISSUE_CERTIFICATE
    if (
        certificate is not None
        and around.sits(LEADER)
        and not around.humans.same(around.actor.person, certificate.person)
    ):
        yield Act.VOID_CERTIFICATE


def _may_purge(case: Case, around: Circumstances) -> bool:
    """Whether a file is there to propose, as the handler, or to order the removal of."""
    if case.materials and around.sits(HANDLER):
        return True
    own = around.organisation.organisation
    return around.sits(LEADER) and any(each.organisation == own for each in case.purges)


def _may_reexamine(case: Case, around: Circumstances) -> bool:
    """Whether a re-examination waits for somebody in this seat who had no part in the case."""
    if case.ending is None or case.ending.decide_by is None or not reviewable(case):
        return False
    involved = (*case.involved(), *around.investigators, *around.objection_officers)
    person = around.actor.person
    return around.sits(INTEGRITY_LEADER) and not around.humans.among(person, involved)


def _ended_at(case: Case) -> tuple[str, ...]:
    assert case.ending is not None
    return (case.stage(case.ending.stage).organisation,)


def _may_be_suspected(case: Case) -> bool:
    """Whether an investigation may begin: under way, over however it ended, or held for one."""
    if isinstance(case.phase, Suspended):
        return case.phase.investigation is None
    return bool(case.chain) and not isinstance(case.phase, Draft)
