"""A whole file, looked into: what it is, or why it is not taken."""

from __future__ import annotations

from functools import partial

from api.media import compound
from api.media.kinds import COMPOUND, HEAD, PDF, ZIP, MediaRefusedError, is_program, kind_of
from api.media.packed import look_at_packed
from api.media.pdf import look_at_pdf
from api.media.pictures import look_at_picture

_DEEPEST = 3
"""Documents within documents: a table in a text that is attached to a PDF."""


def look(octets: bytes) -> str:
    """The media type of a file. Raises ``MediaRefusedError``."""
    kind = kind_of(octets[:HEAD])
    if kind is None:
        raise MediaRefusedError("MEDIA_TYPE")
    if kind == COMPOUND:
        raise compound.refuse(octets)
    if kind == ZIP:
        kind = look_at_packed(octets, partial(_look_within, 1))
        if kind is None:
            raise MediaRefusedError("MEDIA_TYPE")
    elif kind == PDF:
        look_at_pdf(octets, partial(_look_within, 1))
    else:
        look_at_picture(octets, kind)
    return kind


def _look_within(depth: int, octets: bytes) -> None:
    """Look at what a document holds; what is only shown, a picture say, is its reader's.

    Raises ``MediaRefusedError``.
    """
    if is_program(octets):
        raise MediaRefusedError("MEDIA_ACTIVE")
    kind = kind_of(octets[:HEAD])
    if kind == COMPOUND:
        compound.look_at_object(octets)
    if kind not in (ZIP, PDF):
        return
    if depth == _DEEPEST:
        raise MediaRefusedError("MEDIA_BOMB")
    try:
        if kind == ZIP:
            look_at_packed(octets, partial(_look_within, depth + 1))
        else:
            look_at_pdf(octets, partial(_look_within, depth + 1))
    except MediaRefusedError as error:
        # said of the file that came, not of what is in it
        within = {"MEDIA_TYPE": "MEDIA_POLYGLOT", "MEDIA_TRUNCATED": "MEDIA_POLYGLOT"}
        raise MediaRefusedError(within.get(error.reason, error.reason)) from error
