"""Files of a case: uploaded as raw bytes, attached with what they are evidence of, read back.

The title of a file is somebody's words, so it travels in a body and never in an address.
An upload that is never attached is no fact of the record, and discarded after a week.
"""

from __future__ import annotations

import hmac
from errno import EDQUOT, ENOSPC
from itertools import chain
from typing import TYPE_CHECKING, Any

from flask import Response, request
from marshmallow import Schema, fields

from api.access import Act
from api.acts import case
from api.acts.case_reading import read_case
from api.acts.guard import answered_before, guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.conventions.vocabulary import Word
from api.http.acting import Answered, AppendedSchema, acting, asking, posts, takes, told
from api.http.disclosing import ConsultationHeader
from api.http.vocabularies import materials
from api.http.words import listed_words, word
from api.identifiers import new_stream
from api.keys import keyed_digest
from api.problems import Problem, too_large
from api.services import services
from api.tables.case_uploads import still_good
from api.tables.fingerprints import Passing
from audit.files.attachments import AttachmentErasedError, AttachmentTooLargeError
from audit.files.media import MediaRefusedError
from domain.case.draft import AttachMaterial
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from audit.files.attachments import Stored

blueprint = Blueprint("materials", prefix="/v1/cases", description="材料 / files of a case")


class MaterialBody(Body):
    """A file that was uploaded, and what it is evidence of."""

    upload = word()
    kind = Word(materials, required=True)
    column = Text(load_default=None, allow_none=True, longest=60)
    supports = listed_words()
    title = Text(required=True, longest=200)


class UploadSchema(Schema):
    """A file that was stored; ``upload`` names it when it is attached."""

    upload = fields.String(required=True)
    size = fields.Integer(required=True)
    media_type = fields.String(required=True)
    digest = fields.String(
        required=True, metadata={"description": "SHA-256 of the sealed bytes, in hex."}
    )


class AttachedSchema(AppendedSchema):
    """The material that a file became."""

    material = fields.String(required=True)


@blueprint.post("/<case_id>/uploads")
@blueprint.response(201, UploadSchema)
def upload(case_id: str) -> dict[str, Any]:
    """Upload a file as the body, of any content type; PDF, OFD, DOCX, XLSX, JPEG, PNG or TIFF."""
    who = acting()
    case.may(services().office, who, case.ATTACH, case_id)
    material = new_stream("material", who.at)
    services().case_uploads.begin(material, case_id, who.at)
    passing = Passing(pieces())
    stored = store(material, passing, services().settings.attachment_bytes, who.at)
    services().fingerprints.keep(material, case_id, passing.digest, who.at)
    newest = services().keys.newest("upload")
    return {
        "upload": f"{material}.{_token(newest, case_id, who.actor.account, material)}",
        "size": stored.size,
        "media_type": stored.media_type,
        "digest": stored.digest.hex(),
    }


@takes(blueprint, "/<case_id>/materials", case.ATTACH, MaterialBody, answers=AttachedSchema)
def attach(body: dict[str, Any], case_id: str) -> Answered:
    """Attach an uploaded file in support of named claims."""
    who, office = asking(case.ATTACH), services().office
    material, _, token = body["upload"].partition(".")
    if (before := answered_before(office.record, who)) is not None:
        return told(before, case.ATTACH, case_id, read_case, material=material)
    case.may(services().office, who, case.ATTACH, case_id)
    stored = services().record.attachments.find(material)
    if stored is None or not _uploaded_here(token, case_id, who.actor.account, material):
        raise Problem("UPLOAD_UNKNOWN")
    if not still_good(material, who.at):
        raise Problem("UPLOAD_UNKNOWN")
    command = AttachMaterial(
        material=material,
        kind=body["kind"],
        column=body["column"],
        supports=body["supports"],
        title=Personal(body["title"], material, Purpose.MATERIAL),
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest.hex(),
    )
    answer = guard(office, who, case.ATTACH, case_id, command=command)
    # Dying before this leaves a row of which the sweeper finds that the file is attached.
    services().case_uploads.forget([material])
    return told(answer, case.ATTACH, case_id, read_case, material=material)


posts(blueprint, read_case)("/<case_id>/materials/<material>/withdrawals", case.DETACH)


@blueprint.get("/<case_id>/materials/<material>/content")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, content_type="application/octet-stream")
def read_content(header: dict[str, str], case_id: str, material: str) -> Response:
    """Read the content of a file, in its own media type, as one who deals with the case.

    A watcher names the consultation by which they do.
    """
    seen = read_case(
        services().office, acting(), case_id, Act.READ_MATERIAL, consultation=header["consultation"]
    )
    known = next((each for each in seen.case.materials if each.material == material), None)
    if known is None:
        raise Problem("NOT_FOUND")
    if material in seen.case.withheld:
        raise Problem("MATERIAL_WITHHELD")
    return content(material, known.media_type)


def _uploaded_here(token: str, case_id: str, account: str, material: str) -> bool:
    return any(
        hmac.compare_digest(token, _token(key, case_id, account, material))
        for key in services().keys.accepted("upload")
    )


def _token(key: bytes, case_id: str, account: str, material: str) -> str:
    """What shows that a file was uploaded for this case by this account."""
    return keyed_digest(key, case_id, account, material).hex()[:32]


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
