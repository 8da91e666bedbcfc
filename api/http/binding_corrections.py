"""Documents bound to the wrong person: ``/v1/binding-corrections``, by two officers."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from api.application.rebinding import Misbound
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.versions import etag
from api.http.accounts import DocumentBody
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding
from api.http.showing import masked_number, words
from api.http.words import optional_stream
from api.services import services

blueprint = Blueprint(
    "binding-corrections",
    prefix="/v1/binding-corrections",
    description="证件绑定更正 / documents bound to the wrong person",
)


class CorrectionBody(Body):
    """Which document, whose it is, and on what evidence.

    Either a person whom the record knows, or the name of somebody whom it does not.
    """

    document = fields.Nested(DocumentBody, required=True)
    person = optional_stream("person")
    name = Text(load_default=None, allow_none=True, longest=100)
    evidence = Text(required=True, longest=2000)

    @validates_schema
    def _names_one(self, data: dict[str, Any], **_: object) -> None:
        if (data.get("person") is None) == (data.get("name") is None):
            raise ValidationError(["person"], "person")


class CorrectionSchema(AnswerSchema):
    """A proposed correction, and whether it was confirmed; the number is masked."""

    correction = fields.String(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True)
    holder = fields.String(required=True)
    rightful = fields.String(required=True)
    organisation = fields.String(required=True)
    proposer = fields.String(required=True)
    evidence = fields.String(required=True)
    confirmed = fields.Boolean(required=True)


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(CorrectionBody)
@blueprint.response(201, AppendedSchema)
def propose(body: dict[str, Any]) -> Answered:
    """Propose, as the first officer, that a document belongs to somebody else."""
    asked = body.pop("document")
    misbound = Misbound(kind=asked["kind"], number=asked["number"], **body)
    answer = services().office.rebindings.propose(commanding(to_existing=False), misbound)
    return answered(answer, answer.stream_of("rebinding:proposed:1"))


@blueprint.post("/<rebinding_id>/confirmations")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def confirm(rebinding_id: str) -> Answered:
    """Confirm a correction as the second officer; the document is the other's from then on."""
    answer = services().office.rebindings.confirm(commanding(to_existing=True), rebinding_id)
    return answered(answer, rebinding_id)


@blueprint.get("/<rebinding_id>")
@blueprint.response(200, CorrectionSchema)
def read(rebinding_id: str) -> Answered:
    """Read a correction that the caller's organisation proposed."""
    known, version = services().office.rebindings.read(acting(), rebinding_id)
    proposed = known.proposed
    body = {
        "correction": known.rebinding,
        "version": version,
        "kind": proposed.kind,
        "number": masked_number(proposed.number.text),
        "holder": proposed.holder,
        "rightful": proposed.rightful,
        "organisation": proposed.organisation,
        "proposer": known.proposer,
        "evidence": words(proposed.evidence, visible=True),
        "confirmed": known.confirmed,
    }
    return body, 200, etag(version)
