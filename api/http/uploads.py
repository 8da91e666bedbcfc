"""Files that somebody signed in uploads, to be attached afterwards to what they are part of.

An upload is good for who uploaded it and for what it was uploaded for. One that is never attached
is no fact of the record, and is discarded after a week.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from itertools import chain
from mimetypes import guess_extension
from typing import TYPE_CHECKING, Any, ParamSpec

from flask import Response, request
from marshmallow import fields

from api.acts.guard import guard
from api.acts.replay import answered_before
from api.acts.thing import read
from api.conventions.blueprint import FILE
from api.conventions.fields import AnswerSchema
from api.http.act_operations import UPLOADS
from api.http.acting import acting, asking, told
from api.identifiers import new_stream
from api.keys import keyed_digest
from api.media.kinds import KINDS, MediaRefusedError, begun_well
from api.media.looking import media_type
from api.problems import Problem, too_large
from api.services import services
from api.tables.case_uploads import still_good
from audit.files.attachments import AttachmentErasedError, AttachmentTooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from api.access import Act
    from api.acts.acting import Acting
    from api.acts.guard import Row
    from api.acts.thing import Thing
    from api.conventions.blueprint import Blueprint
    from api.http.acting import Answered, Reads
    from api.office import Office
    from audit.files.attachments import Stored


P = ParamSpec("P")

May = Callable[["Office", "Acting", str], object]
"""Raises the problem of whoever may not do something to the thing of that name."""

OCTETS = "application/octet-stream"


class UploadSchema(AnswerSchema):
    """A file that was stored; ``upload`` names it when it is attached."""

    upload = fields.String()
    size = fields.Integer()
    media_type = fields.String()
    digest = fields.String(metadata={"description": "SHA-256 of the sealed bytes, in hex."})


def takes_file(
    blueprint: Blueprint, address: str, row: Row[Any, Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view take a file in, as the body, of whatever content type it is sent as.

    ``row`` is the act that the file is for, whose body names it then.
    """
    if row is not None:
        UPLOADS[row] = f"{blueprint.url_prefix}{address}"

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        body = {"required": True, "content": {OCTETS: {"schema": FILE}}}
        view = blueprint.response(201, UploadSchema)(view)
        view = blueprint.doc(requestBody=body)(view)
        return blueprint.post(address)(blueprint.tells(409, 422)(view))

    return decorate


def gives_file(blueprint: Blueprint) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Say of a view that it answers with a file as it was taken in, in its own media type."""

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        for each in (OCTETS, *KINDS):
            view = blueprint.response(200, content_type=each)(view)
        return view

    return decorate


def may_do(thing: Thing[Any], act: Act) -> May:
    """Whoever may do this act on the thing of that name."""

    def may(office: Office, who: Acting, name: str) -> None:
        read(office, who, thing, name, act)

    return may


def take_in(name: str, may: May, applicant: str | None = None) -> dict[str, Any]:
    """Store the body of the present request for the thing of that name; see ``uploaded``."""
    who = acting()
    may(services().office, who, name)
    return uploaded(name, who, pieces(), applicant)


def uploaded(
    stream: str, who: Acting, octets: Iterable[bytes], applicant: str | None = None
) -> dict[str, Any]:
    """Store a file that is to become part of what a stream tells of, as ``UploadSchema`` says.

    ``applicant`` is whose evidence it is, where it is an applicant's.
    """
    file = new_stream("material", who.at)
    services().case_uploads.begin(file, stream, who.actor.person, who.at, applicant)
    stored = store(file, octets, services().settings.attachment_bytes, who.at)
    services().case_uploads.finish(file, stored.size)
    token = _token(services().keys.newest("upload"), stream, who.actor.account, file)
    return {
        "upload": f"{file}.{token}",
        "size": stored.size,
        "media_type": stored.media_type,
        "digest": stored.digest.hex(),
    }


def file_of(upload: str) -> str:
    """The file that an upload became."""
    return upload.partition(".")[0]


def as_file(upload: str, stored: Stored) -> dict[str, Any]:
    """What acts are told of the file that an upload became."""
    return {
        "file": file_of(upload),
        "media_type": stored.media_type,
        "size": stored.size,
        "digest": stored.digest.hex(),
    }


@contextmanager
def attaching(stream: str, who: Acting, upload: str) -> Iterator[Stored]:
    """What the caller uploaded for this stream, to be attached to it within.

    Raises the problem ``UPLOAD_UNKNOWN``.
    """
    file, _, token = upload.partition(".")
    stored = services().record.attachments.find(file)
    if stored is None or not _uploaded_here(token, stream, who.actor.account, file):
        raise Problem("UPLOAD_UNKNOWN")
    if not still_good(file, who.at):
        raise Problem("UPLOAD_UNKNOWN")
    yield stored
    # Dying before this leaves a row of which the sweeper finds that the file is attached.
    services().case_uploads.attached([file], who.at)


def _uploaded_here(token: str, stream: str, account: str, file: str) -> bool:
    return any(
        hmac.compare_digest(token, _token(key, stream, account, file))
        for key in services().keys.accepted("upload")
    )


def _token(key: bytes, stream: str, account: str, file: str) -> str:
    """What shows that a file was uploaded for this stream by this account."""
    return keyed_digest(key, stream, account, file).hex()[:32]


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
        return services().record.attachments.store(
            file, begun_well(octets), media_type, limit=limit, at=at
        )
    except AttachmentTooLargeError as error:
        raise too_large("BODY_TOO_LARGE", limit) from error
    except MediaRefusedError as error:
        raise Problem(error.reason) from error
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT):
            raise
        raise Problem("STORAGE_FULL") from error


def content(file: str, media_type: str) -> Response:
    """A stored file as an answer that no browser will run, named by its id and what it is.

    Raises the problem ``MATERIAL_ERASED``.
    """
    try:
        opened = services().record.attachments.read(file)
        first = next(opened, b"")
    except AttachmentErasedError as error:
        raise Problem("MATERIAL_ERASED") from error
    headers = {
        "Content-Disposition": f"attachment; filename={file}{guess_extension(media_type) or ''}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(chain((first,), opened), mimetype=media_type, headers=headers)


def attach(
    row: Row[Any, Any],
    name: str,
    upload: str,
    may: May,
    command: Callable[[dict[str, Any]], object],
    reads: Reads,
    **members: Any,  # noqa: ANN401 -- of the answer's body
) -> Answered:
    """Attach an upload to what it was uploaded for, by a command made of the stored file.

    What was answered before is answered again, though the upload is forgotten by then; else
    ``may`` raises the problem of whoever may not do it, before anything is said of the upload.
    """
    who, office = asking(row), services().office
    if (before := answered_before(office.record, who)) is not None:
        return told(before, row, name, reads, **members)
    may(office, who, name)
    with attaching(name, who, upload) as stored:
        answer = guard(office, who, row, name, command=command(as_file(upload, stored)))
    return told(answer, row, name, reads, **members)
