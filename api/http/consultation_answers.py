"""The answer to an act by which somebody sees what is guarded.

Its events are told as for any act. What is seen hangs on a consultation of its own each time: who
sends the same request again sees it by a new one, or, where they may not any more, not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.fields import AnswerSchema
from api.http.acting import Answered, AppendedSchema, answered
from domain.single_events import RecordConsulted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.acts.acting import Answer


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
