"""What waits beside the review of cases: ``/v1/matters``; what stands still, for who is above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from marshmallow import fields

from api.access import Act, Relation, permitted, relations_for
from api.acts.addressee import dealing, offices_of
from api.acts.offers import seen_by
from api.acts.seats import objection_seats, seats_at_home
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.http.act_operations import acts_field, acts_of
from api.http.labels import MATTERS
from api.http.lists import Query, lists, scope_to_read
from api.http.organisation_names import Members, OrganisationNamedSchema, names_then
from api.http.rows import members, shows
from api.problems import Problem
from api.services import services
from domain.account.events import Role
from domain.separation import INTEGRITY_LEADER, LEADER
from projections import case_status, matters, organisations
from projections.matters import Matter
from projections.standing_still import Still, standing_still

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.acts.acting import Acting
    from projections.listing import Gathered, Sifted

Row = TypeVar("Row", Matter, Still)
_OF_A_CASE = {
    "reexamination": frozenset({Act.DECIDE_REEXAMINATION}),
    "case": frozenset({Act.TAKE_OVER, Act.DESIGNATE_SUBSTITUTE}),
}
"""What is meant of all that may be done about a case; of another matter everything is."""

blueprint = Blueprint("matters", prefix="/v1/matters", description="待办事项 / matters that wait")
still = Blueprint(
    "standing-still", prefix="/v1/standing-still", description="无人可办 / what stands still"
)


@shows(Matter, "kind stream case organisation seats due_on since")
class MatterSchema(OrganisationNamedSchema):
    """A matter that waits for a seat that the caller holds, and what they may do about it.

    ``acts`` is empty where separation of duties keeps the caller from it.
    """

    kind_name = fields.String()
    acts = acts_field()


@shows(Still, "kind stream case organisation since")
class StandingStillSchema(OrganisationNamedSchema):
    """What nobody at its office may go on with, and what the caller may do so that it goes on."""

    kind_name = fields.String()
    acts = acts_field()


def _matters_shown(who: Acting, page: Sequence[Matter]) -> list[dict[str, Any]]:
    return [
        members(row, kind_name=MATTERS[row.kind], acts=acts) | house
        for row, acts, house in _with_acts(who, page)
    ]


def _still_shown(who: Acting, page: Sequence[Still]) -> list[dict[str, Any]]:
    """Without what the law lets nobody take over: an employer's own stage."""
    with services().views.connection() as connection:
        known = case_status.among(connection, [row.stream for row in page if row.kind == "case"])
    at_home = {
        row.stream
        for row in page
        if row.kind == "case" and known[row.stream].employer == row.organisation
    }
    return [
        members(
            row,
            kind_name=MATTERS[row.kind],
            acts=[e for e in acts if e["act"] != Act.TAKE_OVER or row.stream not in at_home],
        )
        | house
        for row, acts, house in _with_acts(who, page)
    ]


def _with_acts(
    who: Acting, page: Sequence[Row]
) -> Iterator[tuple[Row, list[dict[str, Any]], Members]]:
    """Each row with what the caller may do about it, and how its organisation is called."""
    desk = services().office.desk(who)
    houses = names_then(desk, ((row.organisation, row.since_position) for row in page))
    for row, house in zip(page, houses, strict=True):
        seen = seen_by(services().office, who, row.stream)
        acts = [] if seen is None else acts_of(seen, row.stream, "", case_id=row.case)
        wanted = _OF_A_CASE.get(row.kind)
        yield row, [each for each in acts if wanted is None or each["act"] in wanted], house


@lists(blueprint, "Matters", PageQuery, count=False, matters=MatterSchema, shown=_matters_shown)
def read(who: Acting, _query: Query) -> Gathered[Matter]:
    """List the matters that wait for a seat of the caller's, the longest waiting first."""
    if not permitted(Act.READ_QUEUE, who.roles, {Relation.ORGANISATION}):
        raise Problem("FORBIDDEN")
    desk, own = services().office.desk(who), who.actor.organisation
    seats = objection_seats(desk)
    with services().views.connection() as connection:
        leads = own is not None and INTEGRITY_LEADER in seats
        beneath = organisations.beneath(connection, own) if own is not None and leads else ()
    return matters.waiting(own, seats, beneath, dealing(desk))


@lists(still, "StandingStill", PageQuery, count=False, rows=StandingStillSchema, shown=_still_shown)
def read_still(who: Acting, _query: Query) -> Sifted[Still]:
    """List what stands still at the caller's office or beneath it, the longest first.

    Cases for who leads or administers there, other matters for who leads in integrity. For a page
    a thousand are looked at that wait, at most: one that is short, or empty, may have another
    behind it, so follow the ``Link``.
    """
    desk = services().office.desk(who)
    seats = seats_at_home(desk, LEADER, INTEGRITY_LEADER)
    of_cases = LEADER in seats or who.has((Role.ADMINISTRATOR,))
    of_matters = INTEGRITY_LEADER in seats
    if not relations_for(Act.READ_AGEING, who.roles) or not (of_cases or of_matters):
        raise Problem("FORBIDDEN")
    return standing_still(
        scope_to_read(Act.READ_AGEING, who),
        who.today,
        of_cases=of_cases,
        of_matters=of_matters,
        never_about=offices_of(desk, who.actor.person),
    )
