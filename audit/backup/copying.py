"""Tables on their way to and from a backup: every row, always in the same order.

The order is that of a key, in code points, whatever language the database sorts in; so one
table has one digest wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from psycopg.sql import SQL, Identifier

from audit.backup.manifest import SavedTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from psycopg import Connection
    from psycopg.sql import Composed

Passed = Callable[[bytes], object]
"""Is given each piece of a table on its way, to store it or to say how far it has come."""

_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r' ORDER BY oid
"""
_COLUMNS = """
SELECT attname, attcollation <> 0 FROM pg_attribute
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
_KEYS = """
SELECT array_agg(attname ORDER BY place)
FROM pg_index, unnest(indkey) WITH ORDINALITY AS column_of (attnum, place)
     JOIN pg_attribute ON attrelid = to_regclass(%s) AND pg_attribute.attnum = column_of.attnum
WHERE indrelid = to_regclass(%s) AND indisunique AND indpred IS NULL
GROUP BY indexrelid
-- A key without text is read along its index; one with text has to be sorted by code points.
ORDER BY bool_or(attcollation <> 0), indexrelid
LIMIT 1
"""


@dataclass(frozen=True)
class Shape:
    """A table's columns in order, and the columns of its key."""

    schema: str
    name: str
    columns: tuple[str, ...]
    texts: frozenset[str]
    key: tuple[str, ...]

    def select(self) -> Composed:
        """Every row, in order."""
        order = [
            SQL('{} COLLATE "C"' if column in self.texts else "{}").format(Identifier(column))
            for column in self.key
        ]
        return SQL("SELECT {} FROM {} ORDER BY {}").format(
            SQL(", ").join(map(Identifier, self.columns)),
            Identifier(self.schema, self.name),
            SQL(", ").join(order),
        )


def tables_of(connection: Connection[Any], schema: str) -> list[str]:
    """The tables of a schema, those first to which others refer."""
    quoted = Identifier(schema).as_string(connection)
    return [name for (name,) in connection.execute(_TABLES, (quoted,)).fetchall()]


def shape_of(connection: Connection[Any], schema: str, name: str) -> Shape:
    """How a table looks; one without a key is sorted by all its columns."""
    quoted = Identifier(schema, name).as_string(connection)
    columns = connection.execute(_COLUMNS, (quoted,)).fetchall()
    key = connection.execute(_KEYS, (quoted, quoted)).fetchone()
    names = tuple(column for column, _ in columns)
    texts = frozenset(column for column, collates in columns if collates)
    return Shape(schema, name, names, texts, tuple(key[0]) if key else names)


def read_out(connection: Connection[Any], shape: Shape, take: Passed = len) -> SavedTable:
    """Hand every octet of a table to ``take``; answers what the table is."""
    digest = sha256()
    copying = SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(shape.select())
    with connection.cursor() as cursor:
        with cursor.copy(copying) as copy:
            for piece in copy:
                digest.update(piece)
                take(bytes(piece))
        rows = cursor.rowcount
    return SavedTable(shape.name, shape.columns, rows, digest.hexdigest())


def read_in(
    connection: Connection[Any], schema: str, table: SavedTable, pieces: Iterable[bytes]
) -> str:
    """Fill an empty table; answers the SHA-256 of what was read, in hex."""
    columns = SQL(", ").join(map(Identifier, table.columns))
    copying = SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        Identifier(schema, table.name), columns
    )
    digest = sha256()
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for piece in _digested(pieces, digest.update):
            copy.write(piece)
    return digest.hexdigest()


def _digested(pieces: Iterable[bytes], update: Callable[[bytes], object]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece
