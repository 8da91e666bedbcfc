"""Entering decision documents, each of which names many cases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION
from api.acts.seats import acting_officer, unseated
from api.acts.thing import Offer
from api.problems import Problem
from domain.case.decision_document import (
    CorrectDecision,
    DecisionDocumentPublished,
    NamedInDecision,
    PublishDecision,
    correct_decision,
    publish_decision,
)
from domain.personal import Personal, Purpose
from domain.separation import HANDLER, LEADER

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


def correct(
    desk: Desk,
    authority: Organisation,
    /,
    *,
    decision: str,
    number: str,
    published_on: date,
    reason: str,
) -> Events:
    """Correct the number or the day of a document, as the leader, who did not enter it."""
    document = known(desk.decision(decision))
    if document.organisation != authority.organisation:
        raise Problem("NOT_FOUND")
    words = Personal(reason, desk.acting.actor.person, Purpose.OFFICIAL)
    command = CorrectDecision(number=number, published_on=published_on, reason=words)
    officer = acting_officer(desk, authority.organisation, [document.person])
    law = desk.laws.for_area(authority.area)
    desk.write(decision, correct_decision(document, command, officer, law))
    heard = NamedInDecision(decision=decision, number=number, published_on=published_on)
    for each in document.cases:
        desk.write(each, heard)
    return ()


def _invites(desk: Desk, authority: Organisation) -> Iterator[Offer]:
    """Who holds another seat is not asked, and who holds none is told which it takes."""
    own = authority.organisation
    yield Offer(Act.PUBLISH_DECISION, unseated(desk, own, HANDLER))
    yield Offer(Act.CORRECT_DECISION, unseated(desk, own, LEADER))


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
CORRECT = Row(ORGANISATION, Act.CORRECT_DECISION, correct, (LEADER,), fresh=True, changes=False)
