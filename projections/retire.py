"""Taking away what no program follows any more: earlier versions of views, views that are gone.

Every follower says for the life of its connection which versions its process uses. What this
program does not know and nobody says to use can go; a view that is wanted again is caught up
from the first event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg import sql

from projections.progress import keep_tables, names_of, prepare, progress
from projections.schema import look_at, rebuilding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.view import View


class Version(NamedTuple):
    """One version of a view, and under which names its tables are stored."""

    view: str
    version: int
    tables: tuple[str, ...]


class Retired(NamedTuple):
    """What was taken away, and what another program still uses."""

    gone: tuple[Version, ...]
    kept: tuple[Version, ...]


_KEY = "hashtextextended(concat_ws(' ', current_schema(), 'uses', view, version), 0)"


def use(connection: Connection[Any], views: Sequence[View]) -> None:
    """Say for the life of the connection that these versions of views are used.

    The connection looks at the schema in which they are shown.
    """
    connection.execute(
        f"SELECT pg_advisory_lock_shared({_KEY}) "
        "FROM unnest(%s::text[], %s::integer[]) AS used (view, version)",
        names_of(views),
    )


def retire(connection: Connection[Any], live: str, views: Sequence[View]) -> Retired:
    """Drop the tables and the progress of all versions but those of ``views``, unless used.

    ``connection`` is in autocommit mode, as the application's role.
    If we die here, each version is there or gone, with its progress.
    """
    known = {(view.name, view.version) for view in views}
    gone: list[Version] = []
    kept: list[Version] = []
    for each in sorted(_there(connection, live)):
        if (each.view, each.version) not in known:
            (gone if _dropped(connection, live, each) else kept).append(each)
    return Retired(tuple(gone), tuple(kept))


def _there(connection: Connection[Any], live: str) -> set[Version]:
    """Every version that is shown or was being built."""
    found = set()
    for schema in (rebuilding(live), live):
        look_at(connection, schema)
        prepare(connection, [])
        found |= {Version(each.view, each.version, each.tables) for each in progress(connection)}
    return found


def _dropped(connection: Connection[Any], live: str, each: Version) -> bool:
    """Whether a version could go, from where it is shown and from where it was being built."""
    with connection.transaction():
        trying = f"SELECT pg_try_advisory_xact_lock({_KEY}) FROM (SELECT %s::text, %s::integer)"
        named = (each.view, each.version)
        if connection.execute(f"{trying} AS used (view, version)", named).fetchone() != (True,):
            return False
        keep_tables(connection)
        for schema in (rebuilding(live), live):
            for table in each.tables:
                stored = sql.Identifier(schema, table)
                connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(stored))
            row = sql.SQL("DELETE FROM {} WHERE view = %s AND version = %s")
            connection.execute(row.format(sql.Identifier(schema, "progress")), named)
    return True
