"""Holds (暂缓删除): what is known of a person is kept from erasure, at an inspector's request."""

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
    from api.acts.desk import Desk, Events
    from domain.person.state import Person


def place_hold(desk: Desk, _person: Person, *, mandate: str, reason: str) -> Events:
    """Keep what is known of a person from being erased, as an inspector."""
    acting = desk.acting
    words = Personal(reason, acting.actor.person, Purpose.OFFICIAL)
    return (HoldPlaced(hold=new_stream("hold", acting.at), mandate=mandate, reason=words),)


def lift_hold(desk: Desk, person: Person, *, hold: str, reason: str) -> Events:
    """Lift a hold, as an inspector."""
    words = Personal(reason, desk.acting.actor.person, Purpose.OFFICIAL)
    return holds.lift(person.holds, hold, words)


PLACE = Row(PERSON, Act.HOLD_PERSON, place_hold)
LIFT = Row(PERSON, Act.HOLD_PERSON, lift_hold, when=lambda person: bool(person.holds))
