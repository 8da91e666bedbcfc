"""The policy packs of this installation: ``/v1/policy-packs``.

A pack never changes under its digest, so these answers may be kept and asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request
from marshmallow import fields

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.law_schemas import LAW
from api.http.pack_document import pack_document, pack_row
from api.http.rows import nested, shows
from api.problems import Problem
from api.services import services
from domain.policy.chain import Stage
from domain.policy.duties import AnnualRoll, Completion, PaperForm, Retention
from domain.policy.fees import Fee
from domain.policy.header import Header, Quoted
from domain.policy.levels import Level
from domain.policy.materials import Material
from domain.policy.outcome import Document, Label
from domain.policy.places import Area, Contact, PaperLeg, Place
from domain.policy.process import ProcessTerm
from domain.policy.publicity import Publicity
from domain.policy.reference import Reference
from domain.policy.silent import Silent
from domain.policy.vacancy_form import VacancyFormRule
from domain.policy.votes import VoteRule
from domain.policy.windows import Batch, Window
from domain.refusal import Citation

if TYPE_CHECKING:
    from api.http.acting import Answered

blueprint = Blueprint(
    "policy-packs", prefix="/v1/policy-packs", description="政策包 / policy packs"
)


class LayerSchema(AnswerSchema):
    """One document of a pack, the lowest first."""

    pack = fields.String()
    digest = fields.String()


@shows(Citation, "clause quote source")
@shows(Quoted, "own_words reading")
class RuleTextSchema(AnswerSchema):
    """A rule with the quoted words; ``own_words`` marks a reading or a default."""

    id = fields.String()


@shows(Header, "title issuer issued_on jurisdiction procedure")
class PackRowSchema(AnswerSchema):
    """What tells one pack from another."""

    pack = fields.String(attribute="id")
    number = fields.Integer(attribute="version")
    digest = fields.String()
    document = fields.String(allow_none=True, attribute="number")
    layers = nested(LayerSchema)


class PackSchema(PackRowSchema):
    """A pack with its rules and what is reckoned by them."""

    legal_basis = fields.List(fields.String())
    rules = nested(RuleTextSchema)
    levels = LAW.told(Level, many=True)
    educations = LAW.told(Level, many=True)
    batches = LAW.told(Batch, many=True)
    windows = LAW.told(Window, many=True)
    stages = LAW.told(Stage, many=True)
    publicity = LAW.told(Publicity, many=True)
    materials = LAW.told(Material, many=True)
    places = LAW.told(Place, many=True)
    paper_legs = LAW.told(PaperLeg, many=True)
    paper_forms = LAW.told(PaperForm, many=True)
    fees = LAW.told(Fee, many=True)
    completion = LAW.told(Completion, many=True)
    annual_roll = LAW.told(AnnualRoll, there=False)
    vacancy_form = LAW.told(VacancyFormRule, there=False)
    votes = LAW.told(VoteRule)
    retention = LAW.told(Retention)
    contacts = LAW.told(Contact, many=True)
    areas = LAW.told(Area, many=True)
    labels = LAW.told(Label, many=True)
    process_terms = LAW.told(ProcessTerm, many=True)
    documents = LAW.told(Document, many=True)
    references = LAW.told(Reference, many=True)
    silent = LAW.told(Silent, many=True)


class PolicyPacksSchema(AnswerSchema):
    """Every pack."""

    packs = nested(PackRowSchema)


@blueprint.get("")
@blueprint.response(200, PolicyPacksSchema)
def list_packs() -> dict[str, Any]:
    """List the policy packs."""
    return {"packs": [pack_row(law) for law in services().office.laws]}


@blueprint.get("/<pack_id>")
@blueprint.response(200, PackSchema)
def read(pack_id: str) -> Answered | Response:
    """Read a policy pack: its rules with their quoted words, batches, windows, stages, materials.

    304 to whoever has it under the same digest.
    """
    try:
        law = services().office.laws.law(pack_id)
    except Problem as problem:
        raise Problem(
            "NOT_FOUND" if problem.code == "POLICY_UNKNOWN" else problem.code
        ) from problem
    headers = {"ETag": f'"{law.digest}"', "Cache-Control": "private, no-cache"}
    if request.if_none_match.contains(law.digest):
        return Response(status=304, headers=headers)
    return pack_document(law), 200, headers
