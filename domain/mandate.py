"""A mandate (审计通知书、调取函): the document under which a body of watchers looks.

One of its people proposes it with the document, another approves it; from then on, to its last
day, whoever of them looks may name it instead of a reason, and what is read in bulk needs one.
The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.refusals.two_persons import not_its_proposer, two_officers
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.event import Told


class MandateKind(StrEnum):
    """Which document it is."""

    AUDIT_NOTICE = "audit_notice"
    RETRIEVAL_LETTER = "retrieval_letter"


@dataclass(frozen=True, kw_only=True)
class MandateScope:
    """What a mandate is about: whatever concerns one of these.

    An organisation stands for those beneath it; an area is a path as in ``domain.area``.
    """

    organisations: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it names nothing."""
        return not (self.organisations or self.areas or self.cases or self.persons)


@dataclass(frozen=True, kw_only=True)
class MandateProposed(Event, topic="mandate:proposed:1", chinese="拟登记审计通知书／调取函"):
    """Somebody of a body of watchers proposed a mandate, by its document (文号).

    ``last_day`` is the last day in Beijing on which it is good.
    """

    organisation: str
    kind: MandateKind
    document: str
    scope: MandateScope
    last_day: date


@dataclass(frozen=True, kw_only=True)
class MandateDocumentAttached(
    Event, topic="mandate:document-attached:1", chinese="附上审计通知书／调取函"
):
    """The document itself was attached; ``digest`` is the SHA-256 of the sealed bytes in hex."""

    file: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class MandateApproved(Event, topic="mandate:approved:1", chinese="登记审计通知书／调取函"):
    """Another person of the same body approved it, and it is in force."""


@dataclass(frozen=True, kw_only=True)
class MandateDeclined(Event, topic="mandate:declined:1", chinese="不予登记审计通知书／调取函"):
    """Another person of the same body declined it."""


MandateEvent = MandateProposed | MandateDocumentAttached | MandateApproved | MandateDeclined


@dataclass(frozen=True)
class Mandate:
    """A mandate; ``approved`` is None until it has been decided."""

    mandate: str
    organisation: str
    kind: MandateKind
    document: str
    scope: MandateScope
    last_day: date
    proposer: str
    file: MandateDocumentAttached | None = None
    approved: bool | None = None


def propose(
    command: MandateProposed, today: date, beyond: Collection[str]
) -> tuple[MandateProposed, ...]:
    """Put a mandate to the others; ``beyond`` is what of its scope they don't watch over."""
    refused = _out_of_reach(beyond)
    if command.scope.empty:
        refused.append(
            Refusal(
                "MANDATE_WITHOUT_SCOPE",
                "须写明查阅范围：至少一个单位、地区、申报件或者人员。",
                "A mandate names its scope: at least one organisation, area, case or person.",
                pointer="/scope",
            )
        )
    if command.last_day < today:
        refused.append(_expired(command.document, command.last_day, "/last_day"))
    if refused:
        raise Refused(*refused)
    return (command,)


def attach(
    mandate: Mandate, command: MandateDocumentAttached, *, proposed_it: bool
) -> tuple[MandateDocumentAttached, ...]:
    """Attach the document, as who proposed the mandate, while nobody has decided on it."""
    refused = [] if mandate.approved is None else [_settled()]
    if not proposed_it:
        refused.append(not_its_proposer())
    if refused:
        raise Refused(*refused)
    return (command,)


def decide(
    mandate: Mandate,
    today: date,
    beyond: Collection[str],
    *,
    approved: bool,
    proposed_it: bool,
) -> tuple[MandateApproved | MandateDeclined, ...]:
    """Approve it or decline it, as another person of the same body."""
    refused = [] if mandate.approved is None else [_settled()]
    if proposed_it:
        refused.append(two_officers())
    if approved:
        refused += _out_of_reach(beyond)
        if mandate.file is None:
            refused.append(
                Refusal(
                    "MANDATE_WITHOUT_DOCUMENT",
                    "尚未附上审计通知书或者调取函原件，不能登记。",
                    "The document itself has not been attached yet.",
                    pointer="/approved",
                )
            )
        if mandate.last_day < today:
            refused.append(_expired(mandate.document, mandate.last_day, "/approved"))
    if refused:
        raise Refused(*refused)
    return (MandateApproved() if approved else MandateDeclined(),)


def rely_on(mandate: Mandate | None, today: date, *, covers: bool) -> Mandate:
    """Let somebody look under a mandate of their body; ``covers`` says whether it is about that.

    Raises ``Refused`` where there is none, where it is over, or where it is about something else.
    """
    if mandate is None or not mandate.approved:
        raise Refused(
            Refusal(
                "NO_SUCH_MANDATE",
                "本单位没有已登记生效的该授权，请先登记文书、范围和有效期，并由另一人确认。",
                "Your organisation has no such mandate in force; let one of you propose it with"
                " its document, scope and last day, and another approve it.",
            )
        )
    refused = []
    if mandate.last_day < today:
        refused.append(_expired(mandate.document, mandate.last_day, ""))
    if not covers:
        refused.append(
            Refusal(
                "MANDATE_ELSEWHERE",
                f"授权（{mandate.document}）的范围不包括所查询的内容。",
                f"The mandate {mandate.document} is about something else.",
            )
        )
    if refused:
        raise Refused(*refused)
    return mandate


def _settled() -> Refusal:
    return Refusal(
        "MANDATE_DECIDED",
        "该授权已经决定，不能再作变更。",
        "The mandate has been decided on already.",
    )


def _out_of_reach(beyond: Collection[str]) -> list[Refusal]:
    if not beyond:
        return []
    named = "、".join(sorted(beyond))
    return [
        Refusal(
            "MANDATE_BEYOND",
            f"以下内容不存在，或不在本单位的监督范围内：{named}。",
            f"There is no such thing, or your organisation does not watch over it: {named}.",
            pointer="/scope",
        )
    ]


def _expired(document: str, last_day: date, pointer: str) -> Refusal:
    return Refusal(
        "MANDATE_EXPIRED",
        f"授权（{document}）的有效期至 {last_day} 24 时止，已过期。",
        f"The mandate {document} was good until the end of {last_day}.",
        pointer=pointer,
    )


def evolve(state: Mandate | None, event: MandateEvent, told: Told) -> Mandate:
    """The mandate after an event of its stream. Never refuses."""
    if isinstance(event, MandateProposed):
        return Mandate(
            mandate=told.stream,
            organisation=event.organisation,
            kind=event.kind,
            document=event.document,
            scope=event.scope,
            last_day=event.last_day,
            proposer=getattr(told.actor, "person", ""),
        )
    assert state is not None
    match event:
        case MandateDocumentAttached():
            return replace(state, file=event)
        case MandateApproved():
            return replace(state, approved=True)
        case MandateDeclined():
            return replace(state, approved=False)
        case _:
            assert_never(event)
