"""Mandates (查询授权): recorded once, named in a header instead of a reason: ``/v1/mandates``."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Text
from api.http.acting import Answered, AppendedSchema, answered, commanding
from api.http.words import stream
from api.services import services
from domain.mandate import MandateRecorded

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


class MandateRecordedSchema(AppendedSchema):
    """What to name in the ``Mandate`` header."""

    mandate = fields.String(required=True)


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(MandateBody)
@blueprint.response(201, MandateRecordedSchema)
def record(body: dict[str, Any]) -> Answered:
    """Record the document under which one looks things up, with its scope and last day."""
    mandate = MandateRecorded(
        document=body["document"], persons=tuple(body["persons"]), expires_on=body["expires_on"]
    )
    answer = services().office.consulting.record_mandate(commanding(to_existing=False), mandate)
    recorded = answer.stream_of("mandate:recorded:1")
    return answered(answer, recorded, mandate=recorded)
