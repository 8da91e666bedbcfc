"""What auditors and inspectors should be told of: late acts, stale seats, findings unfinished."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, NumberInQuery
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.vocabularies import LATE_ACTS
from projections import exceptions, lateness

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

late = Blueprint("late-acts", prefix="/v1/late-acts", description="逾期与补录 / what was done late")
stale = Blueprint(
    "stale-appointments",
    prefix="/v1/stale-appointments",
    description="失效任职 / seats that nobody fills in truth",
)
unfinished = Blueprint(
    "unfinished-findings",
    prefix="/v1/unfinished-findings",
    description="查实未处理 / findings without outcome or record",
)


class LateQuery(PageQuery):
    """Which kind; without one, all: ``decision``, ``entry`` or ``item`` of a return."""

    kind = Word(LATE_ACTS, load_default=None)


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


class LateActsSchema(CountedSchema):
    """A page of late acts, the newest first."""

    acts = fields.List(fields.Nested(LateActSchema), required=True)


class StaleQuery(PageQuery):
    """After how many days without an act a seat counts as idle at which cases wait."""

    idle_days = NumberInQuery(load_default=exceptions.IDLE_DAYS, least=1, most=3660)


class StaleAppointmentSchema(AnswerSchema):
    """An open appointment; ``why``: its account is disabled or only opened, or it is idle.

    Idle is a seat at which cases have waited for so many days while its holder did nothing there.
    """

    organisation = fields.String(required=True)
    appointment = fields.String(required=True)
    seat = fields.String(required=True)
    person = fields.String(required=True)
    account = fields.String(required=True)
    effective_on = fields.Date(required=True)
    why = fields.String(required=True)
    waiting = fields.Integer(required=True)
    waiting_since = fields.AwareDateTime(required=True, allow_none=True)
    last_acted_at = fields.AwareDateTime(required=True, allow_none=True)
    position = fields.Integer(required=True)


class StaleAppointmentsSchema(CountedSchema):
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


class UnfinishedFindingsSchema(CountedSchema):
    """A page of findings, the newest first."""

    findings = fields.List(fields.Nested(UnfinishedFindingSchema), required=True)


@late.get("")
@late.arguments(LateQuery, location="query")
@late.response(200, LateActsSchema)
def list_late(query: dict[str, Any]) -> Answered:
    """List cases decided late, things entered late, and returns that raised items late."""
    page, count, link = listed(late_acts(acting(), query["kind"]), query)
    return {"acts": page, "count": count}, 200, link


@stale.get("")
@stale.arguments(StaleQuery, location="query")
@stale.response(200, StaleAppointmentsSchema)
def list_stale(query: dict[str, Any]) -> Answered:
    """List open appointments that can't be used, or aren't though cases wait."""
    page, count, link = listed(stale_appointments(acting(), query["idle_days"]), query)
    return {"appointments": page, "count": count}, 200, link


@unfinished.get("")
@unfinished.arguments(PageQuery, location="query")
@unfinished.response(200, UnfinishedFindingsSchema)
def list_unfinished(query: dict[str, Any]) -> Answered:
    """List findings without revocation or disqualification, or without an integrity record."""
    page, count, link = listed(unfinished_findings(acting()), query)
    return {"findings": page, "count": count}, 200, link


def late_acts(who: Acting, kind: str | None) -> Listing[lateness.LateAct]:
    """Late acts in the caller's charge. Raises the problem ``FORBIDDEN``."""
    return lateness.found(scope_to_read(Act.READ_FINDINGS, who), kind=kind)


def stale_appointments(
    who: Acting, idle_days: int = exceptions.IDLE_DAYS
) -> Listing[exceptions.StaleAppointment]:
    """Seats in the caller's charge that nobody uses. Raises the problem ``FORBIDDEN``."""
    idle_since = who.at - timedelta(days=idle_days)
    scope = scope_to_read(Act.READ_FINDINGS, who)
    return exceptions.stale_appointments(scope, on=who.today, idle_since=idle_since)


def unfinished_findings(who: Acting) -> Listing[exceptions.Unfinished]:
    """Findings in the caller's charge that brought nothing. Raises the problem ``FORBIDDEN``."""
    return exceptions.unfinished(scope_to_read(Act.READ_FINDINGS, who))
