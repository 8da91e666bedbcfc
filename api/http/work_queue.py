"""What waits for the reviewer who is signed in: ``/v1/work-queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, Relation, permitted
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery, place_of
from api.http.acting import Answered, acting
from api.http.lists import paged
from api.http.names import names_of
from api.problems import Problem
from api.services import services
from projections import people, queue

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.queue import Waiting

blueprint = Blueprint("work-queue", prefix="/v1/work-queue", description="待办 / what waits")


class WaitingSchema(AnswerSchema):
    """A case that waits for a seat that the caller holds, or stands in for.

    ``may_act`` is false where separation of duties keeps the caller from acting in it: their own
    case, one in which they acted in the opposite seat, one to which they dealt with an objection,
    or one that they investigated.
    """

    case = fields.String(required=True)
    number = fields.String(required=True)
    applicant = fields.String(required=True)
    applicant_name = fields.String(required=True)
    employer = fields.String(required=True)
    series = fields.String(required=True)
    specialty = fields.String(required=True)
    level = fields.String(required=True)
    round = fields.Integer(required=True)
    stage = fields.String(required=True)
    label = fields.String(required=True)
    organisation = fields.String(required=True)
    seat = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    complete_by = fields.Date(required=True, allow_none=True)
    substitute = fields.String(required=True, allow_none=True)
    may_act = fields.Boolean(required=True)


class QueueSchema(AnswerSchema):
    """A page of what waits, the longest waiting first."""

    cases = fields.List(fields.Nested(WaitingSchema), required=True)


@blueprint.get("")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, QueueSchema)
def read(query: dict[str, Any]) -> Answered:
    """List the cases that wait for the caller, the longest waiting first."""
    who, place = acting(), place_of(query["cursor"])
    if not permitted(Act.READ_QUEUE, who.roles, {Relation.ORGANISATION}):
        raise Problem("FORBIDDEN")
    with services().views.connection() as connection:
        own = people.circle(connection, who.actor.person)
        found = queue.waiting(
            connection,
            _seats(who),
            sorted(own),
            after=0 if place is None else int(str(place[0])),
            limit=query["limit"] + 1,
        )
        page, link = paged(found, query["limit"], lambda row: (row.since_position,))
        names = names_of(connection, [row.applicant for row in page])
    rows = [_row(row, names[row.applicant], may_act=own.isdisjoint(row.barred)) for row in page]
    return {"cases": rows}, 200, link


def _seats(who: Acting) -> list[tuple[str, str]]:
    """The seats that the account holds today, from the record itself."""
    own = who.actor.organisation
    if own is None:
        return []
    seats = services().office.deliberate().seats(own)
    return [(own, each.seat) for each in seats.held_by(who.actor.account, who.today)]


def _row(row: Waiting, name: str, *, may_act: bool) -> dict[str, Any]:
    return {
        "case": row.case,
        "number": row.number,
        "applicant": row.applicant,
        "applicant_name": name,
        "employer": row.employer,
        "series": row.series,
        "specialty": row.specialty,
        "level": row.level,
        "round": row.round,
        "stage": row.stage,
        "label": row.label,
        "organisation": row.organisation,
        "seat": row.seat,
        "since": row.since,
        "complete_by": row.complete_by,
        "substitute": row.substitute,
        "may_act": may_act,
    }
