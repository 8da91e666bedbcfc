"""Erasure of personal data (删除个人信息): ``/v1/erasures``; holds: ``/v1/persons/…/holds``."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Regexp

from api.application.erasing import Concerned
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.versions import etag
from api.eraser import carry_out_at_once
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding, deciding
from api.http.case_history import EventSchema, event_document
from api.problems import Problem
from api.services import services
from domain.erasure.decide import ERASABLE
from domain.personal import Purpose
from projections import criticisms, investigations, objections, parties
from projections.progress import wait_for
from projections.scope import Scope

blueprint = Blueprint("erasures", prefix="/v1/erasures", description="删除个人信息 / erasures")
holds = Blueprint("holds", prefix="/v1/persons", description="保全 / holds on erasure")
_ID = Regexp(r"^[A-Za-z0-9._-]{1,80}$(?!\n)")
_LONGEST = 4000
_MOST = 1000
_SECONDS = 10.0
"""How long a decision waits for the views: what they don't know of can't stand in the way."""


class ErasureBody(Body):
    """Whom to erase, which of their words, on what legal basis, and who is to decide."""

    person = fields.String(required=True, validate=_ID)
    purposes = fields.List(
        fields.String(validate=OneOf(sorted(ERASABLE))), required=True, validate=Length(1, 3)
    )
    organisation = fields.String(required=True, validate=_ID)
    basis = Text(required=True, longest=500)
    reason = Text(required=True, longest=_LONGEST)


class ErasureApprovalBody(Body):
    """What the first officer found."""

    grounds = Text(required=True, longest=_LONGEST)


class ErasureOrderBody(Body):
    """The number of the decision."""

    decision = Text(required=True, longest=100)


class ErasureRefusalBody(Body):
    """Why it is declined, under the number of the decision."""

    decision = Text(required=True, longest=100)
    reason = Text(required=True, longest=_LONGEST)


class HoldBody(Body):
    """Why what is known of a person has to be kept, and by which mandate (文号)."""

    mandate = Text(required=True, longest=100)
    reason = Text(required=True, longest=_LONGEST)


class HoldLiftingBody(Body):
    """Why it is no longer needed."""

    reason = Text(required=True, longest=_LONGEST)


class ErasureSchema(AnswerSchema):
    """An erasure with its events; it is complete when no copy of the database opens any more."""

    erasure = fields.String(required=True)
    version = fields.Integer(required=True)
    person = fields.String(required=True)
    purposes = fields.List(fields.String(), required=True)
    phase = fields.String(required=True)
    events = fields.List(fields.Nested(EventSchema), required=True)


class HoldAppendedSchema(AppendedSchema):
    """The hold that was placed."""

    hold = fields.String(required=True)


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(ErasureBody)
@blueprint.response(201, AppendedSchema)
def ask(body: dict[str, Any]) -> Answered:
    """Ask for an erasure: one's own, or as an officer somebody's."""
    body["purposes"] = tuple(Purpose(each) for each in body["purposes"])
    answer = services().office.erasing.request(commanding(to_existing=False), **body)
    return answered(answer, answer.stream_of("erasure:requested:1"))


@blueprint.get("/<erasure_id>")
@blueprint.response(200, ErasureSchema)
def read(erasure_id: str) -> Answered:
    """Read how far an erasure has come."""
    known, history = services().office.erasing.read(acting(), erasure_id)
    body = {
        "erasure": erasure_id,
        "version": history.version,
        "person": known.person,
        "purposes": [each.value for each in known.purposes],
        "phase": known.phase.value,
        "events": [event_document(each, visible=True) for each in history.recorded],
    }
    return body, 200, etag(history.version)


@blueprint.post("/<erasure_id>/approvals")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ErasureApprovalBody)
@blueprint.response(201, AppendedSchema)
def approve(body: dict[str, str], erasure_id: str) -> Answered:
    """Approve it, as the integrity handler."""
    who = commanding(to_existing=True)
    answer = services().office.erasing.approve(
        who, erasure_id, body["grounds"], _concerned(erasure_id)
    )
    return answered(answer, erasure_id)


@blueprint.post("/<erasure_id>/orders")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ErasureOrderBody)
@blueprint.response(201, AppendedSchema)
def order(body: dict[str, str], erasure_id: str) -> Answered:
    """Order it, as the integrity leader: the keys are destroyed before this answers."""
    who = deciding()
    answer = services().office.erasing.order(
        who, erasure_id, body["decision"], _concerned(erasure_id)
    )
    carry_out_at_once(services(), answer)
    return answered(answer, erasure_id)


@blueprint.post("/<erasure_id>/refusals")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ErasureRefusalBody)
@blueprint.response(201, AppendedSchema)
def decline(body: dict[str, str], erasure_id: str) -> Answered:
    """Decline it, as the integrity leader."""
    who = deciding()
    return answered(services().office.erasing.decline(who, erasure_id, **body), erasure_id)


@holds.post("/<person_id>/holds")
@holds.appends(to_existing=True)
@holds.arguments(HoldBody)
@holds.response(201, HoldAppendedSchema)
def place_hold(body: dict[str, str], person_id: str) -> Answered:
    """Keep what is known of a person from being erased, as an inspector."""
    who = commanding(to_existing=True)
    answer = services().office.erasing.place_hold(who, person_id, **body)
    placed = services().record.load(person_id).recorded[(answer.version_of(person_id) or 1) - 1]
    return answered(answer, person_id, hold=getattr(placed.event, "hold", ""))


@holds.post("/<person_id>/holds/<hold>/liftings")
@holds.appends(to_existing=True)
@holds.arguments(HoldLiftingBody)
@holds.response(201, AppendedSchema)
def lift_hold(body: dict[str, str], person_id: str, hold: str) -> Answered:
    """Lift a hold, as an inspector."""
    who = commanding(to_existing=True)
    return answered(services().office.erasing.lift_hold(who, person_id, hold, **body), person_id)


def _concerned(erasure_id: str) -> Concerned:
    """What the views know of whom it is about, once they have come to where the record is.

    Raises the problem ``NOT_YET_VISIBLE`` if they don't get there in time.
    """
    known = services().office.desk.deliberate().erasure(erasure_id)
    if known is None:
        raise Problem("NOT_FOUND")
    with services().views.connection() as connection:
        if not wait_for(connection, services().record.head(), _SECONDS):
            raise Problem("NOT_YET_VISIBLE")
        about = Scope(persons=frozenset({known.person}))
        cases = tuple(parties.of_party(connection, known.person))
        found = criticisms.visible(connection, about, limit=_MOST)
        matters = [one.criticism for one in found]
        for case in cases:
            matters += [one.investigation for one in investigations.of_case(connection, case)]
            matters += [one.stream for one in objections.of_case(connection, case)]
    return Concerned(cases, tuple(matters))
