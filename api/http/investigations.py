"""Investigations of misconduct (核查): ``/v1/investigations``.

Two officers conduct one, who reviewed nothing in the case. Others don't learn that there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.access import Relation
from api.acts.investigations import Reviewed
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Instant, Text
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
from api.http.vocabularies import GROUNDS, REVIEW_OUTCOMES
from api.services import services
from domain.investigation.events import AllegationNotified, StatementReceived

if TYPE_CHECKING:
    from api.acts.answer import Answer
    from api.acts.registers import Seen
    from audit.record import Recorded
    from domain.investigation.state import Investigation

blueprint = Blueprint(
    "investigations", prefix="/v1/investigations", description="核查 / investigations"
)
of_cases = Blueprint(
    "case-investigations", prefix="/v1/cases", description="启动核查 / opening investigations"
)

_LONGEST = 4000
_TOLD = (AllegationNotified, StatementReceived)
"""What the person whom it is about sees before the end."""


class SuspicionBody(Body):
    """What is suspected, and on the ground of which upheld objection, complaint or clue."""

    suspicion = Text(required=True, longest=_LONGEST)
    source = fields.String(
        load_default=None,
        allow_none=True,
        validate=Regexp(r"^(objection|complaint)-[a-z0-9-]{36}$"),
    )


class AllegationBody(Body):
    """What the person is told, and until when they may answer."""

    allegation = Text(required=True, longest=_LONGEST)
    answer_by = Instant(required=True)


class StatementBody(Body):
    """The person's own words, or their words as the handler received them."""

    statement = Text(required=True, longest=_LONGEST)


class ProposalBody(Body):
    """What the first officer proposes to find, on which materials."""

    ground = Word(GROUNDS, required=True)
    evidence = fields.List(Text(longest=80), required=True, validate=Length(1, 100))
    finding = Text(required=True, longest=_LONGEST)


class FindingBody(Body):
    """The second officer's finding, under the number of its decision."""

    decision = Text(required=True, longest=100)
    finding = Text(required=True, longest=_LONGEST)


class InvestigationClosureBody(Body):
    """Why the suspicion was not confirmed, under the number of the decision."""

    decision = Text(required=True, longest=100)
    reason = Text(required=True, longest=_LONGEST)


class ServiceBody(Body):
    """When and how the decision was served, and which remedy it names."""

    served_on = Day(required=True)
    method = Text(required=True, longest=100)
    remedy = Text(required=True, longest=_LONGEST)


class ReviewRequestBody(Body):
    """Why the person asks for a review."""

    grounds = Text(required=True, longest=_LONGEST)


class ReviewDecisionBody(Body):
    """How the review ended, under the number of its decision."""

    outcome = Word(REVIEW_OUTCOMES, required=True)
    decision = Text(required=True, longest=100)
    ends_on = Day(load_default=None, allow_none=True)
    reason = Text(required=True, longest=_LONGEST)


class InvestigationSchema(AnswerSchema):
    """An investigation with its events, as far as the caller may see them."""

    investigation = fields.String(required=True)
    version = fields.Integer(required=True)
    case = fields.String(required=True)
    subject = fields.String(required=True)
    organisation = fields.String(required=True)
    answer_by = fields.AwareDateTime(required=True, allow_none=True)
    heard = fields.Boolean(required=True)
    ended = fields.String(required=True, allow_none=True)
    events = fields.List(fields.Nested(EventSchema), required=True)
    acts = acts_field()


@of_cases.post("/<case_id>/investigations")
@of_cases.appends(to_existing=True)
@of_cases.arguments(SuspicionBody)
@of_cases.response(201, AppendedSchema)
def open_investigation(body: dict[str, Any], case_id: str) -> Answered:
    """Take up a suspicion about a case, which is held still meanwhile."""
    answer = services().office.investigations.open(
        commanding(to_existing=True), case_id, body["suspicion"], body["source"]
    )
    return _told(answer, answer.stream_of("investigation:opened:1"))


