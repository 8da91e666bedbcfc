"""A text of law as the record keeps it: in parts, in a stream that is named by its digest.

The same words are the same stream, whoever enters them, so that a text is entered once and never
changes. The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.event import Event
from domain.policy.loader import Document, canonical, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PART = 9_000
"""Characters of one part: six bytes each at most as they are stored, so that a leaf has room."""


@dataclass(frozen=True, kw_only=True)
class TextEntered(Event, topic="text:entered:1", chinese="录入政策文本"):
    """A part of a text of law was put on record (录入政策文本).

    ``name`` is how errors call it, ``part`` counts from 1 to ``parts``.
    """

    name: str
    part: int
    parts: int
    words: str


def digest_of_text(text: str) -> str:
    """The digest by which a text is known: its words count, comments and layout do not."""
    return digest_of(canonical(text))


def stream_of_text(digest: str) -> str:
    """The one stream that holds the text of a digest."""
    return f"text-{digest}"


def entered(name: str, words: str) -> tuple[TextEntered, ...]:
    """A text in its parts."""
    starts = range(0, len(words), LONGEST_PART) or range(1)
    return tuple(
        TextEntered(
            name=name,
            part=part,
            parts=len(starts),
            words=words[start : start + LONGEST_PART],
        )
        for part, start in enumerate(starts, start=1)
    )


def document_of(events: Iterable[object]) -> Document | None:
    """The text that a stream holds; None where it holds none, or not all of it."""
    parts = [each for each in events if isinstance(each, TextEntered)]
    if not parts or len(parts) != parts[0].parts:
        return None
    return Document(parts[0].name, "".join(each.words for each in parts))
