"""Everything that stands in the tables of the views, to be compared byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.catalogue import VIEWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.view import View


def contents(connection: Connection[Any], views: Sequence[View] = VIEWS) -> dict[str, list[bytes]]:
    """The rows of each table in the order of its key, as PostgreSQL writes them out."""
    return {
        table.name: rows_of(connection, table.stored, table.key)
        for view in views
        for table in view.tables
    }


def rows_of(connection: Connection[Any], table: str, key: tuple[str, ...]) -> list[bytes]:
    """The rows of one table."""
    order = ", ".join(f'"{column}"' for column in key)
    statement = f"COPY (SELECT * FROM {table} ORDER BY {order}) TO STDOUT"  # noqa: S608
    with connection.cursor().copy(statement) as copy:
        return b"".join(bytes(chunk) for chunk in copy).splitlines()
