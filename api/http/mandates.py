"""Mandates (查询授权): recorded once, named in a header instead of a reason: ``/v1/mandates``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.consultation import MANDATE
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Text
from api.conventions.paging import PageQuery
from api.http.acting import Answered, AppendedSchema, acting, asking, takes, told
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.words import stream
from api.services import services
from domain.mandate import MandateRecorded
from projections import mandates

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing
    from projections.mandates import Mandate

blueprint = Blueprint("mandates", prefix="/v1/mandates", description="查询授权 / mandates")


class MandateHeader(AnswerSchema):
    """Under which mandate somebody looks, instead of a reason."""

    mandate = fields.String(
        data_key="Mandate",
        load_default=None,
        metadata={"description": "From `/v1/mandates`, recorded by the same person."},
    )


class MandateBody(Body):
    """The document (文号), about whom (nobody named: all in one's charge), and its last day."""

    document = Text(required=True, longest=100)
    persons = fields.List(stream("person"), load_default=list, validate=Length(max=100))
    expires_on = Day(required=True)


class MandatesQuery(PageQuery):
    """Those that are good today, or with ``expired`` those that are over as well."""

    expired = fields.Boolean(load_default=False)


class MandateSchema(AnswerSchema):
    """One mandate, by whom it was recorded, about whom, and its last day."""

    mandate = fields.String(required=True)
    document = fields.String(required=True)
    persons = fields.List(fields.String(), required=True)
    expires_on = fields.Date(required=True)
    person = fields.String(required=True, allow_none=True)
    account = fields.String(required=True, allow_none=True)
    organisation = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    position = fields.Integer(required=True)


class MandatesSchema(CountedSchema):
    """A page of mandates, the newest first."""

    mandates = fields.List(fields.Nested(MandateSchema), required=True)


class MandateRecordedSchema(AppendedSchema):
    """What to name in the ``Mandate`` header."""

    mandate = fields.String(required=True)


@blueprint.get("")
@blueprint.arguments(MandatesQuery, location="query")
@blueprint.response(200, MandatesSchema)
def list_mandates(query: dict[str, Any]) -> Answered:
    """List the mandates that were recorded in the caller's charge."""
    page, count, link = listed(found_mandates(acting(), expired=query["expired"]), query)
    return {"mandates": page, "count": count}, 200, link


@takes(blueprint, "", MANDATE, MandateBody, answers=MandateRecordedSchema)
def record(body: dict[str, Any]) -> Answered:
    """Record the document under which one looks things up, with its scope and last day."""
    answer = guard(services().office, asking(MANDATE), MANDATE, "", **body)
    return told(answer, MANDATE, "", mandate=answer.stream_of(MandateRecorded.topic))


def found_mandates(who: Acting, *, expired: bool) -> Listing[Mandate]:
    """Mandates in the caller's charge. Raises the problem ``FORBIDDEN``."""
    scope = scope_to_read(Act.READ_MANDATES, who)
    return mandates.visible(scope, good_on=None if expired else who.today)
