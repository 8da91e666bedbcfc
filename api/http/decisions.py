"""Decision documents of an authority: ``/v1/organisations/{organisation_id}/decisions``."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.access import Act
from api.acts.decision import DOCUMENTS, PUBLISH
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Text
from api.conventions.paging import PageQuery, place_of
from api.http.acting import Answered, acting, acts_field, posts
from api.http.lists import paged
from api.http.words import stream
from api.services import services
from projections import decisions

blueprint = Blueprint(
    "decisions", prefix="/v1/organisations", description="发文 / decision documents"
)
_MOST = 500


class DecisionDocumentBody(Body):
    """A document as it was published; ``content`` is its SHA-256, in hex."""

    number = Text(required=True, longest=100)
    title = Text(required=True, longest=200)
    published_on = Day(required=True)
    content = fields.String(required=True, validate=Regexp(r"^[0-9a-f]{64}$(?!\n)"))
    cases = fields.List(stream("case"), required=True, validate=Length(1, _MOST))


class DecisionDocumentSchema(AnswerSchema):
    """A document with the cases that it names."""

    decision = fields.String(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    published_on = fields.Date(required=True)
    content = fields.String(required=True)
    cases = fields.List(fields.String(), required=True)


class DecisionDocumentsSchema(AnswerSchema):
    """A page of documents, the oldest first; ``acts`` are what the caller may do about them."""

    decisions = fields.List(fields.Nested(DecisionDocumentSchema), required=True)
    acts = acts_field()


posts(blueprint)("/<organisation_id>/decisions", PUBLISH, DecisionDocumentBody)


@blueprint.get("/<organisation_id>/decisions")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, DecisionDocumentsSchema)
def list_decisions(query: dict[str, Any], organisation_id: str) -> Answered:
    """List the documents of an authority."""
    who, office = acting(), services().office
    offers = read_thing(office, who, DOCUMENTS, organisation_id, Act.READ_DECISIONS).offers
    place = place_of(query["cursor"])
    with services().views.connection() as connection:
        found = decisions.of_organisation(
            connection,
            organisation_id,
            after=0 if place is None else int(str(place[0])),
            limit=query["limit"] + 1,
        )
    page, link = paged(found, query["limit"], lambda row: (row.position,))
    return {"decisions": page, "acts": [act.value for act in offers]}, 200, link
