"""Reading a case: now, at a version, or as it was known at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import folding, standing
from api.acts.offers import offers
from api.problems import Problem
from audit.record import History
from domain.account.events import Role
from domain.case import review
from domain.case.circumstances import Circumstances
from domain.case.phase import InPublicity, UnderReview
from domain.case.state import Case
from domain.organisation.state import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook

_INSIDE = frozenset({Relation.OWN, Relation.SEATED, Relation.ORGANISATION})
_READERS = (Role.APPLICANT, Role.OFFICIAL)


@dataclass(frozen=True, kw_only=True)
class Seen:
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


class CaseReading:
    """The reading side of cases, from the record itself."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def read(
        self,
        acting: Acting,
        case_id: str,
        act: Act,
        *,
        as_of: datetime | None = None,
        version: int | None = None,
    ) -> Seen:
        """The case as the caller may see it.

        Raises the problem ``NOT_FOUND`` to whom may not know of it, ``FORBIDDEN`` to whom may
        read it but not this about it.
        """
        deliberation = self._desk.deliberate()
        now = deliberation.case(case_id)
        if now is None:
            raise Problem("NOT_FOUND")
        around = self._around(acting, deliberation, now)
        seats = review.seats_of(now, around) if around is not None else ()
        relations = standing.to_case(acting, deliberation, now, seats)
        standing.require(acting, act, relations, reading=Act.READ_CASE)
        history = self._as_of(deliberation.history(case_id), as_of, version)
        then = folding.case(history)
        employer = deliberation.organisation(now.employer)
        if then is None or employer is None:
            raise Problem("NOT_FOUND")
        past = as_of is not None or version is not None
        return Seen(
            case=then,
            history=history,
            employer=employer,
            relations=frozenset(relations),
            words=acting.has(_READERS) and not _INSIDE.isdisjoint(relations),
            offers=() if past else offers(acting, now, relations, around),
        )

    def may(self, acting: Acting, seen: Seen, act: Act) -> bool:
        """Whether the table lets the caller do a further act on what they see."""
        return permitted(act, acting.roles, seen.relations)

    def _as_of(self, history: History, as_of: datetime | None, version: int | None) -> History:
        if as_of is not None:
            history = history.as_of(self._desk.record.position_at(as_of))
        if version is not None:
            if not 1 <= version <= history.version:
                raise Problem("NOT_FOUND")
            history = history.as_of(history.recorded[version - 1].position)
        return history

    def _around(
        self, acting: Acting, deliberation: Deliberation, case: Case
    ) -> Circumstances | None:
        """What a reviewing act by the caller would be judged by; None for who has no office."""
        organisation = None
        if isinstance(case.phase, (UnderReview, InPublicity)):
            stage = case.stage(case.phase.stage)
            substitutes = {each.account for each in case.substitutes}
            if acting.actor.organisation == stage.organisation or (
                acting.actor.account in substitutes
            ):
                organisation = deliberation.organisation(stage.organisation)
        if organisation is None and acting.actor.organisation is not None:
            organisation = deliberation.organisation(acting.actor.organisation)
        if organisation is None:
            return None
        law = self._laws.of(case.law)
        return Circumstances(
            actor=acting.actor,
            at=acting.at,
            humans=deliberation.humans([acting.actor.person, case.applicant, *case.reviewers()]),
            organisation=organisation,
            seats=deliberation.seats(organisation.organisation),
            law=law,
            outcome_label=law.outcome_label(case.result.route if case.result else None),
            investigators=deliberation.investigators(case),
            objection_officers=deliberation.objection_officers(case),
        )
