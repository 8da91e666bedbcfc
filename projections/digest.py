"""What views are, in a digest a table, so that a rebuilt view can be told to be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.backup.copying import read_out, shape_of
from audit.backup.manifest import SeenView
from projections.progress import standing
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from projections.view import View


def seen(connection: Connection[Any], live: str, views: Sequence[View]) -> tuple[SeenView, ...]:
    """The views in schema ``live`` as this connection sees them; those not made yet left out."""
    made = connection.execute("SELECT to_regclass(%s)", (f'"{live}".progress',)).fetchone()
    if made is None or made[0] is None:
        return ()
    connection.execute("SELECT set_config('search_path', quote_ident(%s), true)", (live,))
    there = {each.view: each for each in standing(connection, views)}
    return tuple(
        SeenView(
            view.name,
            view.version,
            there[view.name].position,
            tuple(
                read_out(connection, shape_of(connection, live, table.stored))
                for table in view.tables
            ),
        )
        for view in views
        if view.name in there
    )


def unlike(
    connection: Connection[Any], live: str, views: Sequence[View], expected: Sequence[SeenView]
) -> Iterator[str]:
    """The tables of schema ``live`` that are not what they were, by name."""
    with connection.transaction():
        connection.execute("SET LOCAL timezone TO 'UTC'")
        found = {table for view in seen(connection, live, views) for table in view.tables}
    for view in expected:
        yield from (table.name for table in view.tables if table not in found)
    look_at(connection, live)
