"""Entering decision documents, each of which names many cases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.deliberation import known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION
from domain.case.decision import (
    DecisionDocumentPublished,
    NamedInDecision,
    PublishDecision,
    publish_decision,
)
from domain.separation import HANDLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from api.acts.deliberation import Deliberation
    from domain.event import Event
    from domain.organisation.state import Organisation


def publish(
    deliberation: Deliberation,
    authority: Organisation,
    *,
    number: str,
    title: str,
    published_on: date,
    content: str,
    cases: tuple[str, ...],
) -> Iterable[Event]:
    """Enter a document that names titles which the authority recognised."""
    dossiers = [known(deliberation.case(each)) for each in dict.fromkeys(cases)]
    seats, acting = deliberation.seats(authority.organisation), deliberation.acting
    command = PublishDecision(
        number=number, title=title, published_on=published_on, content=content
    )
    published = publish_decision(dossiers, command, seats, acting.actor.account, acting.today)
    deliberation.write(deliberation.begun, published)
    heard = NamedInDecision(decision=deliberation.begun, number=number, published_on=published_on)
    for each in dossiers:
        deliberation.write(each.case, heard)
    return ()


def _invites(deliberation: Deliberation, authority: Organisation) -> Iterator[Act]:
    acting = deliberation.acting
    seats = deliberation.seats(authority.organisation)
    if seats.holder(acting.actor.account, HANDLER, acting.today):
        yield Act.PUBLISH_DECISION


DOCUMENTS = replace(ORGANISATION, invites=_invites)
"""The decision documents of an authority."""
PUBLISH = Row(
    ORGANISATION,
    Act.PUBLISH_DECISION,
    publish,
    (HANDLER,),
    begins=DecisionDocumentPublished,
    changes=False,
)
