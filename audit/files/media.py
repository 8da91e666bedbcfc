"""What an attached file is, told from its content alone; its name and declared type say nothing.

Only documents and pictures are taken: PDF, OFD, DOCX, XLSX, JPEG, PNG, TIFF. So programs and
scripts are refused without a list of them, and so is a picture that is also a ZIP (a polyglot).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

HEAD = 16
TAIL = 1 << 20
"""Octets of the end that are kept: a ZIP lists there what it holds."""
LARGEST_UNPACKED = 512 << 20
MOST_ENTRIES = 10_000

_ZIP = b"PK\x03\x04"
_END_OF_ZIP = b"PK\x05\x06"
_MAGIC = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_PARTS = {
    "OFD.xml": "application/ofd",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ENDS = {
    "application/pdf": re.compile(rb"%%EOF\s*\0*\Z"),
    "image/jpeg": re.compile(rb"\xff\xd9"),
    "image/png": re.compile(rb"IEND\xaeB`\x82\Z"),
}
_ACTIVE = re.compile(
    r"(vbaProject\.bin|\.(exe|dll|com|scr|bat|cmd|ps1|js|vbs|jar|class|sh|py))\Z", re.IGNORECASE
)


class MediaRefusedError(ValueError):
    """The file is none that may be attached; ``reason`` is a stable code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sniffer:
    """Looks at a file as it passes, and keeps only its first and last octets."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._size = 0

    def see(self, octets: bytes) -> None:
        """The next octets; raises ``MediaRefusedError`` as soon as the beginning is no document."""
        if len(self._head) < HEAD:
            self._head = (self._head + octets)[:HEAD]
            if len(self._head) == HEAD and _beginning(self._head) is None:
                raise MediaRefusedError("MEDIA_TYPE")
        self._tail = (self._tail + octets)[-TAIL:]
        self._size += len(octets)

    def media_type(self) -> str:
        """The media type of the whole file; raises ``MediaRefusedError``."""
        media_type = _beginning(self._head)
        if media_type is None:
            raise MediaRefusedError("MEDIA_TYPE")
        if media_type == "application/zip":
            return self._packed_type()
        if media_type in _ENDS and not _ENDS[media_type].search(self._tail):
            raise MediaRefusedError("MEDIA_TRUNCATED")
        if _END_OF_ZIP in self._tail[-(1 << 17) :]:
            raise MediaRefusedError("MEDIA_POLYGLOT")
        return media_type

    def _packed_type(self) -> str:
        """What a ZIP is by the parts that it lists; nothing is unpacked."""
        try:
            with zipfile.ZipFile(BytesIO(self._tail)) as packed:
                entries = packed.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise MediaRefusedError("MEDIA_TRUNCATED") from error
        # Offsets count from the kept end; the first entry is the file's very beginning, and
        # nothing stands behind the 22 octets of the end record.
        begins = min((entry.header_offset for entry in entries), default=None)
        if begins != len(self._tail) - self._size or not self._tail[-22:].startswith(_END_OF_ZIP):
            raise MediaRefusedError("MEDIA_POLYGLOT")
        if any(entry.flag_bits & 1 for entry in entries):
            raise MediaRefusedError("MEDIA_ENCRYPTED")
        if any(_ACTIVE.search(entry.filename) for entry in entries):
            raise MediaRefusedError("MEDIA_ACTIVE")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
            raise MediaRefusedError("MEDIA_BOMB")
        for part, media_type in _PARTS.items():
            if any(entry.filename == part for entry in entries):
                return media_type
        raise MediaRefusedError("MEDIA_TYPE")


def _beginning(head: bytes) -> str | None:
    if head.startswith(_ZIP):
        return "application/zip"
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
