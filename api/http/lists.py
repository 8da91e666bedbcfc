"""What the lists have in common: whose rows they show, how many, and where the next page begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from marshmallow import fields

from api.access import Relation, relations_for
from api.acts.standing import scope_for
from api.conventions.fields import AnswerSchema
from api.conventions.paging import link_to_next, place_of
from api.problems import Problem
from api.services import services
from projections import organisations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection

    from api.access import Act
    from api.acts.acting import Acting
    from api.conventions.paging import Place
    from projections.listing import Listing
    from projections.scope import Scope

Row = TypeVar("Row")


class CountedSchema(AnswerSchema):
    """A page of a list, with how many there were on all its pages when its first was asked for."""

    count = fields.Integer(required=True)


def scope_to_read(act: Act, acting: Acting) -> Scope:
    """The rows on which the table lets the caller do ``act``.

    Raises the problem ``FORBIDDEN`` to whoever may do it nowhere.
    """
    if not relations_for(act, acting.roles):
        raise Problem("FORBIDDEN")
    return scope_for(act, services().office.deliberate(acting))


def scope_below(act: Act, acting: Acting, connection: Connection[Any]) -> Scope:
    """The rows on which the table lets the caller do ``act``, with every organisation by name.

    For lists that don't know who stands above an organisation: those beneath the caller's are
    named one by one.
    """
    scope = scope_for(act, services().office.deliberate(acting))
    if Relation.SUBORDINATE not in relations_for(act, acting.roles):
        return scope
    below = [organisations.beneath(connection, each) for each in scope.organisations]
    return replace(scope, organisations=scope.organisations.union(*below))


def paged(
    found: Sequence[Row], limit: int, place: Callable[[Row], Place]
) -> tuple[Sequence[Row], dict[str, str]]:
    """The rows of a page, of which one more than ``limit`` was asked for, and the Link header."""
    page = found[:limit]
    return page, link_to_next(place(page[-1]) if len(found) > limit else None)


def listed(
    listing: Listing[Row], query: dict[str, Any]
) -> tuple[Sequence[Row], int, dict[str, str]]:
    """The rows of the page that the query asks for, how many there are, and the Link header.

    They are counted for the first page alone; the cursor carries the number on.
    """
    behind = place_of(query["cursor"])
    *before, counted = behind or (None,)
    with services().views.connection() as connection:
        found = listing.page(connection, before=before or None, limit=query["limit"] + 1)
        count = listing.count(connection) if counted is None else int(counted)
    page, link = paged(
        found,
        query["limit"],
        lambda row: (*(getattr(row, each) for each in listing.place), count),
    )
    return page, count, link
