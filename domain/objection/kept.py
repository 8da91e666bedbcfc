"""What is told of what somebody handed in: the files with it, and whether its words were erased.

These facts stand in the streams of objections, of complaints and of employers' applications alike
(of an application but for its files, which it names itself).
The words, the name and the contact are sealed under the stream's own key, each file under a key
of its own; one order destroys them all. ``domain.objection.keeping`` is what comes of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.event import Event
from domain.personal import Personal


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


KeptEvent = (
    FileHandedIn | WordsErasureAsked | WordsErasureProposed | WordsErased | WordsErasureCompleted
)
