"""Mandates (审计通知书): recorded once, named in a header instead of a reason: ``/v1/mandates``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.consultation import MANDATE
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber
from api.conventions.paging import PageQuery
from api.http.acting import Answered, AppendedSchema, asking, takes, told
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import shows
from api.http.words import stream
from api.services import services
from domain.mandate import MandateRecorded
from projections import mandates
from projections.mandates import Mandate

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

blueprint = Blueprint(
    "mandates", prefix="/v1/mandates", description="审计通知书／调取函 / mandates"
)


class MandateHeader(AnswerSchema):
    """Under which mandate somebody looks, instead of a reason."""

    mandate = fields.String(
        data_key="Mandate",
        load_default=None,
        metadata={"description": "From `/v1/mandates`, recorded by the same person."},
    )


class MandateBody(Body):
    """The document (文号), about whom (nobody named: all in one's charge), and its last day."""

    document = DocumentNumber(required=True)
    persons = fields.List(stream("person"), load_default=list, validate=Length(max=100))
    expires_on = Day(required=True)


class MandatesQuery(PageQuery):
    """Those that are good today, or with ``expired`` those that are over as well."""

    expired = fields.Boolean(load_default=False)


@shows(
    Mandate, "mandate document persons expires_on person account organisation recorded_at position"
)
class MandateSchema(AnswerSchema):
    """One mandate, by whom it was recorded, about whom, and its last day."""


class MandateRecordedSchema(AppendedSchema):
    """What to name in the ``Mandate`` header."""

    mandate = fields.String(required=True)


@lists(blueprint, "Mandates", MandatesQuery, mandates=MandateSchema)
def list_mandates(who: Acting, query: Query) -> Listing[Mandate]:
    """List the mandates that were recorded in the caller's charge."""
    scope = scope_to_read(Act.READ_MANDATES, who)
    return mandates.visible(scope, good_on=None if query["expired"] else who.today)


@takes(blueprint, "", MANDATE, MandateBody, answers=MandateRecordedSchema)
def record(body: dict[str, Any]) -> Answered:
    """Record the document under which one looks things up, with its scope and last day."""
    answer = guard(services().office, asking(MANDATE), MANDATE, "", **body)
    return told(answer, MANDATE, "", mandate=answer.stream_of(MandateRecorded.topic))
