"""The rows of a file in PostgreSQL's binary COPY format, without a PostgreSQL.

Layout: an 11-octet signature, flags and the length of an extension (int32 each), the extension;
then for each row the number of its fields (int16, -1 behind the last row), and for each field its
length (int32, -1 for NULL) and its octets.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SIGNATURE = b"PGCOPY\n\xff\r\n\0"


class CutShortError(Exception):
    """The file ends before its last row, or is no such file."""


def rows_of(file: Path) -> Iterator[tuple[bytes | None, ...]]:
    """The rows in order, each with its fields as they are sent; raises ``CutShortError``."""
    with file.open("rb") as opened:
        if _read(opened, len(_SIGNATURE)) != _SIGNATURE:
            msg = f"{file} is not in PostgreSQL's binary COPY format"
            raise CutShortError(msg)
        _, extension = struct.unpack("!ii", _read(opened, 8))
        _read(opened, extension)
        while (fields := struct.unpack("!h", _read(opened, 2))[0]) >= 0:
            yield tuple(_field(opened) for _ in range(fields))


def _field(opened: BinaryIO) -> bytes | None:
    (length,) = struct.unpack("!i", _read(opened, 4))
    return None if length < 0 else _read(opened, length)


def _read(opened: BinaryIO, length: int) -> bytes:
    octets = opened.read(length)
    if len(octets) != length:
        msg = f"{opened.name} ends before its last row"
        raise CutShortError(msg)
    return octets
