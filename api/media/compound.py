"""Compound files of the older office programs (MS-CFB), known by the names in their directory.

A name stands there in UTF-16, whole and never compressed (MS-CFB, 2.6.1), so it is simply found.
"""

from __future__ import annotations

from api.media.kinds import MediaRefusedError

_ACTIVE = ("\x01Ole10Native", "_VBA_PROJECT")
"""A file of any kind that a click runs (MS-OLEDS, 2.3.6), and macros (MS-OVBA, 2.2.1)."""
_ENCRYPTED = "EncryptedPackage"
"""A DOCX or XLSX with a password (MS-OFFCRYPTO, 2.3.4.4)."""


def look_at_object(octets: bytes) -> None:
    """Look at one that is embedded in a document, a formula say; raises ``MediaRefusedError``."""
    if any(_names(octets, each) for each in _ACTIVE):
        raise MediaRefusedError("MEDIA_ACTIVE")


def refuse(octets: bytes) -> MediaRefusedError:
    """Why a file that is one as a whole is not taken."""
    return MediaRefusedError("MEDIA_ENCRYPTED" if _names(octets, _ENCRYPTED) else "MEDIA_OUTDATED")


def _names(octets: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in octets
