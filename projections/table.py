"""A table whose columns are the fields of a dataclass."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints

import orjson
from psycopg.types.json import set_json_dumps, set_json_loads

from projections.kind import Kind, without_none

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from psycopg import Connection, Cursor

Row = TypeVar("Row")
Key = tuple[Any, ...]
Asked = tuple[str, list[Any]]
"""A piece of SQL, a constant of the code, and what is given for its placeholders."""


class Columns(Generic[Row]):
    """The fields of a dataclass as columns of a table, from which its rows are read."""

    name: str
    stored: str
    """Under which the table is stored; its view adds the version."""

    def __init__(self, name: str, row: type[Row]) -> None:
        hints = get_type_hints(row)
        self.name = name
        self.row = row
        self.columns = self._names(row)
        self.hints = {column: without_none(hints[column]) for column in self.columns}
        self._kinds = [Kind(self.hints[column]) for column in self.columns]
        self._readers = [
            (at, partial(_each, kind.read)) for at, kind in enumerate(self._kinds) if kind.read
        ]
        self._make_all = self._maker(row)
        self.listed = ", ".join(f'{name}."{column}"' for column in self.columns)

    @staticmethod
    def _names(row: type[Row]) -> tuple[str, ...]:
        return tuple(each.name for each in fields(row))  # type: ignore[arg-type]

    @staticmethod
    def _maker(row: type[Row]) -> Callable[[list[Iterable[Any]]], list[Row]]:
        """Makes rows of their columns, also where the class asks for their names."""
        if not any(each.kw_only for each in fields(row)):  # type: ignore[arg-type] # it is a dataclass
            return lambda columns: [*map(row, *columns)]
        names = [each.name for each in fields(row)]  # type: ignore[arg-type]
        made = partial(zip, names, strict=True)
        return lambda columns: [row(**dict(made(each))) for each in zip(*columns, strict=True)]

    @property
    def source(self) -> str:
        """What stands behind FROM in a query that calls the table by its name."""
        return f"{self.stored} AS {self.name}"

    def select(
        self, connection: Connection[Any] | Cursor[Any], rest: str, given: Sequence[Any] = ()
    ) -> list[Row]:
        """The rows of ``SELECT … FROM table`` followed by ``rest``, a constant of the code."""
        query = f"SELECT {self.listed} FROM {self.source} {rest}"
        return self.rows(connection.execute(query, given, binary=True))

    def select_counted(
        self,
        connection: Connection[Any],
        rest: Asked,
        count: Asked,
    ) -> tuple[list[Row], int]:
        """The same, and the number that another query finds, by one statement.

        Where it finds no rows the number is 0.
        """
        query = f"SELECT ({count[0]}), {self.listed} FROM {self.source} {rest[0]}"
        found = connection.execute(query, [*count[1], *rest[1]], binary=True).fetchall()
        return self._read([values[1:] for values in found]), found[0][0] if found else 0

    def rows(self, cursor: Cursor[Any]) -> list[Row]:
        """The rows that a cursor brings whose query selects exactly ``listed``."""
        return self._read(cursor.fetchall())

    def _read(self, found: Sequence[tuple[Any, ...]]) -> list[Row]:
        if not found:
            return []
        columns: list[Iterable[Any]] = [*zip(*found, strict=True)]
        for at, read in self._readers:
            columns[at] = read(columns[at])
        return self._make_all(columns)


class Part(Columns[Row]):
    """Some columns of a table, for who reads many rows and asks for no more of each.

    Its rows are named tuples, of which many are made in the time of one dataclass. What is no
    single value comes as a text of JSON: psycopg would call Python for each.
    """

    def __init__(self, whole: Table[Any], row: type[Row], **beside: str) -> None:
        """``beside`` are fields that are no columns, each with the SQL that tells it of a row.

        Raises ``TypeError`` where another field is no column of the table, or of another type.
        """
        super().__init__(whole.name, row)
        self._whole = whole
        own = {name: hint for name, hint in self.hints.items() if name not in beside}
        if not own.items() <= whole.hints.items():
            msg = f"{row.__name__} is no part of table {whole.name}"
            raise TypeError(msg)
        told = {name: f'{whole.name}."{name}"' for name in own}
        told |= {name: f'{query} AS "{name}"' for name, query in beside.items()}
        for name in (self.columns[at] for at, _ in self._readers):
            one = beside.get(name, f'{whole.name}."{name}"')
            told[name] = f'to_json({one})::text AS "{name}"'
        self.listed = ", ".join(told[name] for name in self.columns)
        self._readers = [(at, partial(_of_json, read)) for at, read in self._readers]

    @staticmethod
    def _names(row: type[Row]) -> tuple[str, ...]:
        names: tuple[str, ...] = row._fields  # type: ignore[attr-defined] # of a named tuple
        return names

    @staticmethod
    def _maker(row: type[Row]) -> Callable[[list[Iterable[Any]]], list[Row]]:
        make = partial(tuple.__new__, row)  # type: ignore[type-var] # it is a named tuple
        return lambda columns: [*map(make, zip(*columns, strict=True))]

    @property
    def stored(self) -> str:  # type: ignore[override] # it is the whole table's
        """Under which the table is stored."""
        return self._whole.stored


class Table(Columns[Row]):
    """Rows of one dataclass, kept under a key, found through indexes.

    It is stored under a name that ends in the version of its view, so that two versions stand
    side by side; queries say ``FROM {table.source}`` and call it by ``name`` alone.
    The first column of ``key`` is the group in which rows are loaded to be changed: as a rule
    the stream whose events change them.
    An entry of ``indexes`` is what stands between the parentheses of ``CREATE INDEX``, with
    a WHERE clause after them where there is one.
    A field that is a dataclass, or a tuple of them, is kept as JSON.
    """

    def __init__(
        self, name: str, row: type[Row], *, key: tuple[str, ...], indexes: tuple[str, ...] = ()
    ) -> None:
        super().__init__(name, row)
        self._stored: str | None = None
        self.key = key
        self.indexes = indexes
        self.finish: Callable[[Row], None] | None = None
        """Works out, before a row is written, what follows from the rest of it."""
        self._values: Callable[[Row], tuple[Any, ...]] = attrgetter(*self.columns)
        self.key_of = _getter(key)
        """The values under which a row is kept."""
        self._types = [kind.sql for kind in self._kinds]
        self._lists = [i for i, kind in enumerate(self._kinds) if kind.sql.endswith("[]")]

    @property
    def stored(self) -> str:  # type: ignore[override] # its view tells it once
        """Under which the table is stored.

        Raises ``LookupError`` where no view has it yet: a query that is made by then would never
        find it.
        """
        if self._stored is None:
            msg = f"table {self.name} belongs to no view yet"
            raise LookupError(msg)
        return self._stored

    def of_version(self, version: int) -> None:
        """Belong to a view of this version; a table belongs to one view for ever."""
        stored = f"{self.name}_{version}"
        if self._stored not in (None, stored):
            msg = f"table {self._stored} belongs to a view of another version than {version}"
            raise ValueError(msg)
        self._stored = stored

    def create(self) -> str:
        """The statement that makes the table with its key, in the schema of the search path."""
        columns = ", ".join(f'"{name}" {Kind(hint).column}' for name, hint in self.hints.items())
        return f"CREATE TABLE {self.stored} ({columns}, PRIMARY KEY ({_quoted(self.key)}))"

    def create_indexes(self) -> list[str]:
        """The statements that make the indexes; a rebuild runs them after the rows are there."""
        return [
            f"CREATE INDEX IF NOT EXISTS {self.stored}_{number} ON {self.stored} {index}"
            for number, index in enumerate(self.indexes, 1)
        ]

    def replace(
        self, cursor: Cursor[Any], gone: Iterable[Key], new: Collection[Row], *, few: bool
    ) -> None:
        """Take the rows under the keys ``gone`` out, and put the rows ``new`` in.

        ``cursor`` is one of ``cursor_of``. If they are ``few``, no answer of the server is waited
        for in between, so that it can be done in a pipeline with other tables; many are copied.
        """
        if keys := list(gone):
            self._delete(cursor, keys)
        if few and new:
            cursor.execute(
                f"INSERT INTO {self.stored}"
                f" SELECT * FROM json_populate_recordset(NULL::{self.stored}, %s)",
                (orjson.dumps(list(new)).decode(),),
            )
        elif new:
            self._copy(cursor, new)

    def _delete(self, cursor: Cursor[Any], keys: list[Key]) -> None:
        arrays = [list(each) for each in zip(*keys, strict=True)]
        types = [Kind(self.hints[column]).sql for column in self.key]
        given = ", ".join(f"%b::{kind}[]" for kind in types)
        same = " AND ".join(f'kept."{name}" = gone."{name}"' for name in self.key)
        cursor.execute(
            f"DELETE FROM {self.stored} kept USING unnest({given}) "
            f"AS gone({_quoted(self.key)}) WHERE {same}",
            arrays,
        )

    def _copy(self, cursor: Cursor[Any], new: Iterable[Row]) -> None:
        statement = f"COPY {self.stored} ({_quoted(self.columns)}) FROM STDIN (FORMAT binary)"
        with cursor.copy(statement) as copy:
            copy.set_types(self._types)
            for row in new:
                copy.write_row(self._written(row))

    def _written(self, row: Row) -> Sequence[Any]:
        values = self._values(row)
        if not self._lists:
            return values
        written = list(values)
        for column in self._lists:
            if written[column] is not None:
                written[column] = list(written[column])
        return written


def cursor_of(connection: Connection[Any]) -> Cursor[Any]:
    """A cursor by which rows are read and replaced: in the binary form, and JSON by orjson."""
    cursor = connection.cursor(binary=True)
    set_json_dumps(orjson.dumps, cursor)
    set_json_loads(orjson.loads, cursor)
    return cursor


def _getter(names: tuple[str, ...]) -> Callable[[Any], Key]:
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda row: (get(row),)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _each(convert: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    return [each if each is None else convert(each) for each in values]


def _of_json(read: Callable[[Iterable[Any]], list[Any]], texts: Iterable[str | None]) -> list[Any]:
    return read(orjson.loads(f"[{','.join([each or 'null' for each in texts])}]"))
