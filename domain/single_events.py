"""One-event streams: facts that concern no single case, person or organisation alone.

The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.case.values import LawReference, Reason
from domain.event import Event
from domain.personal import Personal

if TYPE_CHECKING:
    from domain.policy.law import Law


@dataclass(frozen=True, kw_only=True)
class DemonstrationDeclared(Event, topic="record:demonstration-declared:1", chinese="声明演示"):
    """The record is a demonstration: its clock can be set, nothing in it has legal effect."""

    statement: str


@dataclass(frozen=True, kw_only=True)
class TimeResumed(Event, topic="record:time-resumed:1", chinese="恢复记录时间"):
    """The record's time goes on from the true one, as two persons decided under ``document``.

    ``wrong_from`` is the first position whose time was wrong, up to this event; None where no
    time was wrong and nothing had been recorded for very long.
    """

    document: str
    wrong_from: int | None


@dataclass(frozen=True, kw_only=True)
class KeysRotated(Event, topic="record:keys-rotated:1", chinese="轮换密钥"):
    """Every living key was wrapped, and every document digested, under new epochs.

    ``wrapping`` and ``identity`` are these epochs; the key file has forgotten all before them.
    """

    wrapping: int
    identity: int
    rewrapped: int
    documents: int


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Event, topic="policy:published:1", chinese="政策发布"):
    """A law was made known to the record together with the first event that relies on it.

    Its stream is named by ``digest``, which covers all layers; ``layers`` names each of them, the
    lowest first, with the digest under which its text stands on record.
    """

    pack: str
    number: int
    digest: str
    title: str
    issuer: str
    issued_on: date | None
    layers: tuple[str, ...]


def published(law: Law) -> PolicyPublished:
    """How the record is told of a law."""
    return PolicyPublished(
        pack=law.id,
        number=law.version,
        digest=law.digest,
        title=law.title,
        issuer=law.issuer,
        issued_on=law.issued_on,
        layers=tuple(f"{layer}:{digest}" for layer, digest in law.layers),
    )


@dataclass(frozen=True, kw_only=True)
class FilingRefused(Event, topic="filing:refused:1", chinese="申报被拒"):
    """A filing was refused at the door (申报被拒, A-22): codes and rules, no content."""

    act: str
    case: str | None
    person: str
    employer: str
    law: LawReference
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class SeparationConflictRefused(
    Event, topic="separation:conflict-refused:1", chinese="职责分离校验未通过（已拦截）"
):
    """A check of separation of duties did not pass and the act was stopped (已拦截).

    It is a check, not an accusation: a mis-picked name is no misconduct, and
    ``explanation`` has room to say so.
    """

    act: str
    case: str | None
    stage: str | None
    organisation: str
    seat: str
    person: str
    reasons: tuple[Reason, ...]
    explanation: Personal | None


@dataclass(frozen=True, kw_only=True)
class RecordConsulted(Event, topic="consultation:recorded:1", chinese="查询留痕"):
    """Somebody consulted restricted or personal data for a stated reason (查询留痕).

    ``subject`` is the stream that was looked at, ``extent`` what was shown of it. ``withheld`` says
    that whom it is about is not told of it until it is released (依法不公开): who watched or
    investigated looked.
    """

    subject: str
    extent: str
    mandate: str | None
    reason: Personal
    withheld: bool = True


@dataclass(frozen=True, kw_only=True)
class ConsultationReleased(Event, topic="consultation:released:1", chinese="公开查询留痕"):
    """Whom a consultation was about may know of it from now on (依法不公开终止)."""


@dataclass(frozen=True, kw_only=True)
class RecordExported(Event, topic="export:recorded:1", chinese="导出留痕"):
    """A list was taken out of the system (导出留痕).

    ``digest`` is the SHA-256, in hex, of the file that was handed out, ``mandate`` the one under
    which a watcher did.
    """

    query: str
    count: int
    first_position: int | None
    last_position: int | None
    digest: str
    media_type: str
    mandate: str | None = None
