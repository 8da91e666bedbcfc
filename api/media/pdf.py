"""PDF, opened as a reader opens it: with what stands before and behind, and mended where it must.

A password that only forbids printing or copying opens for everybody, so such a file is taken.
What acts by itself (ISO 32000-1, 12.6.4: scripts, programs; 12.7.8: XFA) is refused; files that
are attached to it are looked into as if they had been uploaded.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from api.media.kinds import MediaRefusedError, is_also_archive, is_stranger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ACTS = ("/JavaScript", "/Launch", "/ImportData", "/Rendition")
_ACTIVE = ("/JS", "/XFA", "/RichMediaContent")


def look_at_pdf(octets: bytes, look_within: Callable[[bytes], None]) -> None:
    """Open it and go through its objects; ``look_within`` looks at each attached file.

    Raises ``MediaRefusedError``.
    """
    end = octets.rfind(b"%%EOF")
    if end < octets.rfind(b"endobj"):
        raise MediaRefusedError("MEDIA_TRUNCATED")
    around = (octets[: octets.index(b"%PDF-")], octets[end + 5 :])
    if any(map(is_stranger, around)) or is_also_archive(octets):
        raise MediaRefusedError("MEDIA_POLYGLOT")
    try:
        with pikepdf.open(BytesIO(octets), suppress_warnings=True) as pdf:
            if len(pdf.pages) == 0:
                raise MediaRefusedError("MEDIA_TRUNCATED")
            for each in pdf.objects:
                _look_at(each, look_within)
    except pikepdf.PasswordError as error:
        raise MediaRefusedError("MEDIA_ENCRYPTED") from error
    except pikepdf.PdfError as error:
        raise MediaRefusedError("MEDIA_TRUNCATED") from error


def _look_at(thing: object, look_within: Callable[[bytes], None]) -> None:
    for each in _dictionaries(thing):
        if str(each.get("/S", "")) in _ACTS or any(key in each for key in _ACTIVE):
            raise MediaRefusedError("MEDIA_ACTIVE")
        if isinstance(files := each.get("/EF"), pikepdf.Dictionary):
            for file in files.values():
                look_within(file.read_bytes())


def _dictionaries(thing: object) -> Iterator[pikepdf.Object]:
    """All dictionaries of an object, but not what it refers to: that comes by itself."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        within: list[object] = []
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            within += [one[key] for key in one.keys()]  # noqa: SIM118 # no mapping of Python's
        elif isinstance(one, pikepdf.Array):
            within += list(one)
        waiting += [
            each for each in within if isinstance(each, pikepdf.Object) and not each.is_indirect
        ]
