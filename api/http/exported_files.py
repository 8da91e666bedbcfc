"""Files that are taken out: their rows as they all were at one instant, and by which export."""

from __future__ import annotations

import pickle
from base64 import b64encode
from contextvars import ContextVar
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from flask import Response

from api.conventions.idempotency import replayed
from api.problems import Problem
from api.services import services
from audit.files.spool import Spool
from domain.single_events import RecordExported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from api.acts.acting import Answer
    from api.acts.export import Taken
    from projections.listing import Gathered, Listing

Found = TypeVar("Found")

_AT_ONCE = 1_000
READING: ContextVar[Callable[[int], None]] = ContextVar("reading", default=lambda _: None)
"""Who hears how many rows were found at a time, and may end it by raising."""


def pages_of(
    listing: Listing[Found] | Gathered[Found], most: int | None = None
) -> Iterator[list[Found]]:
    """Every row, page by page; ``most`` of them, None where there may be any number.

    They wait in a nameless temporary file, so that no connection is held while a file is made of
    them. Raises the problem ``EXPORT_TOO_LARGE``.
    """
    spool = Spool()
    file = spool.file
    for page in _pages(listing, most):
        pickle.dump(page, file)
    end = file.tell()
    file.seek(0)
    while file.tell() < end:
        yield pickle.load(file)  # noqa: S301 -- what was written above


def _pages(listing: Listing[Found] | Gathered[Found], most: int | None) -> Iterator[list[Found]]:
    count, behind = 0, None
    with services().views.instant() as connection:
        while page := listing.page(connection, behind=behind, limit=_AT_ONCE):
            count += len(page)
            if most is not None and count > most:
                raise Problem("EXPORT_TOO_LARGE")
            READING.get()(len(page))
            yield page
            behind = [getattr(page[-1], name) for name in listing.place]


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
