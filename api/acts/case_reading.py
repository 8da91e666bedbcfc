"""Reading a case: now, at a version, or as it was known at an instant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import folding, standing
from api.acts.deliberation import known
from api.acts.offers import offers
from api.problems import Problem
from audit.record import History
from domain.account.events import Role
from domain.case import review
from domain.case.phase import InPublicity, UnderReview
from domain.case.state import Case
from domain.organisation.state import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from api.office import Office
    from audit.record import Record
    from domain.case.circumstances import Circumstances

_INSIDE = frozenset({Relation.OWN, Relation.SEATED, Relation.ORGANISATION})
_READERS = (Role.APPLICANT, Role.OFFICIAL)


@dataclass(frozen=True, kw_only=True)
class SeenCase:
    """A case as one caller sees it.

    ``words`` says whether personal words are shown or masked, ``offers`` what the caller may
    do next; nothing is on offer for a case as it was.
    """

    case: Case
    history: History
    employer: Organisation
    relations: frozenset[Relation]
    words: bool
    offers: tuple[Act, ...]


def read_case(
    office: Office,
    acting: Acting,
    case_id: str,
    act: Act = Act.READ_CASE,
    *,
    as_of: datetime | None = None,
    version: int | None = None,
) -> SeenCase:
    """The case as the caller may see it, now, at a version, or as it was known at an instant.

    Raises the problem ``NOT_FOUND`` to whom may not know of it, ``FORBIDDEN`` to whom may
    read it but not this about it.
    """
    deliberation = office.deliberate(acting)
    now = known(deliberation.case(case_id))
    around = _around(deliberation, now)
    seats = review.seats_of(now, around) if around is not None else ()
    relations = standing.to_case(deliberation, now, seats)
    standing.require(deliberation, (act,), relations, reading=Act.READ_CASE)
    history = _as_of(office.record, deliberation.history(case_id), as_of, version)
    past = as_of is not None or version is not None
    return SeenCase(
        case=known(folding.case(history)),
        history=history,
        employer=standing.registered(deliberation, now),
        relations=frozenset(relations),
        words=acting.has(_READERS) and not _INSIDE.isdisjoint(relations),
        offers=() if past else offers(acting, now, relations, around),
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


def _around(deliberation: Deliberation, case: Case) -> Circumstances | None:
    """What a reviewing act by the caller would be judged by; None for who has no office."""
    house = _house(deliberation, case)
    if house is None:
        return None
    law, persons = deliberation.law_of(case), (case.applicant, *case.reviewers())
    return replace(
        standing.circumstances(deliberation, house, law, persons, case),
        investigators=deliberation.investigators(case),
        objection_officers=deliberation.objection_officers(case),
    )


def _house(deliberation: Deliberation, case: Case) -> Organisation | None:
    """The organisation of the present stage for who may act there, else the caller's own."""
    actor, house = deliberation.acting.actor, None
    if isinstance(case.phase, (UnderReview, InPublicity)):
        here = case.stage(case.phase.stage).organisation
        if actor.organisation == here or actor.account in {s.account for s in case.substitutes}:
            house = deliberation.organisation(here)
    return house or deliberation.organisation(actor.organisation or "")
