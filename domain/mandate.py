"""A mandate (审计通知书): the numbered document under which a watcher looks, instead of a reason.

The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.event import Event
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from domain.separation import Humans


@dataclass(frozen=True, kw_only=True)
class MandateRecorded(Event, topic="mandate:recorded:1", chinese="登记审计通知书／调取函"):
    """An auditor or inspector recorded the document (文号) under which they look things up.

    ``persons`` are those whom it is about; none: everybody in the holder's charge.
    ``expires_on`` is the last day in Beijing on which it is good.
    """

    document: str
    persons: tuple[str, ...]
    expires_on: date


def record(mandate: MandateRecorded, today: date) -> tuple[MandateRecorded, ...]:
    """Put a mandate on record. Raises ``Refused`` where it is over already."""
    if mandate.expires_on < today:
        raise Refused(_expired(mandate, "/expires_on"))
    return (mandate,)


def rely_on(
    mandate: MandateRecorded | None, person: str | None, today: date, humans: Humans
) -> None:
    """Let somebody look at a person, or at everybody (None), under a mandate.

    Raises ``Refused`` where there is none, where it is over, or where it is about others.
    """
    if mandate is None:
        raise Refused(
            Refusal(
                "NO_SUCH_MANDATE",
                "您没有登记过该授权，请先登记授权文号、范围和有效期。",
                "You have recorded no such mandate; record its document, scope and term first.",
            )
        )
    refusals = []
    if mandate.expires_on < today:
        refusals.append(_expired(mandate, ""))
    if mandate.persons and (person is None or not humans.among(person, mandate.persons)):
        refusals.append(
            Refusal(
                "MANDATE_ELSEWHERE",
                f"授权（{mandate.document}）的范围不包括所查询的人员。",
                f"The mandate {mandate.document} is about other persons.",
            )
        )
    if refusals:
        raise Refused(*refusals)


def _expired(mandate: MandateRecorded, pointer: str) -> Refusal:
    return Refusal(
        "MANDATE_EXPIRED",
        f"授权（{mandate.document}）的有效期至 {mandate.expires_on} 24 时止，已过期。",
        f"The mandate {mandate.document} was good until the end of {mandate.expires_on}.",
        pointer=pointer,
    )
