"""Looking at what is guarded, by an act that is recorded first (查阅留痕).

Its events are told as for any act. What is seen hangs on a consultation of its own each time: who
sends the same request again sees it by a new one, or, where they may not any more, not at all.

``POST /v1/cases/{case_id}/consultations`` records why a watcher looks into a case; the case, its
history, its notice and the content of its files then name that consultation in their
``Consultation`` header, and are shown in clear for the rest of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.consultation import CONSULT_CASE, Ground
from api.acts.guard import look
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.acting import Answered, AppendedSchema, answered, asking, takes
from api.http.mandates import MandateHeader
from api.services import services
from domain.single_events import RecordConsulted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.acts.acting import Answer

blueprint = Blueprint(
    "case-consultations", prefix="/v1/cases", description="查阅案卷（留痕） / looking into a case"
)


class DisclosedSchema(AppendedSchema):
    """What was recorded, and the consultation by which something is seen now."""

    consultation = fields.String(
        metadata={"description": "Another than `stream` where the request was sent again."}
    )


class ConsultationHeader(AnswerSchema):
    """By which consultation the reading is accounted for."""

    consultation = fields.String(
        data_key="Consultation",
        load_default="",
        metadata={"description": "Recorded in the same session, of what is read."},
    )


def disclosed(
    answer: Answer,
    *,
    links: Mapping[str, str] | None = None,
    **members: Any,  # noqa: ANN401 -- of the body
) -> Answered:
    """The common answer to a consultation, with what it lets the caller see."""
    return answered(
        answer,
        answer.stream_of(RecordConsulted.topic),
        links=links,
        consultation=answer.seen_by(RecordConsulted.topic),
        **members,
    )


class CaseConsultationBody(Body):
    """Why, where no mandate is named."""

    reason = Text(load_default=None, longest=500)


@takes(
    blueprint,
    "/<case_id>/consultations",
    CONSULT_CASE,
    CaseConsultationBody,
    headers=MandateHeader,
    answers=DisclosedSchema,
)
def consult(body: dict[str, Any], header: dict[str, Any], case_id: str) -> Answered:
    """Say why one looks into a case, as a watcher, before its files and words are shown."""
    who, ground = asking(CONSULT_CASE), Ground(**body, **header)
    return disclosed(look(services().office, who, CONSULT_CASE, case_id, ground=ground))
