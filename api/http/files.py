"""The answer that is a file: what it holds, and by which export it was taken out."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from flask import Response

from api.conventions.idempotency import replayed
from domain.single_events import RecordExported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.acting import Answer
    from api.acts.export import Taken


def file_response(answer: Answer, taken: Taken, name: str) -> Response:
    """A file for whoever took it out. ``Repr-Digest`` (RFC 9530) is that of the whole of it.

    ``Export`` names the export whose lines these are; ``Export-Again`` the one by which they were
    given once more, where the request was sent again.
    """
    headers = {
        "Content-Disposition": f"attachment; filename={name}",
        "Repr-Digest": f"sha-256=:{b64encode(_digest(taken.pieces())).decode()}:",
        "Export": answer.stream_of(RecordExported.topic),
    }
    if answer.replayed:
        headers |= replayed() | {"Export-Again": answer.seen_by(RecordExported.topic)}
    return Response(taken.pieces(), 201, headers, mimetype=taken.event.media_type)


def _digest(pieces: Iterable[bytes]) -> bytes:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.digest()
