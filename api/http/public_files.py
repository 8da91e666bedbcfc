"""Files of the public: uploaded first, then handed in with an objection or a complaint.

Whoever uploads shows nothing of who they are; the answer names the file once, to them alone.
The title of a file is somebody's words, so it travels in a body and never in an address.
"""

from __future__ import annotations

import hmac
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Response, request
from marshmallow import fields
from marshmallow.validate import Length

from api.acts.handed_in import File
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http.uploads import content, pieces, store, takes_file
from api.identifiers import new_id, untimed_stream
from api.keys import keyed_digest
from api.problems import Problem
from api.services import services
from audit.record import AcknowledgementLostError
from domain.objection.files import MOST_FILES
from domain.objection.kept import FileHandedIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from audit.record import History

blueprint = Blueprint(
    "public-files", prefix="/v1/public-files", description="佐证材料 / files of the public"
)


class HandedInFileBody(Body):
    """A file that was uploaded before, and what its sender calls it."""

    upload = Text(longest=200)
    title = Text(load_default=None, longest=200)


def files_field() -> fields.Field[list[Any]]:
    """The files that are handed in with something."""
    return fields.List(
        fields.Nested(HandedInFileBody), load_default=list, validate=Length(0, MOST_FILES)
    )


@takes_file(blueprint, "")
@blueprint.admits(Admission.PUBLIC)
def upload() -> dict[str, Any]:
    """Upload a file as the body, of any content type, to hand it in within an hour."""
    now = services().clock.now()
    services().sign_in.throttle.count_upload(request.remote_addr or "", now)
    file = untimed_stream("material")
    services().public_uploads.begin(file, now)
    stored = store(file, pieces(), services().settings.public_attachment_bytes, now)
    services().public_uploads.finish(file, stored.size)
    return {
        "upload": f"{file}.{_token(services().keys.newest('upload'), file)}",
        "size": stored.size,
        "media_type": stored.media_type,
        "digest": stored.digest.hex(),
    }


@contextmanager
def handing_in(named: list[dict[str, Any]], now: datetime) -> Iterator[tuple[File, ...]]:
    """These uploads, for one request alone; given back where it certainly handed nothing in.

    If we die within, the files are discarded like any that nobody handed in.
    Raises the problem ``UPLOAD_UNKNOWN``.
    """
    files = tuple(_file(each) for each in named)
    if not files:
        yield ()
        return
    claim = new_id(now)
    services().public_uploads.claim([each.file for each in files], claim, now)
    try:
        yield files
    except AcknowledgementLostError:
        raise  # they may be handed in, and are handed in once
    except BaseException:
        services().public_uploads.release(claim)
        raise


def handed_in(history: History, file: str) -> Response:
    """The content of a file that came with an objection or a complaint.

    Raises the problem ``NOT_FOUND`` or ``MATERIAL_ERASED``.
    """
    for event in history.events:
        if isinstance(event, FileHandedIn) and event.file == file:
            return content(file, event.media_type)
    raise Problem("NOT_FOUND")


def _file(named: dict[str, Any]) -> File:
    file, _, token = named["upload"].partition(".")
    keys = services().keys.accepted("upload")
    known = any(hmac.compare_digest(token.encode(), _token(key, file).encode()) for key in keys)
    stored = services().record.attachments.find(file) if known else None
    if stored is None:
        raise Problem("UPLOAD_UNKNOWN")
    return File(
        file=file,
        title=named["title"],
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest.hex(),
    )


def _token(key: bytes, file: str) -> str:
    """What shows that a file was uploaded here by somebody from the public."""
    return keyed_digest(key, "public", file).hex()[:32]
