"""What waits for the reviewer who is signed in: ``/v1/work-queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, Relation, permitted
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.conventions.writing import Beside
from api.http.lists import Query, lists
from api.http.organisation_names import HousesNamedSchema, waiting_names
from api.http.person_names import known_as_each
from api.http.rows import shows
from api.problems import Problem
from api.services import services
from projections import work_queue
from projections.queue_rows import Queued

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from projections.listing import Gathered

blueprint = Blueprint("work-queue", prefix="/v1/work-queue", description="待办 / what waits")


@shows(
    Queued,
    "case number applicant employer series specialty level round complete_by substitute"
    " urged_on due_on seat",
)
@shows(Queued, "stage label organisation since", there=True)
class WaitingSchema(HousesNamedSchema):
    """A case that waits for a seat that the caller holds, or stands in for.

    ``may_act`` is false where separation of duties keeps the caller from acting in it: their own
    case, one that they filed for its applicant, one in which they acted in the opposite seat, one
    to which they dealt with an objection, one that they investigated, or one from which they are
    recused or may have to be; and where nobody in a reviewing seat goes on with it for now, so
    that an application for recusal alone waits in it.
    ``urged_on`` is when the seat was told that the case waits (催办), ``due_on`` the last day on
    which it can go on from here, as they were told then.
    ``recusal_applications`` are those in the case that wait for the caller's decision.
    ``applicant_former_names`` are those that the applicant had before (曾用名).
    """

    applicant_name = fields.String()
    applicant_former_names = fields.List(fields.String())
    may_act = fields.Boolean()
    recusal_applications = fields.List(fields.String())


def _shown(who: Acting, page: Sequence[Queued]) -> Beside:
    own, seats = _circle(who), _seats(who)
    names, former = known_as_each([row.names for row in page])
    beside: dict[str, Sequence[Any]] = {
        "applicant_name": names,
        "applicant_former_names": former,
        "may_act": [row.waiting and own.isdisjoint(row.barred) for row in page],
        "recusal_applications": [
            _to_decide(row, seats, own) if row.applications else [] for row in page
        ],
    }
    return Beside(page, beside | waiting_names(who, page))


def _to_decide(row: Queued, seats: list[tuple[str, str]], own: frozenset[str]) -> list[str]:
    """The applications that wait for a seat of the caller's, who is none of the concerned."""
    asked = {each.person for each in row.applications}
    if not own.isdisjoint({row.applicant, *row.helpers, *row.recused, *asked}):
        return []
    return [
        each.application for each in row.applications if (each.organisation, each.seat) in seats
    ]


@lists(blueprint, "Queue", PageQuery, count=False, cases=WaitingSchema, shown=_shown)
def read(who: Acting, _query: Query) -> Gathered[Queued]:
    """List the cases that wait for the caller, the longest waiting first."""
    if not permitted(Act.READ_QUEUE, who.roles, {Relation.ORGANISATION}):
        raise Problem("FORBIDDEN")
    return work_queue.waiting(_seats(who), who.actor.account)


def _circle(who: Acting) -> frozenset[str]:
    """All persons of the record who are the same human being as the caller."""
    own = who.actor.person
    return services().office.desk(who).humans([own]).circle(own)


def _seats(who: Acting) -> list[tuple[str, str]]:
    """The seats that the account holds today, from the record itself."""
    own = who.actor.organisation
    if own is None:
        return []
    seats = services().office.desk(who).seats(own)
    return [(own, each.seat) for each in seats.held_by(who.actor.account, who.today)]
