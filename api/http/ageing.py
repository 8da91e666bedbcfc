"""How long cases have waited at their stages: ``/v1/ageing-report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.conventions.writing import Beside
from api.http.lists import Query, lists, scope_to_read
from api.http.organisation_names import HousesNamedSchema, waiting_names
from api.http.rows import shows
from api.services import services
from domain.beijing import day
from projections import case_status, work_queue
from projections.queue_rows import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from api.acts.acting import Acting
    from projections.case_status import CaseStatus
    from projections.listing import Gathered

blueprint = Blueprint(
    "ageing", prefix="/v1/ageing-report", description="办理时长 / ageing of cases"
)


@shows(Standing, "urged_on urged_above due_on")
@shows(Standing, "case number employer stage label organisation seat since", there=True)
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


def _shown(who: Acting, page: Sequence[Standing]) -> Beside:
    with services().views.connection() as connection:
        known = case_status.among(connection, [row.case for row in page])
    days = [_waited(row, who.today) for row in page]
    limits = [_limit(row, known[row.case]) for row in page]
    beside: dict[str, Sequence[Any]] = {
        "days": days,
        "ageing_days": limits,
        "aged": [
            limit is not None and waited >= limit
            for waited, limit in zip(days, limits, strict=True)
        ],
    }
    return Beside(page, beside | waiting_names(who, page))


def _waited(row: Standing, today: date) -> int:
    assert row.since is not None
    return (today - day(row.since)).days


def _limit(row: Standing, case: CaseStatus) -> int | None:
    assert row.stage is not None
    return services().office.laws.edition(case.pack_digest).ageing_days(row.stage)


@lists(blueprint, "AgeingReport", PageQuery, count=False, cases=AgeingSchema, shown=_shown)
def read(who: Acting, _query: Query) -> Gathered[Standing]:
    """List what waits at the caller's organisation and beneath it, the longest waiting first."""
    return work_queue.standing_at(scope_to_read(Act.READ_AGEING, who))
