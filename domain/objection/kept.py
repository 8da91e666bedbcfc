"""What is kept of what somebody handed in: the files with it, and whether its words were erased.

These facts stand in the streams of objections and of complaints alike.
The words, the name and the contact are sealed under the stream's own key, each file under a key
of its own; one order destroys them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from domain.event import Event
from domain.growing import Ledger
from domain.objection.events import (
    ComplaintClosed,
    ComplaintTakenUp,
    ObjectionDismissed,
    ObjectionNotAdmitted,
    ObjectionUpheld,
    ObjectionWithdrawn,
)
from domain.personal import Personal, Purpose
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.event import Told


@dataclass(frozen=True, kw_only=True)
class FileHandedIn(Event, topic="handed-in:file-received:1", chinese="收到佐证材料"):
    """A file came in with an objection or a complaint, or after it by its receipt.

    ``digest`` is the SHA-256, in hex, of the sealed bytes, ``size`` octets of the file.
    """

    file: str
    title: Personal | None
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class WordsErasureAsked(Event, topic="handed-in:erasure-asked:1", chinese="申请删除所述信息"):
    """Whoever handed it in, and holds the receipt, asked for their words to be erased."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class WordsErasureProposed(Event, topic="handed-in:erasure-proposed:1", chinese="提出删除所述信息"):
    """The first officer proposed to erase the words, on a legal basis."""

    organisation: str
    basis: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class WordsErased(Event, topic="handed-in:erased:1", chinese="所述信息已依法删除"):
    """The second officer ordered it: the keys of these ids are destroyed by this event.

    Recorded again, by Mingjian itself, in a record restored from before the order.
    """

    organisation: str
    decision: str
    basis: str
    keys: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WordsErasureCompleted(Event, topic="handed-in:erasure-completed:1", chinese="删除完成"):
    """The epochs of the key file that wrapped the keys are gone: no copy opens any more."""

    epochs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class UploadsDiscarded(Event, topic="upload:discarded:1", chinese="清除未提交的上传文件"):
    """Files were uploaded and never handed in nor attached: their keys are destroyed by this."""

    keys: tuple[str, ...]


_ENDINGS = (
    ObjectionNotAdmitted,
    ObjectionUpheld,
    ObjectionDismissed,
    ObjectionWithdrawn,
    ComplaintTakenUp,
    ComplaintClosed,
)
KeptEvent = (
    FileHandedIn | WordsErasureAsked | WordsErasureProposed | WordsErased | WordsErasureCompleted
)


@dataclass(frozen=True)
class Proposal:
    """Who proposed to erase the words, at which organisation, on which legal basis."""

    person: str
    organisation: str
    basis: str


@dataclass(frozen=True)
class Kept:
    """What is kept of one objection or complaint; ``ended_at`` (UTC) is when it was over."""

    stream: str
    files: Ledger[int, str] = field(default_factory=Ledger)
    proposal: Proposal | None = None
    erased: bool = False
    completed: bool = False
    ended_at: datetime | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of the keys that seal its words and files."""
        own = f"{self.stream}/{Purpose.OBJECTION.value}/1"
        return (own, *(f"{file}/{Purpose.MATERIAL.value}/1" for file in self.files))


def evolve_kept(state: Kept | None, event: Event, told: Told) -> Kept:
    """What is kept after an event of the stream. Never refuses."""
    known = state or Kept(told.stream)
    if isinstance(event, _ENDINGS):
        return replace(known, ended_at=told.recorded_at)
    match event:
        case FileHandedIn():
            return replace(known, files=known.files.added(event.file))
        case WordsErasureProposed():
            person = getattr(told.actor, "person", "")
            proposal = Proposal(person, event.organisation, event.basis)
            return replace(known, proposal=proposal)
        case WordsErased():
            return replace(known, erased=True)
        case WordsErasureCompleted():
            return replace(known, completed=True)
        case _:
            return known
