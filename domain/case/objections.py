"""What a case knows of objections to it: that there is one and how it ended, not what it says.

The objection itself stands in a stream of its own, see ``domain.objection``.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.event import Event

OBJECTION_UPHELD = "OBJECTION_UPHELD"
"""The reason by which a rejection says that an objection was upheld."""


@dataclass(frozen=True, kw_only=True)
class ObjectionNoted(Event, topic="case:objection-noted:1", chinese="异议记入"):
    """An objection was raised while the case was public; the case can't go on meanwhile."""

    objection: str
    posting: str


@dataclass(frozen=True, kw_only=True)
class ObjectionEnded(Event, topic="case:objection-ended:1", chinese="异议办结"):
    """An objection was settled; ``ending`` is not_admitted, withdrawn, dismissed or upheld.

    ``disposition`` is what an upheld one brings: return, reject or investigate.
    """

    objection: str
    ending: str
    disposition: str | None
