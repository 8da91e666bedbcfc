"""What the rows of a list have in common (分面): ``/v1/case-facets`` and, of others, likewise.

Of what the caller may read, by the words that would narrow it further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields

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
from api.http.rows import nested, shows
from api.http.titles import list_titles
from projections.facets import MOST_ROWS, Facet, facets, of_rows

if TYPE_CHECKING:
    from api.http.lists import Find, Query

of_cases = Blueprint(
    "case-facets", prefix="/v1/case-facets", description="申报分面统计 / what cases have in common"
)
of_acts = Blueprint(
    "act-facets", prefix="/v1/act-facets", description="办理分面统计 / what acts have in common"
)
of_refusals = Blueprint(
    "refusal-facets",
    prefix="/v1/refusal-facets",
    description="拦截分面统计 / what refusals have in common",
)
of_investigations = Blueprint(
    "investigation-facets",
    prefix="/v1/investigation-facets",
    description="核查分面统计 / what investigations have in common",
)
of_titles = Blueprint(
    "title-facets",
    prefix="/v1/title-facets",
    description="职称分面统计 / what titles have in common",
)


class FacetsQuery(Schema):
    """Of which rows."""

    q = query_field()


@shows(Facet, "qualifier word count")
class FacetSchema(AnswerSchema):
    """How many rows a further term, `qualifier:word`, would leave."""


class CountedFacetsSchema(AnswerSchema):
    """The words that rows have; ``counted_all`` is false where not all rows were looked at."""

    facets = nested(FacetSchema)
    counted_all = fields.Boolean()


@of_cases.get("")
@of_cases.arguments(FacetsQuery, location="query")
@of_cases.response(200, CountedFacetsSchema)
def count_cases(query: Query) -> dict[str, Any]:
    """Count the cases that the caller may read, by the words that would narrow them further."""
    who = acting()
    asked, *_ = asked_of(who, query["q"])
    with views() as connection:
        found, whole = facets(connection, scope_to_list(Act.READ_CASE, who), asked)
    return {"facets": found, "counted_all": whole}


@of_acts.get("")
@of_acts.arguments(FacetsQuery, location="query")
@of_acts.response(200, CountedFacetsSchema)
def count_acts(query: Query) -> dict[str, Any]:
    """Count the newest thousand acts that the caller is told of, by what would narrow them."""
    words = {"act": "topic", "org": "organisation", "seat": "seat", "stage": "stage"}
    return _counted(list_acts, query, words)


@of_refusals.get("")
@of_refusals.arguments(FacetsQuery, location="query")
@of_refusals.response(200, CountedFacetsSchema)
def count_refusals(query: Query) -> dict[str, Any]:
    """Count the newest thousand refusals in the caller's charge, by what would narrow them."""
    words = {"code": "codes", "kind": "kind", "org": "organisation", "stage": "stage"}
    return _counted(list_refusals, query, words)


@of_investigations.get("")
@of_investigations.arguments(FacetsQuery, location="query")
@of_investigations.response(200, CountedFacetsSchema)
def count_investigations(query: Query) -> dict[str, Any]:
    """Count the newest thousand investigations that the caller sees, by what would narrow them."""
    return _counted(list_investigations, query, {"org": "organisation", "phase": "phase"})


@of_titles.get("")
@of_titles.arguments(FacetsQuery, location="query")
@of_titles.response(200, CountedFacetsSchema)
def count_titles(query: Query) -> dict[str, Any]:
    """Count the thousand titles that were entered last and the caller sees, by what they are."""
    words = {each: each for each in ("label", "level", "series", "state")}
    return _counted(list_titles, query, words | {"org": "organisation"})


def _counted(find: Find[Any], query: Query, words: dict[str, str]) -> dict[str, Any]:
    listed = find(acting(), query)
    with views() as connection:
        rows = listed.page(connection, limit=MOST_ROWS + 1)
    counted = of_rows(rows[:MOST_ROWS], words)
    return {"facets": counted, "counted_all": len(rows) <= MOST_ROWS}
