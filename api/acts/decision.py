"""Entering decision documents, each of which names many cases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.desk import known
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
    from collections.abc import Iterator
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.organisation.state import Organisation


def publish(
    desk: Desk,
    authority: Organisation,
    *,
    number: str,
    title: str,
    published_on: date,
    content: str,
    cases: tuple[str, ...],
) -> Events:
    """Enter a document that names titles which the authority recognised."""
    dossiers = [known(desk.case(each)) for each in dict.fromkeys(cases)]
    seats, acting = desk.seats(authority.organisation), desk.acting
    command = PublishDecision(
        number=number, title=title, published_on=published_on, content=content
    )
    published = publish_decision(dossiers, command, seats, acting.actor.account, acting.today)
    desk.write(desk.begun, published)
    heard = NamedInDecision(decision=desk.begun, number=number, published_on=published_on)
    for each in dossiers:
        desk.write(each.case, heard)
    return ()


def _invites(desk: Desk, authority: Organisation) -> Iterator[Act]:
    acting = desk.acting
    seats = desk.seats(authority.organisation)
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
