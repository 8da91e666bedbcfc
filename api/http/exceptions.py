"""What auditors and inspectors should be told of: late acts, stale seats, findings unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import OneOf

from api.access import Act, relations_for
from api.application.scoping import scope_for
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery, place_of
from api.http.acting import Answered, acting
from api.http.lists import paged
from api.problems import Problem
from api.services import services
from projections import exceptions, lateness

if TYPE_CHECKING:
    from api.application.acting import Acting
    from projections.scope import Scope

late = Blueprint("late-acts", prefix="/v1/late-acts", description="逾期与补录 / what was done late")
stale = Blueprint(
    "stale-appointments",
    prefix="/v1/stale-appointments",
    description="失效任职 / seats behind accounts that can't act",
)
unfinished = Blueprint(
    "unfinished-findings",
    prefix="/v1/unfinished-findings",
    description="查实未处理 / findings without outcome or record",
)


class LateQuery(PageQuery):
    """Which kind; without one, all: ``decision``, ``entry`` or ``item`` of a return."""

    kind = fields.String(load_default=None, validate=OneOf(lateness.KINDS))


class LateActSchema(AnswerSchema):
    """One late act; ``due_on`` is when it was due or happened, ``items`` what was raised late."""

    position = fields.Integer(required=True)
    case = fields.String(required=True)
    kind = fields.String(required=True)
    act = fields.String(required=True)
    organisation = fields.String(required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True)
    account = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    items = fields.List(fields.String(), required=True)


class LateActsSchema(AnswerSchema):
    """A page of late acts, the newest first."""

    acts = fields.List(fields.Nested(LateActSchema), required=True)


class StaleAppointmentSchema(AnswerSchema):
    """An open appointment; ``why`` is the state of its account: disabled, or only opened."""

    organisation = fields.String(required=True)
    appointment = fields.String(required=True)
    seat = fields.String(required=True)
    person = fields.String(required=True)
    account = fields.String(required=True)
    effective_on = fields.Date(required=True)
    why = fields.String(required=True)
    position = fields.Integer(required=True)


class StaleAppointmentsSchema(AnswerSchema):
    """A page of appointments, the newest first."""

    appointments = fields.List(fields.Nested(StaleAppointmentSchema), required=True)


class UnfinishedFindingSchema(AnswerSchema):
    """A finding, and what is missing after it."""

    code = fields.String(required=True)
    case = fields.String(required=True)
    investigation = fields.String(required=True)
    decision = fields.String(required=True, allow_none=True)
    changed_at = fields.AwareDateTime(required=True)
    position = fields.Integer(required=True)


class UnfinishedFindingsSchema(AnswerSchema):
    """A page of findings, the newest first."""

    findings = fields.List(fields.Nested(UnfinishedFindingSchema), required=True)


@late.get("")
@late.arguments(LateQuery, location="query")
@late.response(200, LateActsSchema)
def list_late(query: dict[str, Any]) -> Answered:
    """List cases decided late, things entered late, and returns that raised items late."""
    scope, before = watched(acting()), _before(query)
    with services().views.connection() as connection:
        found = lateness.found(
            connection, scope, kind=query["kind"], before=before, limit=query["limit"] + 1
        )
    page, link = paged(found, query["limit"], lambda row: (row.position,))
    return {"acts": page}, 200, link


@stale.get("")
@stale.arguments(PageQuery, location="query")
@stale.response(200, StaleAppointmentsSchema)
def list_stale(query: dict[str, Any]) -> Answered:
    """List open appointments through accounts that can't act."""
    who, before = acting(), _before(query)
    with services().views.connection() as connection:
        found = exceptions.stale_appointments(
            connection, watched(who), on=who.today, before=before, limit=query["limit"] + 1
        )
    page, link = paged(found, query["limit"], lambda row: (row.position,))
    return {"appointments": page}, 200, link


@unfinished.get("")
@unfinished.arguments(PageQuery, location="query")
@unfinished.response(200, UnfinishedFindingsSchema)
def list_unfinished(query: dict[str, Any]) -> Answered:
    """List findings without revocation or disqualification, or without an integrity record."""
    scope, before = watched(acting()), _before(query)
    with services().views.connection() as connection:
        found = exceptions.unfinished(connection, scope, before=before, limit=query["limit"] + 1)
    page, link = paged(found, query["limit"], lambda row: (row.position,))
    return {"findings": page}, 200, link


def watched(who: Acting) -> Scope:
    """What the caller watches. Raises the problem ``FORBIDDEN`` to whoever watches nothing."""
    if not relations_for(Act.READ_FINDINGS, who.roles):
        raise Problem("FORBIDDEN")
    return scope_for(Act.READ_FINDINGS, who, services().office.desk.deliberate())


def _before(query: dict[str, Any]) -> int | None:
    place = place_of(query["cursor"])
    return None if place is None else int(str(place[0]))
