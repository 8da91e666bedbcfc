"""What the lists have in common: whose rows they show, how many, and where the next page begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from marshmallow import fields

from api.access import relations_for
from api.acts.acting import Acting
from api.acts.relation import scope_for
from api.conventions.fields import AnswerSchema
from api.conventions.paging import link_to_next, place_of
from api.http.acting import Answered, acting
from api.http.rows import nested
from api.problems import Problem
from api.services import services
from projections.listing import (
    MOST_COUNTED,
    Gathered,
    Listed,
    Listing,
    counted_from_the_first,
    leafed,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from marshmallow import Schema
    from psycopg import Connection

    from api.access import Act
    from api.conventions.blueprint import Blueprint
    from api.conventions.paging import PageQuery
    from api.conventions.writing import Beside
    from projections.scope import Scope

Row = TypeVar("Row")
Query = dict[str, Any]
"""What a list's own ``PageQuery`` read from the address."""
Find = Callable[[Acting, Query], Listing[Row] | Gathered[Row]]
Finding = TypeVar("Finding", bound=Callable[[Acting, Query], Listed[Any]])
Reading = Callable[[], "AbstractContextManager[Connection[Any]]"]
"""Gives the connection on which a list is read."""


def views() -> AbstractContextManager[Connection[Any]]:
    """A connection that sees the views, as most lists are read on."""
    return services().views.connection()


def front_door() -> AbstractContextManager[Connection[Any]]:
    """A connection that sees the tables of sign-in."""
    return services().database.connection()


class CountedSchema(AnswerSchema):
    """A page of a list, with how many there were on all its pages when its first was asked for.

    Of more than a thousand it is said that there are more: ``counted_all`` is false then.
    """

    count = fields.Integer()
    counted_all = fields.Boolean()


def scope_to_list(act: Act, acting: Acting) -> Scope:
    """The relations in which the table lets the caller do ``act``; none, to whom it never does."""
    return scope_for(act, services().office.desk(acting))


def scope_to_read(act: Act, acting: Acting) -> Scope:
    """The relations in which the table lets the caller do ``act``.

    Raises the problem ``FORBIDDEN`` to whoever may do it nowhere.
    """
    if not relations_for(act, acting.roles):
        raise Problem("FORBIDDEN")
    return scope_to_list(act, acting)


def paged(
    listed: Listed[Row], query: Query, reading: Reading = views
) -> tuple[Sequence[Row], dict[str, str]]:
    """The rows of the page that the query asks for, and the Link header."""
    with reading() as connection:
        found, reached = leafed(listed, connection, place_of(query["cursor"]), query["limit"])
    return found, link_to_next(None if reached is None else (*reached,))


def counted(
    listing: Listing[Row] | Gathered[Row], query: Query
) -> tuple[Sequence[Row], dict[str, Any], dict[str, str]]:
    """The rows of the page that the query asks for, how many there are, and the Link header.

    They are counted for the first page alone, as of the instant at which it is read; the cursor
    carries the number on.
    """
    limit = query["limit"]
    if (place := place_of(query["cursor"])) is None:
        with views() if listing.begins else services().views.instant() as connection:
            (found, reached), count = counted_from_the_first(listing, connection, limit)
    else:
        *behind, known = place
        count = int(known or 0)
        with views() as connection:
            found, reached = leafed(listing, connection, behind, limit)
    link = link_to_next(None if reached is None else (*reached, count))
    return found, told_count(count), link


def told_count(count: int) -> dict[str, Any]:
    """How many there are, as an answer tells it."""
    return {"count": min(count, MOST_COUNTED), "counted_all": count <= MOST_COUNTED}


def lists(
    blueprint: Blueprint,
    name: str,
    query: type[PageQuery],
    *,
    count: bool = True,
    reading: Reading = views,
    shown: Callable[[Acting, Sequence[Any]], Sequence[object] | Beside] = lambda _, page: page,
    **rows: type[Schema],
) -> Callable[[Finding], Finding]:
    """Let what a function finds be read page by page, at the blueprint's own address.

    ``name`` is that of what is listed, whose pages have the member given in ``rows``; ``shown``
    makes of a page's rows what the caller sees of them. What is not read from the views is not
    counted.
    """
    ((member, schema),) = rows.items()
    base = CountedSchema if count else AnswerSchema
    answer = base.from_dict({member: nested(schema)}, name=f"{name}Page")

    def decorate(find: Finding) -> Finding:
        @blueprint.get("")
        @blueprint.arguments(query, location="query")
        @blueprint.response(200, answer)
        @wraps(find)
        def view(asked: Query) -> Answered:
            who = acting()
            if count:
                page, number, link = counted(cast("Listing[Any]", find(who, asked)), asked)
                return {member: shown(who, page), **number}, 200, link
            page, link = paged(find(who, asked), asked, reading)
            return {member: shown(who, page)}, 200, link

        return find

    return decorate
