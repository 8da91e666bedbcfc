"""How long cases have waited at their stages: ``/v1/ageing-report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.http.lists import Query, lists, scope_to_read
from api.http.organisation_names import HousesNamedSchema, waiting_names
from api.http.rows import members, shows
from api.services import services
from domain.beijing import day
from projections import case_status, work_queue
from projections.queue_rows import Queued

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from api.acts.acting import Acting
    from projections.case_status import CaseStatus
    from projections.listing import Gathered

blueprint = Blueprint(
    "ageing", prefix="/v1/ageing-report", description="办理时长 / ageing of cases"
)


@shows(Queued, "urged_on urged_above due_on")
@shows(Queued, "case number employer stage label organisation seat since", there=True)
class AgeingSchema(HousesNamedSchema):
    """A case that waits at a stage; ``aged`` once it has waited the days that the law names.

    ``days`` are calendar days in Beijing since it came to the seat; ``ageing_days`` is null where
    no edition of the law that is kept here knows the stage. ``urged_on`` is when whose turn it is
    was told (催办), ``urged_above`` the office above that was told, too, ``due_on`` the last day
    that they were told of.
    """

    days = fields.Integer()
    ageing_days = fields.Integer(allow_none=True)
    aged = fields.Boolean()


def _shown(who: Acting, page: Sequence[Queued]) -> list[dict[str, Any]]:
    with services().views.connection() as connection:
        known = case_status.among(connection, [row.case for row in page])
    return [
        _aged(row, known[row.case], who.today) | houses
        for row, houses in zip(page, waiting_names(who, page), strict=True)
    ]


def _aged(row: Queued, case: CaseStatus, today: date) -> dict[str, Any]:
    law = services().office.laws.edition(case.pack_digest)
    assert row.since is not None
    assert row.stage is not None
    days = (today - day(row.since)).days
    limit = law.ageing_days(row.stage)
    return members(row, days=days, ageing_days=limit, aged=limit is not None and days >= limit)


@lists(blueprint, "AgeingReport", PageQuery, count=False, cases=AgeingSchema, shown=_shown)
def read(who: Acting, _query: Query) -> Gathered[Queued]:
    """List what waits at the caller's organisation and beneath it, the longest waiting first."""
    return work_queue.standing_at(scope_to_read(Act.READ_AGEING, who))
