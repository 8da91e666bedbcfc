"""An audit hold (保全): what is known of a person must not be erased while it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.event import Event
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from domain.person.state import Person


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event, topic="person:hold-placed:1", chinese="要求保全"):
    """An inspector asked to keep what is known of the person; ``mandate`` is the 文号."""

    hold: str
    mandate: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event, topic="person:hold-lifted:1", chinese="解除保全"):
    """The hold is no longer needed."""

    hold: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event, topic="person:erased:1", chinese="个人信息已依法删除"):
    """An erasure was ordered: the keys of these ids are destroyed by this event.

    It stands in the stream of each person that was known to be the same human being.
    Recorded again, by Mingjian itself, in a record restored from before the order.
    """

    erasure: str
    purposes: tuple[Purpose, ...]
    keys: tuple[str, ...]


def lift(state: Person, hold: str, reason: Personal) -> tuple[HoldLifted, ...]:
    """Lift a hold; raises ``Refused`` where there is none of that id."""
    if hold not in state.holds:
        raise Refused(
            Refusal(
                "NO_SUCH_HOLD",
                "没有这项保全，或已解除。",
                "There is no such hold, or it has been lifted.",
            )
        )
    return (HoldLifted(hold=hold, reason=reason),)
