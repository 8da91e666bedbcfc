"""Holds (保全): what is known of a person is kept from erasure, at an inspector's request.

Placed and lifted beneath ``/v1/persons/…/holds``, listed at ``/v1/holds``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, permitted, relations_for
from api.acts.erasure import LIFT, PLACE
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.http.acting import Answered, AppendedSchema, acting, asking, posts, takes, told
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.showing import words
from api.services import services
from projections import holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from projections.holds import Hold
    from projections.listing import Listing

blueprint = Blueprint("holds", prefix="/v1/persons", description="保全 / holds on erasure")
placed = Blueprint(
    "placed-holds", prefix="/v1/holds", description="保全清单 / holds in one's charge"
)
_LONGEST = 4000


class HoldBody(Body):
    """Why what is known of a person has to be kept, and by which mandate (文号)."""

    mandate = Text(required=True, longest=100)
    reason = Text(required=True, longest=_LONGEST)


class HoldLiftingBody(Body):
    """Why it is no longer needed."""

    reason = Text(required=True, longest=_LONGEST)


class HoldsQuery(PageQuery):
    """Those that stand, or with ``lifted`` those that were lifted as well."""

    lifted = fields.Boolean(load_default=False)


class HoldSchema(AnswerSchema):
    """One hold, by whom and why it was placed, and whether it was lifted."""

    hold = fields.String(required=True)
    person = fields.String(required=True)
    mandate = fields.String(required=True)
    reason = fields.String(required=True)
    placed_by = fields.String(required=True, allow_none=True)
    placed_at = fields.AwareDateTime(required=True)
    lifted_by = fields.String(required=True, allow_none=True)
    lifted_at = fields.AwareDateTime(required=True, allow_none=True)
    position = fields.Integer(required=True)
    acts = fields.List(fields.String(), required=True)


class HoldsSchema(CountedSchema):
    """A page of holds, the newest first."""

    holds = fields.List(fields.Nested(HoldSchema), required=True)


class HoldAppendedSchema(AppendedSchema):
    """The hold that was placed."""

    hold = fields.String(required=True)


@placed.get("")
@placed.arguments(HoldsQuery, location="query")
@placed.response(200, HoldsSchema)
def list_holds(query: dict[str, Any]) -> Answered:
    """List the holds on persons in the caller's charge."""
    who = acting()
    page, count, link = listed(found_holds(who, lifted=query["lifted"]), query)
    return {"holds": _rows(who, page), "count": count}, 200, link


@takes(blueprint, "/<person_id>/holds", PLACE, HoldBody, answers=HoldAppendedSchema)
def place_hold(body: dict[str, str], person_id: str) -> Answered:
    """Keep what is known of a person from being erased, as an inspector."""
    answer = guard(services().office, asking(PLACE), PLACE, person_id, **body)
    placed = services().record.load(person_id).recorded[(answer.version_of(person_id) or 1) - 1]
    return told(answer, PLACE, person_id, hold=getattr(placed.event, "hold", ""))


posts(blueprint)("/<person_id>/holds/<hold>/liftings", LIFT, HoldLiftingBody)


def found_holds(who: Acting, *, lifted: bool) -> Listing[Hold]:
    """Holds in the caller's charge. Raises the problem ``FORBIDDEN``."""
    return holds.visible(scope_to_read(Act.READ_HOLDS, who), standing=not lifted)


def _rows(who: Acting, page: Sequence[Hold]) -> list[dict[str, Any]]:
    sealed = [row.reason for row in page if row.reason is not None]
    reasons = dict(zip(sealed, services().record.opened(sealed), strict=True))
    may_lift = permitted(Act.HOLD_PERSON, who.roles, relations_for(Act.READ_HOLDS, who.roles))
    return [
        {
            "hold": row.hold,
            "person": row.person,
            "mandate": row.mandate,
            "reason": "" if row.reason is None else words(reasons[row.reason], visible=True),
            "placed_by": row.placed_by,
            "placed_at": row.placed_at,
            "lifted_by": row.lifted_by,
            "lifted_at": row.lifted_at,
            "position": row.position,
            "acts": [Act.HOLD_PERSON.value] if may_lift and row.lifted_at is None else [],
        }
        for row in page
    ]
