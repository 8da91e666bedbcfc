"""What happens to a text of law. The law of compatibility stands in ``domain.event``.

An edition is proposed by one official and confirmed by another, in a stream of its own; what
holds thereby stands in the one stream ``IN_FORCE``, on which every filing rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.event import Event

IN_FORCE = "policy-in-force"
"""The stream that tells which texts are law, and where."""


class EditionKind(StrEnum):
    """What a text is."""

    DEFAULT = "default"
    """The national default, beneath every pack."""
    PACK = "pack"
    """The pack of a notice."""
    OVERLAY = "overlay"
    """What lies over a pack, in its own area alone."""
    CALENDAR = "calendar"
    """The working days of a year."""


class Step(StrEnum):
    """What two officials bring about with an edition."""

    PUT_IN_FORCE = "put_in_force"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition of a text of law.

    ``law`` is the pack's id, or the year of a calendar; ``number`` that of the edition.
    ``jurisdiction`` is the area for which it is law, empty for the whole record; ``extends`` the
    pack over which an overlay lies. ``documents`` are the digests of its texts, the lowest first,
    ``digest`` is that of all of them.
    """

    kind: EditionKind
    law: str
    number: int
    title: str
    jurisdiction: str
    procedure: str
    extends: str | None
    documents: tuple[str, ...]
    digest: str
    supplements: int | None = None


@dataclass(frozen=True, kw_only=True)
class EditionProposed(Event, topic="edition:proposed:1", chinese="提请施行政策"):
    """An official proposed to put an edition in force from a day on (提请施行).

    ``rules`` are those of its own texts, each of which the other official confirms.
    ``reason`` says why it takes the place of an earlier edition, where there is one.
    """

    organisation: str
    edition: Edition
    rules: tuple[str, ...]
    starts_on: date
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class NoticeAttached(Event, topic="edition:notice-attached:1", chinese="附上通知原件"):
    """The notice itself was attached to what was proposed, in the place of one attached before.

    ``number`` is that of the document (文号), None where it bears none; ``source`` says where it
    was published or from where it came. ``digest`` is the SHA-256 of the sealed bytes in hex.
    """

    file: str
    media_type: str
    size: int
    digest: str
    number: str | None
    source: str


@dataclass(frozen=True, kw_only=True)
class EditionStepProposed(Event, topic="edition:step-proposed:1", chinese="提请变更政策施行"):
    """An official proposed to withdraw it, to suspend filings under it, or to resume them."""

    organisation: str
    step: Step
    reason: str


@dataclass(frozen=True, kw_only=True)
class EditionConfirmed(Event, topic="edition:confirmed:1", chinese="确认政策施行"):
    """Another official confirmed that the edition is put in force (确认施行).

    ``digest`` is that of the texts that they saw, ``rules`` those that they confirmed one by one,
    ``notice`` the digest of the notice beside which they read them; None where there was none.
    """

    organisation: str
    digest: str
    rules: tuple[str, ...]
    notice: str | None = None


@dataclass(frozen=True, kw_only=True)
class EditionStepConfirmed(Event, topic="edition:step-confirmed:1", chinese="确认变更政策施行"):
    """Another official confirmed what was proposed for an edition that was put in force (确认)."""

    organisation: str
    step: Step


@dataclass(frozen=True, kw_only=True)
class EditionDeclined(Event, topic="edition:declined:1", chinese="不予施行政策"):
    """The step that was proposed is not taken (不予施行)."""

    organisation: str
    step: Step


@dataclass(frozen=True, kw_only=True)
class LawPutInForce(Event, topic="policy:put-in-force:1", chinese="政策施行"):
    """An edition is law in its jurisdiction from a day on (施行)."""

    proposal: str
    edition: Edition
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class LawWithdrawn(Event, topic="policy:withdrawn:1", chinese="撤回政策"):
    """An edition that had bound nobody yet does not become law (撤回)."""

    proposal: str


@dataclass(frozen=True, kw_only=True)
class FilingsSuspended(Event, topic="policy:filings-suspended:1", chinese="暂停受理"):
    """No filings are taken under an edition for the time being, for a public reason (暂停受理)."""

    proposal: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FilingsResumed(Event, topic="policy:filings-resumed:1", chinese="恢复受理"):
    """Filings under an edition are taken again (恢复受理)."""

    proposal: str
