"""Reading a case: now, at a version, or as it was known at an instant; with what is next on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import competence, folding, standing
from api.acts.consultation import opened
from api.acts.dealing import deals_with
from api.acts.desk import known
from api.acts.investigation import kept_from
from api.acts.naming import Names
from api.acts.stage import of_case, of_receiver, of_stage
from api.log import name_case
from api.problems import Problem
from audit.record import History
from domain.account.events import Role
from domain.case import review
from domain.case.correction import rescindable
from domain.case.handed_in import as_filed
from domain.case.handed_in import unfiled as drafted
from domain.case.opinions import undecided
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
from domain.case.recusal import decision_objections
from domain.case.reexamination import may_be_asked_for, reviewable
from domain.case.standing import fills, kept_out
from domain.case.state import Case, RecusalApplication
from domain.case.takeover import may_be_taken_over
from domain.organisation.state import Organisation
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from api.acts.naming import Called
    from api.office import Office
    from audit.record import Record
    from domain.case.circumstances import Circumstances
    from domain.case.values import ChainStage

_FILES = frozenset({Relation.OWN, Relation.ASSISTING})
_INSIDE = _FILES | {Relation.DEALING}
_READERS = (Role.APPLICANT, Role.OFFICIAL)


@dataclass(frozen=True, kw_only=True)
class SeenCase:
    """A case as one caller sees it.

    ``words`` says whether personal words are shown or masked, ``offers`` what the caller may
    do next; nothing is on offer for a case as it was. ``names`` tells how organisations were
    called. ``recused`` are all persons of the record who are one of the human beings recused from
    it. ``untold`` are the investigations of which the caller is not told yet, because the person
    concerned has not been. ``unfiled`` are the versions of a draft that is not handed in yet, and
    no business of anybody's but the applicant and who files for them.
    """

    case: Case
    history: History
    employer: Organisation
    relations: frozenset[Relation]
    words: bool
    offers: tuple[Act, ...]
    names: Names
    recused: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    unfiled: frozenset[int] = frozenset()

    def called(self, organisation: str) -> Called:
        """How an organisation was called when it last acted in the case, or else at its end."""
        acted = (
            one.position
            for one in reversed(self.history.recorded)
            if getattr(one.actor, "organisation", None) == organisation
        )
        last = self.history.recorded[-1].position
        return self.names.called(organisation, next(acted, last))

    def in_name_of(self, stage: ChainStage) -> str | None:
        """In whose name the office of a stage acted there last, where that is not its own."""
        acted = (
            self.names.acting(one)
            for one in reversed(self.history.recorded)
            if getattr(one.event, "stage", None) == stage.stage
            and getattr(one.event, "organisation", None) == stage.organisation
            and getattr(one.actor, "power", None) is not None
        )
        return next(acted, None)

    @property
    def withheld(self) -> frozenset[int]:
        """The versions whose words the caller does not see yet: opinions, before a decision."""
        if _FILES.isdisjoint(self.relations):
            return frozenset()
        return undecided(self.history.events)


def read_case(
    office: Office,
    acting: Acting,
    case_id: str,
    act: Act = Act.READ_CASE,
    *,
    as_of: datetime | None = None,
    version: int | None = None,
    consultation: str = "",
) -> SeenCase:
    """The case as the caller may see it, now, at a version, or as it was known at an instant.

    ``consultation`` is the one by which a watcher, in this session, sees its words and files.
    Raises the problem ``NOT_FOUND`` to whom may not know of it, ``FORBIDDEN`` to whom may
    read it but not this about it, ``REASON_REQUIRED`` to a watcher who has not said why.
    """
    desk = office.desk(acting)
    now = known(desk.case(case_id))
    name_case(case_id)
    around = _around(desk, now)
    seats = review.seats_of(now, around) if around is not None else ()
    relations = standing.to_case(desk, now, seats)
    if deals_with(desk, now):
        relations.add(Relation.DEALING)
    if consultation and Relation.JURISDICTION in relations:
        if opened(office, acting, consultation).subject != case_id:
            raise Problem("REASON_REQUIRED")
        relations.add(Relation.CONSULTING)
    if act is Act.READ_MATERIAL and not permitted(act, acting.roles, relations):
        _refuse_without_reason(relations)
    standing.require(desk, (act,), relations, reading=Act.READ_CASE)
    history = _as_of(office.record, desk.history(case_id), as_of, version)
    past = as_of is not None or version is not None
    filing = not _FILES.isdisjoint(relations)
    unfiled = set() if filing else drafted(desk.history(case_id).events)
    then = _as_filed(history, unfiled)
    return SeenCase(
        case=then,
        history=history,
        employer=standing.registered(desk, now),
        relations=frozenset(relations),
        words=(acting.has(_READERS) and not _INSIDE.isdisjoint(relations))
        or Relation.CONSULTING in relations,
        offers=() if past else _within_power(desk, now, seats, relations, around),
        names=Names(desk),
        recused=frozenset().union(*(desk.humans([p]).circle(p) for p in then.recused)),
        untold=frozenset(each for each in then.investigations if kept_from(desk, each)),
        unfiled=frozenset(unfiled),
    )


def _refuse_without_reason(relations: set[Relation]) -> None:
    """Tell a watcher that they may, once they have said why."""
    if Relation.JURISDICTION in relations:
        raise Problem("REASON_REQUIRED")


def _as_filed(history: History, unfiled: Collection[int]) -> Case:
    """The case as its history tells, but for a draft of these versions."""
    then = known(folding.case(history))
    first = min(unfiled, default=history.version + 1)
    if first > history.version:
        return then
    before = history.as_of(history.recorded[first - 1].position - 1)
    return as_filed(then, known(folding.case(before)))


def _within_power(
    desk: Desk,
    case: Case,
    seats: tuple[str, ...],
    relations: set[Relation],
    around: Circumstances | None,
) -> tuple[Act, ...]:
    """The acts on offer for which the organisation that would act has the power."""
    here = of_stage(desk, case) if seats else of_case(desk, case)
    own = desk.acting.actor.organisation
    others = [each for each in may_be_taken_over(case) if each.organisation != own]
    concerns = {
        Act.HANDLE_PAPERS: of_receiver(desk, case),
        Act.TAKE_OVER: replace(of_case(desk, case), bodies=tuple(each.body for each in others)),
    }
    return tuple(
        each
        for each in offers(desk.acting, case, relations, around)
        if competence.may(desk, each, relations, concerns.get(each, here))
    )


def _as_of(
    record: Record, history: History, as_of: datetime | None, version: int | None
) -> History:
    if as_of is not None:
        history = history.as_of(record.position_at(as_of))
    if version is not None:
        if not 1 <= version <= history.version:
            raise Problem("NOT_FOUND")
        history = history.as_of(history.recorded[version - 1].position)
    return history


def _around(desk: Desk, case: Case) -> Circumstances | None:
    """What a reviewing act by the caller would be judged by; None for who has no office."""
    house = _house(desk, case)
    if house is None:
        return None
    law, persons = desk.law_of(case), (case.applicant, *case.involved())
    return replace(
        standing.circumstances(desk, house, law, persons, case),
        investigators=desk.investigators(case),
        objection_officers=desk.objection_officers(case),
    )


def _house(desk: Desk, case: Case) -> Organisation | None:
    """The organisation of the present stage for who may act there, else the caller's own."""
    actor, house = desk.acting.actor, None
    if isinstance(case.phase, (UnderReview, InPublicity)):
        here = case.stage(case.phase.stage).organisation
        if actor.organisation == here or actor.account in {s.account for s in case.substitutes}:
            house = desk.organisation(here)
    return house or desk.organisation(actor.organisation or "")


