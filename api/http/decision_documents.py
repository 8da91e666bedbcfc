"""Decision documents of an authority: ``/v1/organisations/{organisation_id}/decisions``."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.access import Act
from api.acts.competence import in_name_of
from api.acts.decision_document import CORRECT, DOCUMENTS, PUBLISH
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber, Text
from api.conventions.paging import PageQuery
from api.http.act_operations import acts_field, acts_of
from api.http.acting import Answered, acting, posts
from api.http.lists import paged
from api.http.rows import members, nested, shows
from api.http.word_fields import stream
from api.services import services
from projections import decision_documents

blueprint = Blueprint(
    "decisions", prefix="/v1/organisations", description="发文 / decision documents"
)
_MOST = 500


class DecisionDocumentBody(Body):
    """A document as it was published; ``content`` is its SHA-256, in hex."""

    number = DocumentNumber()
    title = Text(longest=200)
    published_on = Day()
    content = fields.String(validate=Regexp(r"^[0-9a-f]{64}$(?!\n)"))
    cases = fields.List(stream("case"), validate=Length(1, _MOST))


class DecisionCorrectionBody(Body):
    """What number and day the document really bears, and how the entry came to be wrong."""

    number = DocumentNumber()
    published_on = Day()
    reason = Text(longest=2000)


@shows(decision_documents.Decision, "decision number title published_on content cases entered_as")
class DecisionDocumentSchema(AnswerSchema):
    """A document with the cases that it names.

    ``in_name_of`` is in whose name it was published, where that is not the authority's own;
    ``entered_as`` the number that was entered first, where number or day were corrected since.
    """

    in_name_of = fields.String(allow_none=True)


class DecisionDocumentsSchema(AnswerSchema):
    """A page of documents, the oldest first; ``acts`` are what the caller may do about them."""

    decisions = nested(DecisionDocumentSchema)
    acts = acts_field()


post = posts(blueprint)
post("/<organisation_id>/decisions", PUBLISH, DecisionDocumentBody)
post("/<organisation_id>/decisions/<decision>/corrections", CORRECT, DecisionCorrectionBody)


@blueprint.get("/<organisation_id>/decisions")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, DecisionDocumentsSchema)
def list_decisions(query: dict[str, Any], organisation_id: str) -> Answered:
    """List the documents of an authority."""
    office = services().office
    seen = read_thing(office, acting(), DOCUMENTS, organisation_id, Act.READ_DECISIONS)
    page, link = paged(decision_documents.of_organisation(organisation_id), query)
    desk = office.desk()
    shown = [
        members(each, in_name_of=in_name_of(desk, each.organisation, each.power)) for each in page
    ]
    return {"decisions": shown, "acts": acts_of(seen)}, 200, link
