"""Rows of a table, and a part of their columns for who asks for no more."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from projections.table import Part, Table


@dataclass
class Whole:
    """A row."""

    name: str
    number: int | None = None


@dataclass
class Named:
    """What some ask of it."""

    name: str


@dataclass
class Strange:
    """What it does not have."""

    name: str
    other: str


@dataclass
class Otherwise:
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
