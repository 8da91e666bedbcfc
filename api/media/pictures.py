"""Pictures, looked into by decoding them: what was cut off or damaged does not decode.

What stands behind a picture's end is left alone where it is padding, a thumbnail or a film, as
telephones write it, and refused where it is a page, an archive or a program.
"""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image, ImageSequence

from api.media.kinds import JPEG, PNG, TIFF, MediaRefusedError, is_also_archive, is_stranger

MOST_PIXELS = 150_000_000
"""Of one page: A0 at 300 dots an inch."""
_FORMATS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), TIFF: ("TIFF",)}
_END, _SCAN, _FILL = b"\xff\xd9", b"\xff\xda", b"\xff\xff"
_ALONE = frozenset(bytes((0xFF, each)) for each in (0x01, *range(0xD0, 0xD9)))
"""Markers without a length (ITU-T T.81, B.1.1.3)."""
_NEXT = re.compile(rb"\xff[^\0\xd0-\xd7\xff]")
"""The marker behind a scan, in which 0xFF is stuffed with 0 or restarts it (B.1.1.5)."""

Image.MAX_IMAGE_PIXELS = None  # asked below, page by page, of what is then decoded


def look_at_picture(octets: bytes, kind: str) -> None:
    """Decode every page; raises ``MediaRefusedError``."""
    if is_also_archive(octets) or b"%PDF-" in octets[:1024]:
        raise MediaRefusedError("MEDIA_POLYGLOT")
    if kind in _ENDS and is_stranger(octets[_ENDS[kind](octets) :]):
        raise MediaRefusedError("MEDIA_POLYGLOT")
    try:
        with Image.open(BytesIO(octets), formats=_FORMATS[kind]) as picture:
            for page in ImageSequence.Iterator(picture):
                if page.width * page.height > MOST_PIXELS:
                    raise MediaRefusedError("MEDIA_BOMB")
                page.draft(None, (1, 1))  # a JPEG is read whole, and drawn at an eighth
                page.load()
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, MediaRefusedError):
            raise
        raise MediaRefusedError("MEDIA_TRUNCATED") from error


def _end_of_jpeg(octets: bytes) -> int:
    """Where the picture ends, by its markers (ITU-T T.81, B.1.1.2 to B.1.1.4)."""
    at = 2
    while (marker := octets[at : at + 2]).startswith(b"\xff"):
        if marker == _END:
            return at + 2
        if marker == _FILL:
            at += 1
        elif marker in _ALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(octets[at + 2 : at + 4])
        if marker == _SCAN:
            found = _NEXT.search(octets, at)
            at = found.start() if found else len(octets)
    raise MediaRefusedError("MEDIA_TRUNCATED")


def _end_of_png(octets: bytes) -> int:
    """Where the last chunk ends (PNG, third edition, 5.3): length, name, data, checksum."""
    at = 8
    while at + 12 <= len(octets):
        name = octets[at + 4 : at + 8]
        at += 12 + int.from_bytes(octets[at : at + 4])
        if name == b"IEND":
            return at
    raise MediaRefusedError("MEDIA_TRUNCATED")


_ENDS = {JPEG: _end_of_jpeg, PNG: _end_of_png}
"""A TIFF has no end of its own: whatever it points to may stand anywhere."""