@blueprint.get("/<investigation_id>")
@blueprint.response(200, InvestigationSchema)
def read(investigation_id: str) -> Answered:
    """Read an investigation; the person whom it is about sees what they were told and said."""
    seen = services().office.registers.investigation(acting(), investigation_id)
    state = seen.state
    body = {
        "investigation": state.investigation,
        "version": seen.history.version,
        "case": state.case,
        "subject": state.subject,
        "organisation": state.organisation,
        "answer_by": state.answer_by,
        "heard": state.heard,
        "ended": state.ended,
        "events": [event_document(each, visible=True) for each in _events(seen)],
        "acts": [act.value for act in seen.offers],
    }
    return body, 200, etag(seen.history.version)


@blueprint.post("/<investigation_id>/allegations")
@blueprint.appends(to_existing=True)
@blueprint.arguments(AllegationBody)
@blueprint.response(201, AppendedSchema)
def notify(body: dict[str, Any], investigation_id: str) -> Answered:
    """Tell the person what is alleged, and until when to answer."""
    answer = services().office.investigations.notify(
        commanding(to_existing=True), investigation_id, body["allegation"], body["answer_by"]
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/statements")
@blueprint.appends(to_existing=True)
@blueprint.arguments(StatementBody)
@blueprint.response(201, AppendedSchema)
def state(body: dict[str, str], investigation_id: str) -> Answered:
    """Answer the allegation, as the person or, for them, as the handler who received it."""
    answer = services().office.investigations.receive_statement(
        commanding(to_existing=True), investigation_id, body["statement"]
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/proposals")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ProposalBody)
@blueprint.response(201, AppendedSchema)
def propose(body: dict[str, Any], investigation_id: str) -> Answered:
    """Propose, as the first officer, what to find."""
    answer = services().office.investigations.propose(
        commanding(to_existing=True),
        investigation_id,
        body["ground"],
        tuple(body["evidence"]),
        body["finding"],
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/findings")
@blueprint.appends(to_existing=True)
@blueprint.arguments(FindingBody)
@blueprint.response(201, AppendedSchema)
def find(body: dict[str, str], investigation_id: str) -> Answered:
    """Find misconduct, as the second officer: disqualified and on record in one append."""
    answer = services().office.investigations.find(
        deciding(), investigation_id, body["decision"], body["finding"]
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/closures")
@blueprint.appends(to_existing=True)
@blueprint.arguments(InvestigationClosureBody)
@blueprint.response(201, AppendedSchema)
def close(body: dict[str, str], investigation_id: str) -> Answered:
    """Close it, as the second officer: the suspicion was not confirmed and the case goes on."""
    answer = services().office.investigations.close(
        deciding(), investigation_id, body["decision"], body["reason"]
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/services")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ServiceBody)
@blueprint.response(201, AppendedSchema)
def serve(body: dict[str, Any], investigation_id: str) -> Answered:
    """Enter that the decision was served on the person."""
    answer = services().office.investigations.serve(
        commanding(to_existing=True), investigation_id, **body
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/review-requests")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ReviewRequestBody)
@blueprint.response(201, AppendedSchema)
def request_review(body: dict[str, str], investigation_id: str) -> Answered:
    """Ask, as the person concerned, for a review of the finding."""
    answer = services().office.investigations.request_review(
        commanding(to_existing=True), investigation_id, body["grounds"]
    )
    return _told(answer, investigation_id)


@blueprint.post("/<investigation_id>/review-decisions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ReviewDecisionBody)
@blueprint.response(201, AppendedSchema)
def decide_review(body: dict[str, Any], investigation_id: str) -> Answered:
    """Decide the review, as somebody who had no part in the finding."""
    answer = services().office.investigations.decide_review(
        deciding(), investigation_id, Reviewed(**body)
    )
    return _told(answer, investigation_id)


def _told(answer: Answer, investigation: str) -> Answered:
    acts = offers_of(lambda: services().office.registers.investigation(acting(), investigation))
    return answered(answer, investigation, next_acts=acts)


def _events(seen: Seen[Investigation]) -> list[Recorded]:
    officer = not seen.relations.isdisjoint({Relation.ORGANISATION, Relation.JURISDICTION})
    return [
        one
        for one in seen.history.recorded
        if officer or seen.state.ended is not None or isinstance(one.event, _TOLD)
    ]
