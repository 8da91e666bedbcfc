"""Queries that somebody keeps: ``/v1/queries``.

An address that is shared holds the id of a query and where in its list one is, never what is asked:
``q=stored:query-…``. It is read anew by whoever opens it, and finds what they may see; the id of a
search serves who searched alone.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from api.acts.desk import known
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body
from api.http.acting import acting
from api.http.query.grammar import LONGEST
from api.http.query.qualifiers import LANGUAGES
from api.http.query.reading import read, written_out
from api.http.rows import nested, shows
from api.problems import Problem
from api.services import services
from api.tables.queries import StoredQuery

blueprint = Blueprint(
    "queries", prefix="/v1/queries", description="保存的检索 / queries that are kept"
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
