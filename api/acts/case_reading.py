"""Reading a case: now, at a version, or as it was known at an instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import competence, folding, relation
from api.acts.case_entry import RECEIVING, awaited
from api.acts.case_offers import offers
from api.acts.consultation import opened
from api.acts.dealing import deals_with
from api.acts.desk import Desk, known
from api.acts.investigation import kept_from
from api.acts.organisation_name import Names
from api.acts.seats import seats_held
from api.acts.stage import Turn, around_case, of_case, of_receiver, of_stage
from api.acts.thing import Offer
from api.log import name_case
from api.problems import Problem
from audit.record import History
from domain.account.events import Role
from domain.case.committee import votes_alone
from domain.case.handed_in import as_filed, unfiled
from domain.case.phase import (
    InPublicity,
    UnderReview,
)
from domain.case.seats import seats_of
from domain.case.state import Case
from domain.case.takeover import may_be_taken_over
from domain.case.undecided_opinions import undecided
from domain.organisation.state import Organisation
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.competence import Concern
    from api.acts.organisation_name import Called
    from api.office import Office
    from audit.record import Record, Recorded
    from domain.case.circumstances import Circumstances
    from domain.case.values import ChainStage

_FILES = frozenset({Relation.OWN, Relation.ASSISTING})
_INSIDE = _FILES | {Relation.DEALING}
_OF_A_TURN = frozenset(
    {
        Act.GIVE_OPINION,
        Act.DECIDE,
        Act.RETURN,
        Act.RECORD_JUDGEMENT,
        Act.RECORD_VOTES,
        Act.PUBLICISE,
        Act.GO_ON,
        Act.ISSUE_CERTIFICATE,
    }
)
"""What is expected of whose turn it is, so that they are told why they may not."""
_READERS = (Role.APPLICANT, Role.OFFICIAL)


@dataclass(frozen=True, kw_only=True)
class SeenCase:
    """A case as one caller sees it.

    ``words`` says whether personal words are shown or masked, ``invites`` finds what the caller may
    do next, and may not yet; nothing is on offer for a case as it was. ``seats`` are those of the
    present stage that they may fill, and those that they hold at home. ``names`` tells how
    organisations were called, ``desk`` is where all of that was read. ``recused`` are all persons
    of the record who are one of the human beings recused from it. ``untold`` are the
    investigations of which the caller is not told yet, because the person concerned has not been.
    ``unfiled`` are the versions of a draft that is not handed in yet, and no business of anybody's
    but the applicant and who files for them.
    """

    case: Case
    history: History
    employer: Organisation
    relations: frozenset[Relation]
    words: bool
    invites: Callable[[], tuple[Offer, ...]]
    seats: frozenset[str]
    names: Names
    desk: Desk
    recused: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    unfiled: frozenset[int] = frozenset()

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What the caller may do next, and may not yet; looked for when somebody asks."""
        return self.invites()

    def called(self, organisation: str) -> Called:
        """How an organisation was called when it last acted in the case, or else at its end."""
        last = self.history.recorded[-1].position
        return self.names.called(organisation, self.history.once(_acted).get(organisation, last))

    def in_name_of(self, stage: ChainStage) -> str | None:
        """In whose name the office of a stage acted there last, where that is not its own."""
        last = self.history.once(_by_power).get((stage.stage, stage.organisation))
        return None if last is None else self.names.acting(last)

    @property
    def state(self) -> Case:
        """The case, as what acts are about."""
        return self.case

    @property
    def name(self) -> str:
        """The name by which acts are about it."""
        return self.case.case

    @property
    def withheld(self) -> frozenset[int]:
        """The versions whose words the caller does not see yet: opinions, before a decision."""
        if _FILES.isdisjoint(self.relations):
            return frozenset()
        return self.history.once(_undecided)


def _acted(history: History) -> dict[str | None, int]:
    """By organisation, where it acted last."""
    return {getattr(one.actor, "organisation", None): one.position for one in history.recorded}


def _by_power(history: History) -> dict[tuple[str | None, str | None], Recorded]:
    """By stage and organisation, what was done there last by a power of an office."""
    return {
        (getattr(one.event, "stage", None), getattr(one.event, "organisation", None)): one
        for one in history.recorded
        if getattr(one.actor, "power", None) is not None
    }


def _undecided(history: History) -> frozenset[int]:
    return undecided(history.events)


def _drafted(history: History) -> frozenset[int]:
    return unfiled(history.events)


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
    seats = seats_of(now, around) if around is not None else ()
    relations = relation.to_case(desk, now, seats)
    if deals_with(desk, now):
        relations.add(Relation.DEALING)
    if consultation and Relation.JURISDICTION in relations:
        if opened(office, acting, consultation).subject != case_id:
            raise Problem("REASON_REQUIRED")
        relations.add(Relation.CONSULTING)
    if act is Act.READ_MATERIAL and not permitted(act, acting.roles, relations):
        _refuse_without_reason(relations)
    relation.require(desk, (act,), relations, reading=Act.READ_CASE)
    history = _as_of(office.record, desk.history(case_id), as_of, version)
    past = as_of is not None or version is not None
    filing = not _FILES.isdisjoint(relations)
    hidden = frozenset[int]() if filing else desk.history(case_id).once(_drafted)
    then = _as_filed(history, hidden)
    return SeenCase(
        case=then,
        history=history,
        employer=relation.registered(desk, now),
        relations=frozenset(relations),
        words=(acting.has(_READERS) and not _INSIDE.isdisjoint(relations))
        or Relation.CONSULTING in relations,
        invites=tuple
        if past
        else partial(_within_power, desk, now, seats, frozenset(relations), around),
        seats=seats_held(desk).union(seats),
        names=Names(desk),
        desk=desk,
        recused=frozenset().union(*(desk.humans([p]).circle(p) for p in then.recused)),
        untold=frozenset(each for each in then.investigations if kept_from(desk, each)),
        unfiled=hidden,
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
    relations: frozenset[Relation],
    around: Circumstances | None,
) -> tuple[Offer, ...]:
    """The acts for which the organisation that would act has the power.

    One that is expected of it says so where it has not.
    """
    if around is not None and votes_alone(case, around):
        around = Turn(case, around, seats).going_on(desk)
    here = of_stage(desk, case) if seats else of_case(desk, case)

    def concern(act: Act) -> Concern:
        if act in RECEIVING:
            return of_receiver(desk, case)
        if act is Act.TAKE_OVER:
            own = desk.acting.actor.organisation
            others = (each for each in may_be_taken_over(case) if each.organisation != own)
            return replace(of_case(desk, case), bodies=tuple(each.body for each in others))
        return here

    invited = [
        (each, competence.lacking(desk, each.act, relations, concern(each.act)))
        for each in offers(desk.acting, case, relations, around, awaited(desk, case))
    ]
    return tuple(
        replace(each, against=lacking) if lacking else each
        for each, lacking in invited
        if not lacking or each.act in _OF_A_TURN
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
    return around_case(desk, case, house)


def _house(desk: Desk, case: Case) -> Organisation | None:
    """The organisation of the present stage for who may act there, else the caller's own."""
    actor, house = desk.acting.actor, None
    if isinstance(case.phase, (UnderReview, InPublicity)):
        here = case.stage(case.phase.stage).organisation
        if actor.organisation == here or actor.account in {s.account for s in case.substitutes}:
            house = desk.organisation(here)
    return house or desk.organisation(actor.organisation or "")
