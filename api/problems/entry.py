"""What is the same about every problem of one code."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True)
class Entry:
    """A status and a sentence in each language; ``{words}`` in braces are filled in."""

    status: HTTPStatus
    chinese: str
    english: str
