"""Holds (暂缓删除): what is known of a person is kept from erasure, at an inspector's request.

Placed and lifted beneath ``/v1/persons/…/holds``, listed at ``/v1/holds``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, permitted, relations_for
from api.acts.guard import guard
from api.acts.hold import LIFT, PLACE
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, DocumentNumber, Statement
from api.conventions.paging import PageQuery
from api.http.act_operations import acts_field, way_of
from api.http.acting import Answered, AppendedSchema, asking, posts, takes, told
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import members, opened, shows
from api.services import services
from projections import holds
from projections.holds import Hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from projections.listing import Gathered

blueprint = Blueprint("holds", prefix="/v1/persons", description="暂缓删除 / holds on erasure")
placed = Blueprint(
    "placed-holds", prefix="/v1/holds", description="暂缓删除清单 / holds in one's charge"
)


class HoldBody(Body):
    """Why what is known of a person has to be kept, and by which mandate (文号)."""

    mandate = DocumentNumber()
    reason = Statement()


class HoldLiftingBody(Body):
    """Why it is no longer needed."""

    reason = Statement()


class HoldsQuery(PageQuery):
    """Those that stand, or with ``lifted`` those that were lifted as well."""

    lifted = fields.Boolean(load_default=False)


@shows(Hold, "hold person mandate placed_by placed_at lifted_by lifted_at position")
class HoldSchema(AnswerSchema):
    """One hold, by whom and why it was placed, and whether it was lifted."""

    reason = fields.String()
    acts = acts_field()


class HoldAppendedSchema(AppendedSchema):
    """The hold that was placed."""

    hold = fields.String()


def _shown(who: Acting, page: Sequence[Hold]) -> list[dict[str, Any]]:
    may_lift = permitted(Act.HOLD_PERSON, who.roles, relations_for(Act.READ_HOLDS, who.roles))
    return [
        members(
            row,
            reason=row.reason or "",
            acts=[_lifting(row)] if may_lift and row.lifted_at is None else [],
        )
        for row in opened(page, "reason")
    ]


def _lifting(row: Hold) -> dict[str, Any]:
    return way_of(LIFT, Act.HOLD_PERSON, person_id=row.person, hold=row.hold)


@lists(placed, "Holds", HoldsQuery, holds=HoldSchema, shown=_shown)
def list_holds(who: Acting, query: Query) -> Gathered[Hold]:
    """List the holds on persons in the caller's charge."""
    return holds.visible(scope_to_read(Act.READ_HOLDS, who), standing=not query["lifted"])


@takes(blueprint, "/<person_id>/holds", PLACE, HoldBody, answers=HoldAppendedSchema)
def place_hold(body: dict[str, str], person_id: str) -> Answered:
    """Keep what is known of a person from being erased, as an inspector."""
    answer = guard(services().office, asking(PLACE), PLACE, person_id, **body)
    placed = services().record.load(person_id).recorded[(answer.version_of(person_id) or 1) - 1]
    return told(answer, PLACE, person_id, hold=getattr(placed.event, "hold", ""))


posts(blueprint)("/<person_id>/holds/<hold>/liftings", LIFT, HoldLiftingBody)
