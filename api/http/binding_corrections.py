"""Documents bound to the wrong person: ``/v1/binding-corrections``, by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields, validates_schema

from api.access import Act, permitted
from api.acts import binding_correction
from api.acts.binding_correction import CORRECTION
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.conventions.versions import etag
from api.http.accounts import DocumentBody
from api.http.acting import Answered, acting, acts_field, posts
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.showing import masked_number, words
from api.http.words import optional_stream
from api.services import services
from projections import rebindings

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing
    from projections.rebindings import Rebinding

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
    acts = acts_field()


class CorrectionsQuery(PageQuery):
    """Those that wait for a second officer, or with ``settled`` those that were confirmed, too."""

    settled = fields.Boolean(load_default=False)


class CorrectionsSchema(CountedSchema):
    """A page of proposed corrections, the newest first."""

    corrections = fields.List(fields.Nested(CorrectionSchema), required=True)


post = posts(blueprint, CORRECTION)
post("", binding_correction.PROPOSE, CorrectionBody)
post("/<rebinding_id>/confirmations", binding_correction.CONFIRM)


@blueprint.get("")
@blueprint.arguments(CorrectionsQuery, location="query")
@blueprint.response(200, CorrectionsSchema)
def list_corrections(query: dict[str, Any]) -> Answered:
    """List the proposed corrections of one's organisation or in one's charge."""
    who = acting()
    page, count, link = listed(found_corrections(who, settled=query["settled"]), query)
    rows = [_document(who, row.rebinding) for row in page]
    return {"corrections": rows, "count": count}, 200, link


@blueprint.get("/<rebinding_id>")
@blueprint.response(200, CorrectionSchema)
def read(rebinding_id: str) -> Answered:
    """Read a proposed correction, as one of its organisation or as one who watches over it."""
    body = _document(acting(), rebinding_id)
    return body, 200, etag(body["version"])


def found_corrections(who: Acting, *, settled: bool) -> Listing[Rebinding]:
    """Corrections that the caller may read. Raises the problem ``FORBIDDEN``."""
    return rebindings.visible(scope_to_read(Act.READ_LINK, who), waiting=not settled)


def _document(who: Acting, stream: str) -> dict[str, Any]:
    """A correction as it stands in the record; its evidence is for its own officers."""
    seen = read_thing(services().office, who, CORRECTION, stream)
    known, proposed = seen.state, seen.state.proposed
    return {
        "correction": known.rebinding,
        "version": seen.history.version,
        "kind": proposed.kind,
        "number": masked_number(proposed.number.text),
        "holder": proposed.holder,
        "rightful": proposed.rightful,
        "organisation": proposed.organisation,
        "proposer": known.proposer,
        "evidence": words(
            proposed.evidence, visible=permitted(Act.CONFIRM_LINK, who.roles, seen.relations)
        ),
        "confirmed": known.confirmed,
        "acts": [act.value for act in seen.offers],
    }
