"""Connections write and read what they are given, however they do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit.connecting import PatientConnection, connect, make_patient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Database


@pytest.fixture
def connection(database: Database) -> Iterator[PatientConnection[Any]]:
    with connect(database.url, "test") as opened:
        make_patient(None)(opened)
        yield opened


@pytest.mark.parametrize(
    "texts",
    [
        ["case-1", "人员", ""],
        ["NULL", "null", "{a,b}", "a, b", " "],
        ['"', "\\", "\\\\", '\\"', "a\nb", "\t", "\x7f", "\u2028"],
        ["😀", "\x01"],
        [],
    ],
)
def test_a_list_of_texts_comes_to_the_database_as_it_is(
    connection: PatientConnection[Any], texts: list[str]
) -> None:
    row = connection.execute("SELECT %s::text[]", (texts,)).fetchone()
    assert row == (texts,)
    lacking = connection.execute("SELECT array_position(%s::text[], NULL)", ([*texts, None],))
    assert lacking.fetchone() == (len(texts) + 1,)
