"""An audit hold (暂缓删除): what is known of a person must not be erased while it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event, topic="person:hold-placed:1", chinese="要求暂缓删除"):
    """An inspector asked to keep what is known of the person; ``mandate`` is the 文号."""

    hold: str
    mandate: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event, topic="person:hold-lifted:1", chinese="解除暂缓删除"):
    """The hold is no longer needed."""

    hold: str
    reason: Personal


def lift(holds: Collection[str], hold: str, reason: Personal) -> tuple[HoldLifted, ...]:
    """Lift a hold; raises ``Refused`` where there is none of that id."""
    if hold not in holds:
        raise Refused(
            Refusal(
                "NO_SUCH_HOLD",
                "没有这项暂缓删除，或已解除。",
                "There is no such hold, or it has been lifted.",
            )
        )
    return (HoldLifted(hold=hold, reason=reason),)
