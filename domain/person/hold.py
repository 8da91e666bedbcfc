"""An audit hold (暂缓删除): what is known of a person must not be erased while it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.person.events import HoldLifted
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from domain.person.state import Person
    from domain.personal import Personal


def lift(state: Person, hold: str, reason: Personal) -> tuple[HoldLifted, ...]:
    """Lift a hold; raises ``Refused`` where there is none of that id."""
    if hold not in state.holds:
        raise Refused(
            Refusal(
                "NO_SUCH_HOLD",
                "没有这项暂缓删除，或已解除。",
                "There is no such hold, or it has been lifted.",
            )
        )
    return (HoldLifted(hold=hold, reason=reason),)
