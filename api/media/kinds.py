"""The kinds of files that are taken, each known by how it begins; and why others are not.

Only documents and pictures are taken: PDF, OFD, DOCX, XLSX, JPEG, PNG, TIFF. So programs and
scripts are refused without a list of them; the lists here are for what is *within* a document.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = 1024
"""Octets among which a PDF begins, for its readers (ISO 32000-1, annex H.3, note 13)."""

PDF = "application/pdf"
OFD = "application/ofd"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
KINDS = (PDF, OFD, DOCX, XLSX, JPEG, PNG, TIFF)
"""All that are taken."""
ZIP = "application/zip"
"""What OFD, DOCX and XLSX are packed in; not taken as such."""
COMPOUND = "application/x-ole-storage"
"""Documents of the older office programs, and newer ones with a password; never taken."""

_BEGINNINGS = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\0": TIFF,
    b"MM\0*": TIFF,
    b"PK\3\4": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": COMPOUND,
}
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",
)
"""Windows, Linux, a script, Java, macOS, a shortcut of Windows."""
_ARCHIVES = (b"PK\3\4", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"MSCF")
_MARKUP = re.compile(rb"<(!doctype\s+html|html|script|\?php|hta:)", re.IGNORECASE)
_BLANK = b"\0\t\n\f\r \xef\xbb\xbf"
_END_OF_ZIP = b"PK\5\6"
_LONGEST_END = 22 + 0xFFFF
"""Octets of the end record of a ZIP with its comment (PKWARE APPNOTE 4.3.16)."""


class MediaRefusedError(ValueError):
    """The file is none that may be attached; ``reason`` is the code of the problem."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(head: bytes) -> str | None:
    """What begins so, by its first octets; a PDF may have some before it."""
    for magic, kind in _BEGINNINGS.items():
        if head.startswith(magic):
            return kind
    return PDF if b"%PDF-" in head[:HEAD] else None


def begun_well(octets: Iterable[bytes]) -> Iterator[bytes]:
    """The same octets; raises ``MediaRefusedError`` as soon as they begin as nothing taken here."""
    head = b""
    for some in octets:
        if len(head) < HEAD:
            head += some[:HEAD]
            if len(head) >= HEAD and kind_of(head) is None:
                raise MediaRefusedError("MEDIA_TYPE")
        yield some


def is_program(octets: bytes) -> bool:
    """Whether something within a document is a program, or a page that runs scripts."""
    start = octets[: 2 * HEAD].lstrip(_BLANK)
    return start.startswith(_PROGRAMS) or bool(_MARKUP.match(start))


def is_stranger(octets: bytes) -> bool:
    """Whether what stands before or behind a document is another file, and no mere padding."""
    start = octets[: 2 * HEAD].lstrip(_BLANK)
    return start.startswith((*_PROGRAMS, *_ARCHIVES)) or bool(_MARKUP.search(octets))


def is_also_archive(octets: bytes) -> bool:
    """Whether what begins as something else is opened as a ZIP, too: its end record is the end."""
    at = octets.rfind(_END_OF_ZIP, max(0, len(octets) - _LONGEST_END))
    while at != -1:
        if ends_with_record(octets, at):
            try:
                with zipfile.ZipFile(BytesIO(octets)) as packed:
                    return bool(packed.infolist())
            except zipfile.BadZipFile:
                return False
        at = octets.rfind(_END_OF_ZIP, max(0, len(octets) - _LONGEST_END), at)
    return False


def ends_with_record(octets: bytes, at: int) -> bool:
    """Whether the end record of a ZIP stands at ``at`` and its comment ends with the file."""
    return at + 22 + int.from_bytes(octets[at + 20 : at + 22], "little") == len(octets)
