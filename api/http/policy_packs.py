"""The policy packs of this installation: ``/v1/policy-packs``.

A pack never changes under its digest, so these answers may be kept and asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request
from marshmallow import fields

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.pack_document import pack_document, pack_row
from api.problems import Problem
from api.services import services

if TYPE_CHECKING:
    from api.http.acting import Answered

blueprint = Blueprint(
    "policy-packs", prefix="/v1/policy-packs", description="政策包 / policy packs"
)


class LayerSchema(AnswerSchema):
    """One document of a pack, the lowest first."""

    pack = fields.String(required=True)
    digest = fields.String(required=True)


class RuleTextSchema(AnswerSchema):
    """A rule with the quoted words; ``own_words`` marks a reading or a default."""

    id = fields.String(required=True)
    clause = fields.String(required=True)
    quote = fields.String(required=True)
    source = fields.String(required=True)
    own_words = fields.Boolean(required=True)
    reading = fields.String(required=True, allow_none=True)


class PackRowSchema(AnswerSchema):
    """What tells one pack from another."""

    pack = fields.String(required=True)
    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    title = fields.String(required=True)
    document = fields.String(required=True, allow_none=True)
    issuer = fields.String(required=True)
    issued_on = fields.Date(required=True, allow_none=True)
    jurisdiction = fields.String(required=True)
    procedure = fields.String(required=True)
    layers = fields.List(fields.Nested(LayerSchema), required=True)


def _entries() -> fields.List[dict[str, Any]]:
    return fields.List(fields.Dict(keys=fields.String()), required=True)


class PackSchema(PackRowSchema):
    """A pack with its rules and what is reckoned by them."""

    legal_basis = fields.List(fields.String(), required=True)
    rules = fields.List(fields.Nested(RuleTextSchema), required=True)
    levels = _entries()
    educations = _entries()
    batches = _entries()
    windows = _entries()
    stages = _entries()
    publicity = _entries()
    materials = _entries()
    places = _entries()
    paper_legs = _entries()
    paper_forms = _entries()
    fees = _entries()
    completion = _entries()
    annual_roll = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    vacancy_form = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    votes = fields.Dict(keys=fields.String(), required=True)
    retention = fields.Dict(keys=fields.String(), required=True)
    contacts = _entries()
    labels = _entries()
    documents = _entries()
    references = _entries()


class PacksSchema(AnswerSchema):
    """Every pack."""

    packs = fields.List(fields.Nested(PackRowSchema), required=True)


@blueprint.get("")
@blueprint.response(200, PacksSchema)
def list_packs() -> dict[str, Any]:
    """List the policy packs."""
    return {"packs": [pack_row(law) for law in services().office.laws]}


@blueprint.get("/<pack_id>")
@blueprint.response(200, PackSchema)
def read(pack_id: str) -> Answered | Response:
    """Read a policy pack: its rules with their quoted words, batches, windows, stages, materials.

    304 to whoever has it under the same digest.
    """
    law = next((law for law in services().office.laws if law.id == pack_id), None)
    if law is None:
        raise Problem("NOT_FOUND")
    headers = {"ETag": f'"{law.digest}"', "Cache-Control": "private, no-cache"}
    if request.if_none_match.contains(law.digest):
        return Response(status=304, headers=headers)
    return pack_document(law), 200, headers
