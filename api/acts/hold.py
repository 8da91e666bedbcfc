"""Holds (保全): what is known of a person is kept from erasure, at an inspector's request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts.guard import Row
from api.acts.person import PERSON
from api.identifiers import new_stream
from domain.person import hold as holds
from domain.person.hold import HoldPlaced
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.deliberation import Deliberation
    from domain.event import Event
    from domain.person.state import Person


def place_hold(
    deliberation: Deliberation, _person: Person, *, mandate: str, reason: str
) -> Iterable[Event]:
    """Keep what is known of a person from being erased, as an inspector."""
    acting = deliberation.acting
    words = Personal(reason, acting.actor.person, Purpose.OFFICIAL)
    return (HoldPlaced(hold=new_stream("hold", acting.at), mandate=mandate, reason=words),)


def lift_hold(
    deliberation: Deliberation, person: Person, *, hold: str, reason: str
) -> Iterable[Event]:
    """Lift a hold, as an inspector."""
    words = Personal(reason, deliberation.acting.actor.person, Purpose.OFFICIAL)
    return holds.lift(person, hold, words)


PLACE = Row(PERSON, Act.HOLD_PERSON, place_hold)
LIFT = Row(PERSON, Act.HOLD_PERSON, lift_hold)
