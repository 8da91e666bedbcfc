"""Files as raw bodies: stored sealed while they arrive, and read back as they were.

A file is what its content says it is; neither its name nor its declared type is looked at.
"""

from __future__ import annotations

from errno import EDQUOT, ENOSPC
from itertools import chain
from typing import TYPE_CHECKING

from flask import Response, request

from api.problems import Problem, too_large
from api.services import services
from audit.files.attachments import AttachmentErasedError, AttachmentTooLargeError
from audit.files.media import MediaRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from audit.files.attachments import Stored

_PIECE = 1 << 16


def pieces() -> Iterator[bytes]:
    """The body of the present request, piece by piece."""
    while piece := request.stream.read(_PIECE):
        yield piece


def store(file: str, octets: Iterable[bytes], limit: int, at: datetime) -> Stored:
    """Seal a file as it arrives and store it; ``limit`` are the most octets that it may have.

    Raises the problems ``BODY_TOO_LARGE``, ``STORAGE_FULL`` and those of its media type.
    """
    request.max_content_length = limit
    try:
        return services().record.attachments.store(file, octets, limit=limit, at=at)
    except AttachmentTooLargeError as error:
        raise too_large("BODY_TOO_LARGE", limit) from error
    except MediaRefusedError as error:
        raise Problem(error.reason) from error
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT):
            raise
        raise Problem("STORAGE_FULL") from error


def content(file: str, media_type: str) -> Response:
    """A stored file as an answer that no browser will run.

    Raises the problem ``MATERIAL_ERASED``.
    """
    try:
        opened = services().record.attachments.read(file)
        first = next(opened, b"")
    except AttachmentErasedError as error:
        raise Problem("MATERIAL_ERASED") from error
    headers = {
        "Content-Disposition": "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(chain((first,), opened), mimetype=media_type, headers=headers)
