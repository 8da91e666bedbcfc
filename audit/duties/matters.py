"""What happens beside a review and can end it: an objection, an investigation, of two officers.

``MATTER_STREAMS`` begin the names of their streams.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from audit.duties.leaf import Leaf, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MATTER_STREAMS = ("objection-", "investigation-")
_BEGINS = ("objection:raised:1", "investigation:opened:1")
_FIRST = ("objection:investigated:1", "investigation:finding-proposed:1")
_TAKEN_OVER = "investigation:taken-over:1"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_SECOND = ("objection:upheld:1", "investigation:misconduct-found:1")


@dataclass(frozen=True, slots=True)
class Officer:
    """What one of the two officers did, without its words, and at which organisation."""

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

    def hear(self, leaf: Leaf) -> None:
        """One more leaf of its stream."""
        organisation = str(leaf.fields.get("organisation") or self.organisation)
        if leaf.topic in _BEGINS and not self.case:
            self.case, self.organisation = str(leaf.fields["case"]), organisation
        elif leaf.topic == _TAKEN_OVER:
            self.organisation = str(leaf.fields["to_organisation"])
        elif leaf.topic in _FIRST:
            self.first.append(Officer(_without_words(leaf), organisation))
        elif leaf.topic in _SECOND:
            self.second.append(Officer(_without_words(leaf), organisation))


def _without_words(leaf: Leaf) -> Leaf:
    """Who acted, when and where, as it is kept to the end of a check."""
    actor = {name: one_of(said) for name, said in leaf.actor.items()}
    stream, topic = one_of(leaf.stream), one_of(leaf.topic)
    return replace(leaf, stream=stream, topic=topic, actor=actor, fields=_NOTHING)
