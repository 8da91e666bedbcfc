"""What a case knows of objections to it: that there is one and how it ended, not what it says.

The objection itself stands in a stream of its own, see ``domain.objection``.
That a case was returned or rejected because an objection was upheld is a fact of its own, told by
its topic alone: it is an integrity leader's act, and reviews no stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.case.values import ReturnItem
from domain.event import Event
from domain.personal import Personal


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


@dataclass(frozen=True, kw_only=True)
class ReturnedOnObjection(
    Event, topic="case:returned-on-objection:1", chinese="异议成立，退回修改"
):
    """An upheld objection sent the case back to be mended (异议成立，退回修改).

    ``stage`` is where the case was, ``organisation`` whose integrity leader settled it.
    """

    objection: str
    round: int
    stage: str
    organisation: str
    items: tuple[ReturnItem, ...]
    return_to: str
    resume_stage: str
    due_at: datetime
    due_rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RejectedOnObjection(
    Event, topic="case:rejected-on-objection:1", chinese="异议成立，不予通过"
):
    """An upheld objection ended the case (异议成立，不予通过).

    ``stage`` is where the case was, ``organisation`` whose integrity leader settled it.
    """

    objection: str
    round: int
    stage: str
    organisation: str
    notice: str
    rules: tuple[str, ...]
    explanation: Personal
