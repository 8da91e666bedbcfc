"""What happens beside a review and can end it: an objection, an investigation, of two officers.

``MATTER_STREAMS`` begin the names of their streams.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.duties.leaf import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable

MATTER_STREAMS = ("objection-", "investigation-")
_BEGINS = ("objection:raised:1", "investigation:opened:1")
_FIRST = ("objection:investigated:1", "investigation:finding-proposed:1")
_TAKEN_OVER = "investigation:taken-over:1"
_SECOND = ("objection:upheld:1", "investigation:misconduct-found:1")


@dataclass(frozen=True, slots=True)
class Officer:
    """What one of the two officers did, and at which organisation."""

    leaf: Leaf
    organisation: str


@dataclass(slots=True)
class Matter:
    """An objection to a case, or an investigation of it.

    ``organisation`` conducts an investigation; the officers of an objection name their own.
    """

    case: str = ""
    organisation: str = ""
    first: list[Officer] = field(default_factory=list)
    second: list[Officer] = field(default_factory=list)

    @classmethod
    def of(cls, leaves: Iterable[Leaf]) -> Matter:
        """What the leaves of its stream say of it, in order of position."""
        matter = cls()
        for leaf in leaves:
            matter.hear(leaf)
        return matter

    def hear(self, leaf: Leaf) -> None:
        """One more leaf of its stream."""
        organisation = str(leaf.fields.get("organisation") or self.organisation)
        if leaf.topic in _BEGINS and not self.case:
            self.case, self.organisation = str(leaf.fields["case"]), organisation
        elif leaf.topic == _TAKEN_OVER:
            self.organisation = str(leaf.fields["to_organisation"])
        elif leaf.topic in _FIRST:
            self.first.append(Officer(leaf, organisation))
        elif leaf.topic in _SECOND:
            self.second.append(Officer(leaf, organisation))


def needed_of(topic: str) -> tuple[str, ...] | None:
    """The fields that a leaf of a matter must have to be heard; None where it says nothing."""
    if topic in _BEGINS:
        return ("case",)
    if topic == _TAKEN_OVER:
        return ("to_organisation",)
    return () if topic in (*_FIRST, *_SECOND) else None
