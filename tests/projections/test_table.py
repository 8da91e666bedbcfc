"""Rows of a table, and a part of their columns for who asks for no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import pytest

from projections.table import Part, Table


@dataclass
class Whole:
    """A row."""

    name: str
    number: int | None = None


class Named(NamedTuple):
    """What some ask of it."""

    name: str


class Strange(NamedTuple):
    """What it does not have."""

    name: str
    other: str


class Otherwise(NamedTuple):
    """What is of another type there."""

    number: str


def test_a_part_is_read_from_where_its_table_is_stored() -> None:
    whole = Table("thing", Whole, key=("name",))
    part = Part(whole, Named)
    whole.of_version(3)
    assert (part.source, part.listed) == ("thing_3 AS thing", 'thing."name"')


@pytest.mark.parametrize("kind", [Strange, Otherwise])
def test_what_a_table_has_not_is_no_part_of_it(kind: type) -> None:
    with pytest.raises(TypeError):
        Part(Table("thing", Whole, key=("name",)), kind)


@dataclass(frozen=True)
class Entry:
    """One of several in a row."""

    word: str
    number: int


@dataclass
class Several:
    """A row of a table with several in one."""

    name: str
    words: tuple[str, ...]
    entries: tuple[Entry, ...]
    last: Entry | None


class Told(NamedTuple):
    """What some ask of it."""

    last: Entry | None
    entries: tuple[Entry, ...]
    words: tuple[str, ...]
    others: tuple[str, ...]


class Brought:
    """What a cursor brings."""

    def fetchall(self) -> list[tuple[object, ...]]:
        """All rows."""
        one = '{"word": "甲", "number": 1}'
        return [(None, "[]", '["a", "b"]', "[]"), (one, f"[{one}]", "[]", None)]


def test_what_is_several_comes_to_a_part_as_a_text_of_json() -> None:
    part = Part(Table("thing", Several, key=("name",)), Told, others="ARRAY(SELECT 1)")
    assert part.listed == (
        'to_json(thing."last")::text AS "last", to_json(thing."entries")::text AS "entries",'
        ' to_json(thing."words")::text AS "words", to_json(ARRAY(SELECT 1))::text AS "others"'
    )
    entry = Entry("甲", 1)
    assert part.rows(cast("Any", Brought())) == [
        Told(None, (), ("a", "b"), ()),
        (entry, (entry,), (), None),
    ]


def test_nobody_asks_a_table_that_belongs_to_no_view_yet() -> None:
    whole = Table("thing", Whole, key=("name",))
    with pytest.raises(LookupError):
        _ = whole.source
