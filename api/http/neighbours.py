"""What stands beside an item of a list (前后项): ``/v1/neighbours/<list>/<item>``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields
from psycopg import Connection

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.case_acts import list_acts
from api.http.case_list import asked_of
from api.http.inspections import list_refusals
from api.http.investigations import list_investigations
from api.http.lists import scope_to_list, views
from api.http.query.reading import query_field
from api.http.titles import list_titles
from api.problems import Problem
from projections import case_scope, investigations
from projections.listing import Gathered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.acts.acting import Acting
    from api.http.lists import Query

blueprint = Blueprint(
    "neighbours", prefix="/v1/neighbours", description="清单中的前后项 / what stands beside an item"
)


class BesideQuery(Schema):
    """How the list is narrowed and ordered."""

    q = query_field()


class BesideSchema(AnswerSchema):
    """What comes before an item of a list and what after it, where there is any."""

    item = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


@blueprint.get("/<listed>/<item>")
@blueprint.arguments(BesideQuery, location="query")
@blueprint.response(200, BesideSchema)
def read_neighbours(query: Query, listed: str, item: str) -> dict[str, Any]:
    """Read which items stand beside one in the list that it was reached from.

    A case or an investigation is named by its id, what was done or refused, and a title, by its
    position; `cases`, `acts`, `refusals`, `investigations` and `titles` are the lists. 404 where
    the list, as the caller may see it now, does not hold it.
    """
    who = acting()
    with views() as connection:
        if listed == "cases":
            before, after = _cases_beside(connection, who, query, item)
        elif listed in _BY_POSITION:
            before, after = _BY_POSITION[listed].beside(connection, who, query, item)
        else:
            raise Problem("NOT_FOUND")
    return {"item": item, "before": before, "after": after}


Beside = tuple[str | None, str | None]


def _cases_beside(connection: Connection[Any], who: Acting, query: Query, item: str) -> Beside:
    asked, order, begun = asked_of(who, query["q"])
    scope, own = scope_to_list(Act.READ_CASE, who), ('case_status."case" = %s', [item])
    itself = case_scope.visible(scope, [*asked, own], order)
    found = itself.page(connection, limit=1)
    if not found:
        raise Problem("NOT_FOUND")
    place = [getattr(found[0], each) for each in itself.place]
    sides = (replace(order, descending=not order.descending), order)
    before, after = (
        next((row.case for row in listed.page(connection, behind=place, limit=1)), None)
        for listed in (case_scope.visible(scope, asked, each, begun) for each in sides)
    )
    return before, after


_DIGITS = 15
"""Of a position, at most: so many fit the numbers of every reader of JSON."""


def _position(_: Connection[Any], item: str) -> int | None:
    return int(item) if item.isascii() and item.isdigit() and len(item) <= _DIGITS else None


@dataclass(frozen=True)
class _Positioned:
    """A list in the order of positions; ``named`` tells its items apart, ``placed`` finds one."""

    find: Callable[..., Gathered[Any]]
    named: str
    placed: Callable[[Connection[Any], str], int | None]

    def beside(self, connection: Connection[Any], who: Acting, query: Query, item: str) -> Beside:
        """What stands beside an item. Raises the problem ``NOT_FOUND``."""
        newest, oldest = (self.find(who, query, ascending=way) for way in (False, True))
        place = self.placed(connection, item)
        if place is None or self._first(oldest, connection, place - 1) != item:
            raise Problem("NOT_FOUND")
        return self._first(oldest, connection, place), self._first(newest, connection, place)

    def _first(self, listed: Gathered[Any], connection: Connection[Any], behind: int) -> str | None:
        found = listed.page(connection, behind=[behind], limit=1)
        return str(getattr(found[0], self.named)) if found else None


_BY_POSITION: Mapping[str, _Positioned] = {
    "acts": _Positioned(list_acts, "position", _position),
    "refusals": _Positioned(list_refusals, "position", _position),
    "investigations": _Positioned(list_investigations, "investigation", investigations.place_of),
    "titles": _Positioned(list_titles, "position", _position),
}
"""The lists whose items come in the order of the record, the newest first."""
