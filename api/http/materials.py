"""Files of a case: uploaded as raw bytes, attached with what they are evidence of, read back.

The title of a file is somebody's words, so it travels in a body and never in an address.
An upload that is never attached is no fact of the record, and discarded after a week.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts import case
from api.acts.case_reading import read_case
from api.acts.desk import known
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.conventions.vocabulary import Word
from api.http.acting import Answered, AppendedSchema, acting, posts, takes
from api.http.consultations import ConsultationHeader
from api.http.labels_of_laws import materials
from api.http.uploads import attach as attach_file
from api.http.uploads import content, file_of, gives_file, pieces, takes_file, uploaded
from api.http.word_fields import listed_words, word
from api.problems import Problem
from api.services import services
from api.tables.fingerprints import Passing
from domain.case.draft import AttachMaterial
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from flask import Response


blueprint = Blueprint("materials", prefix="/v1/cases", description="材料 / files of a case")


class MaterialBody(Body):
    """A file that was uploaded, and what it is evidence of."""

    upload = word()
    kind = Word(materials)
    column = Text(load_default=None, longest=60)
    supports = listed_words()
    title = Text(longest=200)


class AttachedSchema(AppendedSchema):
    """The material that a file became."""

    material = fields.String()


_MAY = partial(case.may, case.ATTACH)


@takes_file(blueprint, "/<case_id>/uploads", case.ATTACH)
def upload(case_id: str) -> dict[str, Any]:
    """Upload a file as the body, of any content type; PDF, OFD, DOCX, XLSX, JPEG, PNG or TIFF."""
    who = acting()
    applicant = _MAY(services().office, who, case_id).applicant
    passing = Passing(pieces())
    stored = uploaded(case_id, who, passing, applicant)
    material = file_of(stored["upload"])
    services().fingerprints.keep(material, case_id, passing.digest, who.at)
    return stored


@takes(
    blueprint,
    "/<case_id>/materials",
    case.ATTACH,
    MaterialBody,
    answers=AttachedSchema,
)
def attach(body: dict[str, Any], case_id: str) -> Answered:
    """Attach an uploaded file in support of named claims."""
    material = file_of(body["upload"])

    def command(file: dict[str, Any]) -> AttachMaterial:
        return AttachMaterial(
            material=file.pop("file"),
            kind=body["kind"],
            column=body["column"],
            supports=body["supports"],
            title=Personal(body["title"], material, Purpose.MATERIAL),
            **file,
        )

    shown = {"material": material}
    return attach_file(case.ATTACH, case_id, body["upload"], _MAY, command, read_case, **shown)


posts(blueprint, read_case)("/<case_id>/materials/<material>/withdrawals", case.DETACH)


@blueprint.get("/<case_id>/materials/<material>/content")
@blueprint.arguments(ConsultationHeader, location="headers")
@gives_file(blueprint)
def read_content(header: dict[str, str], case_id: str, material: str) -> Response:
    """Read the content of a file, in its own media type, as one who deals with the case.

    A watcher names the consultation by which they do.
    """
    seen = read_case(
        services().office, acting(), case_id, Act.READ_MATERIAL, consultation=header["consultation"]
    )
    named = (each for each in seen.case.materials if each.material == material)
    attached = known(next(named, None))
    if material in seen.case.withheld:
        raise Problem("MATERIAL_WITHHELD")
    return content(material, attached.media_type)
