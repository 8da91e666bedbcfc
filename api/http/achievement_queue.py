"""Achievements that wait for the employer's word: ``/v1/work-queue/achievements``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, Relation, permitted
from api.acts.achievement import ACHIEVEMENTS
from api.acts.seats import seats_at_home
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.http.act_operations import acts_field, acts_of
from api.http.lists import Query, lists
from api.http.masking import words
from api.http.organisation_names import OrganisationNamedSchema, names_then
from api.http.person_names import KnownAsSchema, all_known_as
from api.http.rows import members, picked, shows
from api.problems import Problem
from api.services import services
from domain.person.achievements import REVIEWERS, AchievementEntered
from projections import achievement_queue
from projections.achievement_queue import Unreviewed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from projections.listing import Gathered

blueprint = Blueprint(
    "achievement-queue",
    prefix="/v1/work-queue/achievements",
    description="业绩待审核 / achievements that wait for the employer",
)
_SHOWN = "kind gained_on corrects"


@shows(AchievementEntered, _SHOWN)
@shows(Unreviewed, "person entry organisation since", there=True)
class WaitingAchievementSchema(KnownAsSchema, OrganisationNamedSchema):
    """An entry on which no employer has said anything yet, and what the caller may do about it.

    ``organisation`` is the employer through which it was entered. ``acts`` is empty for whose
    own entry it is: nobody confirms their own.
    """

    title = fields.String(required=True)
    acts = acts_field()


def _shown(who: Acting, page: Sequence[Unreviewed]) -> list[dict[str, Any]]:
    known = all_known_as(row.person for row in page)
    houses = names_then(
        services().office.desk(who), ((row.organisation, row.position) for row in page)
    )
    told = ((row, _told(who, row)) for row in page)
    return [
        members(row, **entry, **known[row.person]) | house
        for (row, entry), house in zip(told, houses, strict=True)
        if entry is not None
    ]


def _told(who: Acting, row: Unreviewed) -> dict[str, Any] | None:
    """What the record says of an entry; None where the caller may know of it no more."""
    try:
        seen = read_thing(services().office, who, ACHIEVEMENTS, row.person)
    except Problem as problem:
        if problem.code != "NOT_FOUND":
            raise
        return None
    entered = (each for each in seen.history.events if isinstance(each, AchievementEntered))
    event = next(each for each in entered if each.entry == row.entry)
    acts = acts_of(seen, row.person, "", entry=row.entry)
    return {
        **picked(event, _SHOWN),
        "title": words(event.title, visible=True),
        "acts": [each for each in acts if each["act"] == Act.REVIEW_ACHIEVEMENT],
    }


@lists(
    blueprint,
    "WaitingAchievements",
    PageQuery,
    count=False,
    achievements=WaitingAchievementSchema,
    shown=_shown,
)
def read(who: Acting, _query: Query) -> Gathered[Unreviewed]:
    """List the achievements that wait for the caller's organisation, the longest first."""
    if not permitted(Act.READ_QUEUE, who.roles, {Relation.ORGANISATION}):
        raise Problem("FORBIDDEN")
    seated = seats_at_home(services().office.desk(who), *REVIEWERS)
    return achievement_queue.waiting((who.actor.organisation or "") if seated else "")
