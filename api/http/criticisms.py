"""Circular criticism (通报批评): ``/v1/criticisms``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Instant, Text
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.acting import (
    Answered,
    AppendedSchema,
    acting,
    acts_field,
    answered,
    commanding,
    deciding,
    offers_of,
)
from api.http.case_history import EventSchema, event_document
from api.http.vocabularies import CRITICISED
from api.services import services

if TYPE_CHECKING:
    from api.acts.answer import Answer

blueprint = Blueprint("criticisms", prefix="/v1/criticisms", description="通报批评 / criticisms")
_LONGEST = 4000
_ID = Regexp(r"^[A-Za-z0-9._-]{1,80}$(?!\n)")


class CriticismBody(Body):
    """Whom to criticise, on the ground of which cases, and why."""

    target = Word(CRITICISED, required=True)
    about = fields.String(required=True, validate=_ID)
    cases = fields.List(fields.String(validate=_ID), required=True, validate=Length(1, 100))
    grounds = Text(required=True, longest=_LONGEST)


class NotificationBody(Body):
    """Until when whom it is about may answer."""

    answer_by = Instant(required=True)


class CriticismStatementBody(Body):
    """What whom it is about says."""

    statement = Text(required=True, longest=_LONGEST)


class IssueBody(Body):
    """The criticism's text, under the number of its decision."""

    decision = Text(required=True, longest=100)
    text = Text(required=True, longest=_LONGEST)


class DropBody(Body):
    """Why it is dropped, under the number of the decision."""

    decision = Text(required=True, longest=100)
    reason = Text(required=True, longest=_LONGEST)


class CriticismSchema(AnswerSchema):
    """A criticism with its events, and what the caller may do next."""

    criticism = fields.String(required=True)
    version = fields.Integer(required=True)
    target = fields.String(required=True)
    about = fields.String(required=True)
    organisation = fields.String(required=True)
    cases = fields.List(fields.String(), required=True)
    answer_by = fields.AwareDateTime(required=True, allow_none=True)
    heard = fields.Boolean(required=True)
    ended = fields.String(required=True, allow_none=True)
    events = fields.List(fields.Nested(EventSchema), required=True)
    acts = acts_field()


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(CriticismBody)
@blueprint.response(201, AppendedSchema)
def propose(body: dict[str, Any]) -> Answered:
    """Propose, as the first officer, to criticise an organisation or a reviewer."""
    who = commanding(to_existing=False)
    answer = services().office.criticising.propose(
        who, body["target"], body["about"], tuple(body["cases"]), body["grounds"]
    )
    return _told(answer, answer.stream_of("criticism:proposed:1"))


@blueprint.get("/<criticism_id>")
@blueprint.response(200, CriticismSchema)
def read(criticism_id: str) -> Answered:
    """Read a criticism, as its authority, as an inspector, or as whom it is about."""
    seen = services().office.criticising.read(acting(), criticism_id)
    state, history = seen.state, seen.history
    body = {
        "criticism": criticism_id,
        "version": history.version,
        "target": state.target.value,
        "about": state.about,
        "organisation": state.organisation,
        "cases": state.cases,
        "answer_by": state.answer_by,
        "heard": state.heard,
        "ended": state.ended,
        "events": [event_document(each, visible=True) for each in history.recorded],
        "acts": [act.value for act in seen.offers],
    }
    return body, 200, etag(history.version)


@blueprint.post("/<criticism_id>/notifications")
@blueprint.appends(to_existing=True)
@blueprint.arguments(NotificationBody)
@blueprint.response(201, AppendedSchema)
def notify(body: dict[str, Any], criticism_id: str) -> Answered:
    """Tell whom it is about, and until when to answer."""
    who = commanding(to_existing=True)
    answer = services().office.criticising.notify(who, criticism_id, body["answer_by"])
    return _told(answer, criticism_id)


@blueprint.post("/<criticism_id>/statements")
@blueprint.appends(to_existing=True)
@blueprint.arguments(CriticismStatementBody)
@blueprint.response(201, AppendedSchema)
def answer_it(body: dict[str, str], criticism_id: str) -> Answered:
    """Answer, as the person it is about or, for them, as the handler."""
    who = commanding(to_existing=True)
    answer = services().office.criticising.answer(who, criticism_id, body["statement"])
    return _told(answer, criticism_id)


@blueprint.post("/<criticism_id>/issues")
@blueprint.appends(to_existing=True)
@blueprint.arguments(IssueBody)
@blueprint.response(201, AppendedSchema)
def issue(body: dict[str, str], criticism_id: str) -> Answered:
    """Issue it, as the second officer."""
    who = deciding()
    return _told(services().office.criticising.issue(who, criticism_id, **body), criticism_id)


@blueprint.post("/<criticism_id>/drops")
@blueprint.appends(to_existing=True)
@blueprint.arguments(DropBody)
@blueprint.response(201, AppendedSchema)
def drop(body: dict[str, str], criticism_id: str) -> Answered:
    """Drop it, as the second officer."""
    who = deciding()
    return _told(services().office.criticising.drop(who, criticism_id, **body), criticism_id)


def _told(answer: Answer, criticism: str) -> Answered:
    acts = offers_of(lambda: services().office.criticising.read(acting(), criticism))
    return answered(answer, criticism, next_acts=acts)
