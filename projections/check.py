"""Replaying the record beside the living views and comparing every row.

What differs was changed by a hand, or by a program that follows otherwise than this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from projections.advance import Record, UpTo
from projections.progress import NAMED, names_of
from projections.rebuild import abandon, apply_all, giving_back, grow
from projections.schema import rebuilding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from psycopg import Connection

    from projections.table import Table
    from projections.view import View


class NotTogetherError(Exception):
    """Some views are still being caught up, so there is nothing to compare with."""


@dataclass(frozen=True)
class Difference:
    """One value that is not as the record says; sealed words stay sealed.

    A row that is missing, or too much, differs in column ``*``: one side is None.
    """

    table: str
    key: tuple[Any, ...]
    column: str
    expected: Any
    actual: Any


def differences(
    connection: Connection[Any],
    live: str,
    record: Record,
    views: Sequence[View],
    tell: Callable[[int], None] = lambda _: None,
) -> Iterator[Difference]:
    """Every value in some views of schema ``live`` that is not what the record says.

    ``connection`` as for a rebuild; an interrupted rebuild of these views is thrown away.
    Following waits while the rows are compared.
    Raises ``NotTogetherError``, ``RebuildRunningError`` and ``StoppedError``.
    """
    with giving_back(connection):
        abandon(connection, live, views)
        grow(connection, live, UpTo(record, _standing(connection, live, views)), views, tell)
        with connection.transaction():
            position = _standing(connection, live, views)
            apply_all(connection, UpTo(record, position), views, tell)
            for view in views:
                for table in view.tables:
                    yield from _compared(connection, live, table)
        abandon(connection, live, views)


def _standing(connection: Connection[Any], live: str, views: Sequence[View]) -> int:
    """Where the living views stand; inside a transaction they stay there until its end."""
    query = sql.SQL(f"SELECT position FROM {{}}.progress WHERE {NAMED} ORDER BY view FOR UPDATE")
    rows = connection.execute(query.format(sql.Identifier(live)), names_of(views)).fetchall()
    positions = {position for (position,) in rows}
    if len(rows) != len(views) or len(positions) > 1:
        msg = "the views do not stand at one position yet; wait until they have caught up"
        raise NotTogetherError(msg)
    return int(positions.pop()) if positions else 0


def _compared(connection: Connection[Any], live: str, table: Table[Any]) -> Iterator[Difference]:
    name = sql.Identifier(table.stored)
    pairs = connection.execute(
        sql.SQL(
            "SELECT to_jsonb(expected), to_jsonb(actual) FROM {}.{} AS expected "
            "FULL JOIN {}.{} AS actual USING ({}) WHERE expected IS DISTINCT FROM actual"
        ).format(
            sql.Identifier(rebuilding(live)),
            name,
            sql.Identifier(live),
            name,
            sql.SQL(", ").join(map(sql.Identifier, table.key)),
        )
    )
    for expected, actual in pairs.fetchall():
        key = tuple((expected or actual)[column] for column in table.key)
        if expected is None or actual is None:
            yield Difference(table.name, key, "*", expected, actual)
            continue
        for column in table.columns:
            if expected[column] != actual[column]:
                yield Difference(table.name, key, column, expected[column], actual[column])
