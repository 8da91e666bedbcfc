"""Queries that somebody keeps: ``/v1/queries``; and what stands beside an item of a list.

An address that is shared holds the id of a query and where in its list one is, never what is asked:
``q=stored:query-…``. It is read anew by whoever opens it, and finds what they may see; the id of a
search serves who searched alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf

from api.access import Act
from api.acts.desk import known
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body
from api.http.acting import acting
from api.http.case_list import asked_of
from api.http.lists import scope_to_list, scope_to_read, views
from api.http.query.grammar import LONGEST
from api.http.query.qualifiers import LANGUAGES
from api.http.query.reading import query_field, read, written_out
from api.http.rows import nested, shows
from api.problems import Problem
from api.services import services
from api.tables.queries import StoredQuery
from projections import act_questions, case_scope, refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from psycopg import Connection

    from api.acts.acting import Acting
    from projections.listing import Gathered

blueprint = Blueprint(
    "queries", prefix="/v1/queries", description="保存的检索 / queries that are kept"
)
beside = Blueprint(
    "neighbours", prefix="/v1/neighbours", description="清单中的前后项 / what stands beside an item"
)
_LISTS = OneOf(sorted(LANGUAGES))


class QueryBody(Body):
    """What is asked of which list."""

    list = fields.String(validate=_LISTS)
    q = fields.String(
        validate=Length(1, LONGEST),
        metadata={"description": "`/v1/qualifiers` tells what there is."},
    )


@shows(StoredQuery, "query list stored_at")
class StoredQuerySchema(AnswerSchema):
    """A query that is kept; `q=stored:` and its id stand for its terms, with others beside."""

    q = fields.String(attribute="asked")


class StoredQueriesSchema(AnswerSchema):
    """What the caller keeps."""

    queries = nested(StoredQuerySchema)


@blueprint.post("")
@blueprint.tells(409)
@blueprint.arguments(QueryBody)
@blueprint.response(201, StoredQuerySchema)
def keep(body: dict[str, Any]) -> StoredQuery:
    """Keep a query under an id; the same again under the same id."""
    who, language = acting(), LANGUAGES[body["list"]]
    read(body["q"], language.qualifiers, who, sorts=language.sorts, pointer="/q")
    asked = written_out(body["q"])
    kept = services().queries.keep(who.actor.account, body["list"], asked, who.at)
    if kept is None:
        raise Problem("QUERIES_FULL")
    return kept


@blueprint.get("")
@blueprint.response(200, StoredQueriesSchema)
def list_queries() -> dict[str, Any]:
    """List the queries that the caller keeps, the newest first."""
    return {"queries": services().queries.of(acting().actor.account)}


@blueprint.get("/<query_id>")
@blueprint.response(200, StoredQuerySchema)
def read_query(query_id: str) -> StoredQuery:
    """Read a query by its id, also one that another keeps: it names people by ids alone."""
    acting()
    return known(services().queries.find(query_id))


@blueprint.delete("/<query_id>")
@blueprint.response(204)
def let_go(query_id: str) -> None:
    """Keep a query no more: what was shared by its id finds nothing from then on."""
    if not services().queries.let_go(query_id, acting().actor.account):
        raise Problem("NOT_FOUND")


class BesideQuery(Schema):
    """How the list is narrowed and ordered."""

    q = query_field()


class BesideSchema(AnswerSchema):
    """What comes before an item of a list and what after it, where there is any."""

    item = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


@beside.get("/<listed>/<item>")
@beside.arguments(BesideQuery, location="query")
@beside.response(200, BesideSchema)
def read_neighbours(query: dict[str, Any], listed: str, item: str) -> dict[str, Any]:
    """Read which items stand beside one in the list that it was reached from.

    A case is named by its id, what was done or refused by its position; `cases`, `acts` and
    `refusals` are the lists. 404 where the list, as the caller may see it now, does not hold it.
    """
    who = acting()
    with views() as connection:
        if listed == "cases":
            before, after = _cases_beside(connection, who, query, item)
        elif listed in _BY_POSITION:
            before, after = _beside_position(connection, who, listed, query, item)
        else:
            raise Problem("NOT_FOUND")
    return {"item": item, "before": before, "after": after}


Beside = tuple[str | None, str | None]


def _cases_beside(
    connection: Connection[Any], who: Acting, query: Mapping[str, Any], item: str
) -> Beside:
    asked, order = asked_of(who, query["q"])
    scope, own = scope_to_list(Act.READ_CASE, who), ('case_status."case" = %s', [item])
    itself = case_scope.visible(scope, [*asked, own], order)
    found = itself.page(connection, limit=1)
    if not found:
        raise Problem("NOT_FOUND")
    place = [getattr(found[0], each) for each in itself.place]
    sides = (replace(order, descending=not order.descending), order)
    before, after = (
        next((row.case for row in listed.page(connection, behind=place, limit=1)), None)
        for listed in (case_scope.visible(scope, asked, each) for each in sides)
    )
    return before, after


_BY_POSITION: Mapping[str, tuple[Act, Callable[..., Gathered[Any]]]] = {
    "acts": (Act.READ_HISTORY, act_questions.visible),
    "refusals": (Act.READ_REFUSALS, refusals.visible),
}
"""The lists whose items are told apart by their positions, the newest first."""
_DIGITS = 15
"""Of a position, at most: so many fit the numbers of every reader of JSON."""


def _beside_position(
    connection: Connection[Any], who: Acting, listed: str, query: Mapping[str, Any], item: str
) -> Beside:
    if not (item.isascii() and item.isdigit() and len(item) <= _DIGITS):
        raise Problem("NOT_FOUND")
    act, visible = _BY_POSITION[listed]
    scope, asked = (
        scope_to_read(act, who),
        read(query["q"], LANGUAGES[listed].qualifiers, who).asked,
    )
    newest, oldest = visible(scope, asked), visible(scope, asked, ascending=True)
    place = int(item)
    itself, *_ = (*oldest.page(connection, behind=[place - 1], limit=1), None)
    if itself is None or itself.position != place:
        raise Problem("NOT_FOUND")
    before, after = (
        next((str(row.position) for row in rows.page(connection, behind=[place], limit=1)), None)
        for rows in (oldest, newest)
    )
    return before, after
