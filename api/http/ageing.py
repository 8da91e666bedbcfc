"""How long cases have waited at their stages: ``/v1/ageing-report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, relations_for
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery, place_of
from api.http.acting import Answered, acting
from api.http.lists import paged, scope_below
from api.problems import Problem
from api.services import services
from domain.beijing import day
from domain.case.values import LawReference
from projections import queue, status

if TYPE_CHECKING:
    from datetime import date

    from projections.queue import Waiting
    from projections.status import CaseStatus

blueprint = Blueprint(
    "ageing", prefix="/v1/ageing-report", description="办理时长 / ageing of cases"
)


class AgeingSchema(AnswerSchema):
    """A case that waits at a stage; ``aged`` once it has waited the days that the law names.

    ``days`` are calendar days in Beijing since it came to the seat; ``ageing_days`` is null where
    no edition of the law that is kept here knows the stage.
    """

    case = fields.String(required=True)
    number = fields.String(required=True)
    employer = fields.String(required=True)
    stage = fields.String(required=True)
    label = fields.String(required=True)
    organisation = fields.String(required=True)
    seat = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    days = fields.Integer(required=True)
    ageing_days = fields.Integer(required=True, allow_none=True)
    aged = fields.Boolean(required=True)


class AgeingReportSchema(AnswerSchema):
    """A page of what waits, the longest waiting first."""

    cases = fields.List(fields.Nested(AgeingSchema), required=True)


@blueprint.get("")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, AgeingReportSchema)
def read(query: dict[str, Any]) -> Answered:
    """List what waits at the caller's organisation and beneath it, the longest waiting first."""
    who, place = acting(), place_of(query["cursor"])
    if not relations_for(Act.READ_AGEING, who.roles):
        raise Problem("FORBIDDEN")
    with services().views.connection() as connection:
        scope = scope_below(Act.READ_AGEING, who, connection)
        found = queue.standing_at(
            connection,
            sorted(scope.organisations),
            after=0 if place is None else int(str(place[0])),
            limit=query["limit"] + 1,
        )
        page, link = paged(found, query["limit"], lambda row: (row.since_position,))
        known = status.among(connection, [row.case for row in page])
    return {"cases": [_row(row, known[row.case], who.today) for row in page]}, 200, link


def _row(row: Waiting, case: CaseStatus, today: date) -> dict[str, Any]:
    law = services().office.laws.of(
        LawReference(pack=case.pack, number=case.pack_number, digest=case.pack_digest)
    )
    assert row.since is not None
    assert row.stage is not None
    days = (today - day(row.since)).days
    limit = law.ageing_days(row.stage)
    return {
        "case": row.case,
        "number": row.number,
        "employer": row.employer,
        "stage": row.stage,
        "label": row.label,
        "organisation": row.organisation,
        "seat": row.seat,
        "since": row.since,
        "days": days,
        "ageing_days": limit,
        "aged": limit is not None and days >= limit,
    }
