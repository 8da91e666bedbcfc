"""Entering decision documents, each of which names many cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, permitted
from api.acts import standing
from api.identifiers import new_stream
from api.problems import Problem
from domain.case.decision import NamedInDecision, PublishDecision, publish_decision
from domain.separation import HANDLER

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk


class Announcing:
    """The use cases about decision documents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def publish(
        self, acting: Acting, organisation: str, command: PublishDecision, cases: tuple[str, ...]
    ) -> Answer:
        """Enter a document, and put it on record in each case that it names, in one append."""
        decision = new_stream("decision", acting.at)

        def think(deliberation: Deliberation) -> None:
            known = deliberation.organisation(organisation)
            if known is None:
                raise Problem("NOT_FOUND")
            relations = standing.to_organisation(acting, deliberation, known)
            standing.require(acting, Act.PUBLISH_DECISION, relations, reading=Act.READ_ORGANISATION)
            standing.take_seat(acting, deliberation, organisation, HANDLER)
            named = [deliberation.case(each) for each in dict.fromkeys(cases)]
            dossiers = [each for each in named if each is not None]
            if len(dossiers) < len(named):
                raise Problem("NOT_FOUND")
            seats = deliberation.seats(organisation)
            published = publish_decision(
                dossiers, command, seats, acting.actor.account, acting.today
            )
            deliberation.write(decision, published)
            heard = NamedInDecision(
                decision=decision, number=command.number, published_on=command.published_on
            )
            for each in dossiers:
                deliberation.write(each.case, heard)

        return self._desk.act(acting, think)

    def offers(self, acting: Acting, organisation: str) -> tuple[Act, ...]:
        """What a reader of an authority's documents may do about them.

        Raises ``NOT_FOUND`` or ``FORBIDDEN`` for who may not read them.
        """
        deliberation = self._desk.deliberate()
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_organisation(acting, deliberation, known)
        standing.require(acting, Act.READ_DECISIONS, relations, reading=Act.READ_ORGANISATION)
        handles = deliberation.seats(organisation).holder(
            acting.actor.account, HANDLER, acting.today
        )
        invited = [Act.PUBLISH_DECISION] if handles else []
        return tuple(act for act in invited if permitted(act, acting.roles, relations))
