"""A supplement (补充通知) binds a case under way: which law it stands under from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.case.values import LawReference, Supplement
from domain.event import Event
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class LawSupplemented(Event, topic="case:law-supplemented:1", chinese="适用补充通知"):
    """What follows was done under the law of the filing with what of its supplements binds (补充).

    ``law`` is that law as a whole, ``supplements`` are those that bind; none where they ceased, and
    the case stands under the law of its filing again.
    """

    law: LawReference
    supplements: tuple[Supplement, ...]


def evolve(state: Case, event: LawSupplemented) -> Case:
    """The case under the law that binds it now."""
    return replace(state, law=event.law, supplements=event.supplements)
