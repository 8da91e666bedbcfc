"""Persons (人员): their names and documents, and who is the same human being.

Names and numbers are sealed here as they are in the record; a person is found by document
through the record's own table of identities, and by name through ``projections.names``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.person import events as person
from projections import organisations
from projections.accounts import HELD, accounts
from projections.fact import Sealed
from projections.listing import ALWAYS, both, either
from projections.scope import Scope
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition
    from projections.page import Page


@dataclass(slots=True)
class Named:
    """A person is known by this name from position ``since`` on."""

    person: str
    since: int
    name: Sealed | None


@dataclass(slots=True)
class Document:
    """An identity document of a person; ``as_entered`` where something else was typed.

    ``bound`` is the position, ``version`` the version of the binding in the person's stream.
    """

    person: str
    bound: int
    kind: str
    number: Sealed | None
    as_entered: Sealed | None
    version: int


@dataclass(slots=True)
class Link:
    """Person and ``other`` were held to be one human being from position ``since`` to ``until``."""

    person: str
    since: int
    other: str
    link: str
    until: int | None


named = Table("person_named", Named, key=("person", "since"))
documents = Table("person_document", Document, key=("person", "bound"))
links = Table("person_link", Link, key=("person", "since"), indexes=("(other)",))
view = View("people", 7, (named, documents, links))


@view.on(person.PersonRegistered, person.PersonRenamed)
def _named(fact: Fact, page: Page) -> None:
    page.rows(named).add(Named(fact.stream, fact.position, fact.sealed("name")))


@view.on(person.DocumentBound)
def _bound(fact: Fact, page: Page) -> None:
    page.rows(documents).put(
        Document(
            fact.stream,
            fact.position,
            fact["kind"],
            fact.sealed("number"),
            fact.sealed("as_entered"),
            fact.version,
        )
    )


@view.on(person.BindingCorrected)
def _corrected(fact: Fact, page: Page) -> None:
    for each in page.rows(documents).of(fact.stream):
        if each.version == fact["bound"]:
            page.rows(documents).remove(fact.stream, each.bound)


@view.on(person.PersonsLinked)
def _linked(fact: Fact, page: Page) -> None:
    page.rows(links).put(Link(fact.stream, fact.position, fact["other"], fact["link"], None))


@view.on(person.PersonsUnlinked)
def _unlinked(fact: Fact, page: Page) -> None:
    for each in page.rows(links).of(fact.stream):
        if each.other == fact["other"] and each.until is None:
            each.until = fact.position
            page.rows(links).put(each)


def names_of_each(column: str) -> str:
    """SQL for every name that the person in a column has or had, the oldest first."""
    return f"ARRAY(SELECT name FROM {named.stored} WHERE person = {column} ORDER BY since)"


def names_of(connection: Connection[Any], ids: Sequence[str]) -> list[Named]:
    """Every name that some persons have or had, the oldest first."""
    return named.select(connection, "WHERE person = ANY (%s) ORDER BY since", (list(ids),))


_HELD = f"""EXISTS (SELECT FROM {accounts.stored} AS held
    WHERE held.person = {{column}} AND {{how}} OFFSET 0)"""
"""``OFFSET`` lets it be asked of one person after the other, and not first of all accounts."""


def seen(scope: Scope, column: str) -> Condition:
    """That the person in a column is the caller, or holds an account of an organisation shown.

    One that was opened for them and that they never claimed is not theirs.
    Whoever holds none any more is where they held any: to who watches there, and nobody else.
    """
    if scope.everything:
        return ALWAYS
    usable = HELD.format("held")
    here, given = organisations.seen(scope, "held.organisation")
    there, areas = organisations.seen(Scope(areas=scope.areas), "held.organisation")
    left: Condition = (f"NOT {_HELD.format(column=column, how=usable)}", [])
    return either(
        (f"{column} = ANY (%s)", [sorted(scope.persons)]),
        (_HELD.format(column=column, how=f"{usable} AND {here}"), given),
        both(left, (_HELD.format(column=column, how=there), areas)),
    )


def shown(connection: Connection[Any], scope: Scope, some: Sequence[str]) -> set[str]:
    """Those of some persons that ``scope`` shows."""
    where, given = seen(scope, "asked.person")
    rows = connection.execute(
        f"SELECT person FROM unnest(%s::text[]) AS asked (person) WHERE {where}",
        [list(some), *given],
    )
    return {person for (person,) in rows}


def circle(
    connection: Connection[Any], person: str, *, known_at: int | None = None
) -> frozenset[str]:
    """All persons who are the same human being as this one, itself among them.

    ``known_at`` asks for the links that stood at a position ("as then"); None for those that
    stand now ("as corrected").
    """
    rows = connection.execute(
        f"""
        WITH RECURSIVE standing (one, other) AS (
            SELECT person, other FROM {links.stored}
            WHERE since <= coalesce(%(at)s, since)
              AND (until IS NULL OR until > %(at)s)
        ), same (person) AS (
            VALUES (%(person)s COLLATE "C")
            UNION
            SELECT CASE WHEN one = same.person THEN other ELSE one END
            FROM same JOIN standing ON same.person IN (one, other)
        )
        SELECT person FROM same
        """,
        {"person": person, "at": known_at},
    )
    return frozenset(each for (each,) in rows)


def documents_of(connection: Connection[Any], ids: Sequence[str]) -> list[Document]:
    """The documents of some persons in the order in which they were bound."""
    return documents.select(connection, "WHERE person = ANY (%s) ORDER BY bound", (list(ids),))