def offers(
    acting: Acting, case: Case, relations: set[Relation], around: Circumstances | None
) -> tuple[Act, ...]:
    """The acts on offer, in the order in which a case meets them.

    ``around`` is what is known where the caller belongs to an organisation, else None.
    """
    above = Relation.SUBORDINATE in relations
    invited = [
        *([Act.CONSULT_CASE] if case.chain else []),
        *_applicants(case),
        *_reviewers(case, around),
        *_recusing(acting, case, around),
        *_offices(case, around, above),
    ]
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
    if case.assistance is not None and not case.assistance.ended:
        yield Act.END_ASSISTANCE
    if isinstance(case.phase, (Draft, UnderReview, InPublicity, Returned, Suspended)):
        yield Act.WITHDRAW
    if may_be_asked_for(case):
        yield Act.REQUEST_REEXAMINATION


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


def _recusing(acting: Acting, case: Case, around: Circumstances | None) -> Iterator[Act]:
    if not case.chain or not case.is_open:
        return
    yield Act.APPLY_FOR_RECUSAL
    if around is None:
        return
    if any(
        fills(case, stage, seat, around)
        for stage in case.chain
        for seat in stage.seats or (HANDLER,)
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


def _offices(case: Case, around: Circumstances | None, above: bool) -> Iterator[Act]:  # noqa: FBT001 -- a relation
    if case.chain and case.is_open:
        yield Act.DESIGNATE_SUBSTITUTE
    if around is None:
        return
    account, today = around.actor.account, around.today
    own = around.organisation.organisation
    deals = own in {each.organisation for each in case.chain}
    if deals and not kept_out(case, around.actor.person, around):
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
    if (
        above
        and any(each.organisation != own for each in may_be_taken_over(case))
        and around.seats.holder(account, LEADER, today)
    ):
        yield Act.TAKE_OVER
    if isinstance(case.phase, Recognised) and case.phase.certificate is None:
        here = own == case.stage(case.phase.stage).organisation
        if here and around.seats.holder(account, HANDLER, today):
            yield Act.ISSUE_CERTIFICATE
    if _may_reexamine(case, around) and (above or decides or own in _ended_at(case)):
        yield Act.DECIDE_REEXAMINATION
    if _may_be_suspected(case) and around.seats.holder(account, INTEGRITY_HANDLER, today):
        yield Act.OPEN_INVESTIGATION


def _may_purge(case: Case, around: Circumstances) -> bool:
    """Whether a file is there to propose, as the handler, or to order the removal of."""
    account, seats = around.actor.account, around.seats
    if seats.holder(account, HANDLER, around.today) and case.materials:
        return True
    proposed = any(each.organisation == seats.organisation for each in case.purges)
    return proposed and seats.holder(account, LEADER, around.today) is not None


def _may_reexamine(case: Case, around: Circumstances) -> bool:
    """Whether a re-examination waits for somebody in this seat who had no part in the case."""
    waits = reviewable(case) and case.ending is not None and case.ending.decide_by is not None
    actor, seats = around.actor, around.seats
    seated = seats.holder(actor.account, INTEGRITY_LEADER, around.today) is not None
    involved = (*case.involved(), *around.investigators, *around.objection_officers)
    return waits and seated and not around.humans.among(actor.person, involved)


def _ended_at(case: Case) -> tuple[str, ...]:
    assert case.ending is not None
    return (case.stage(case.ending.stage).organisation,)


def _may_be_suspected(case: Case) -> bool:
    """Whether an investigation may begin: under way, over however it ended, or held for one."""
    if isinstance(case.phase, Suspended):
        return case.phase.investigation is None
    return bool(case.chain) and not isinstance(case.phase, Draft)
