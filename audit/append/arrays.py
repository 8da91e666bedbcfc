"""Arrays as PostgreSQL takes them.

Words go in its binary form, where nothing has to be quoted; numbers, instants and truths as text,
which Python writes faster.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from psycopg.pq import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BYTEA, _TEXT = 17, 25
"""Object identifiers of types, the same in every PostgreSQL."""

_NULL = struct.pack("!i", -1)
_length = struct.Struct("!i").pack


class Array(NamedTuple):
    """One argument of a function whose types leave no doubt of its own."""

    form: Format
    said: bytes | None


NONE = Array(Format.TEXT, None)
"""What is said of whatever there is none of, which costs the server less than an empty array."""


def of_octets(items: Sequence[bytes | None]) -> Array:
    """An array of bytea."""
    return _binary(_BYTEA, items)


def of_texts(items: Iterable[str | None]) -> Array:
    """An array of text."""
    return _binary(_TEXT, [None if item is None else item.encode() for item in items])


def of_plain(items: Iterable[object]) -> Array:
    """An array of what is written without a quote: numbers, instants in ISO form, truths."""
    return Array(Format.TEXT, f"{{{','.join(map(str, items))}}}".encode())


def _binary(kind: int, items: Sequence[bytes | None]) -> Array:
    """Dimensions, 1 for nulls, type, length, first index; the items, each behind its length."""
    header = struct.pack("!5i", 1, 1, kind, len(items), 1)
    said = [_NULL if item is None else _length(len(item)) + item for item in items]
    return Array(Format.BINARY, header + b"".join(said))
