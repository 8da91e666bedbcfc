"""Decision tables: of several rows the first that holds, and what it turns on while that is open.

A row that is open is never passed over for a later one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.policy.facts import Facts
    from domain.policy.when import When
    from domain.refusal import Citation


class Row(Protocol):
    """One row: it holds where its test does."""

    @property
    def when(self) -> When:
        """For which facts it holds."""


class Cited(Row, Protocol):
    """A row with the words that it rests on."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Whose rule it is."""


Entry = TypeVar("Entry", bound=Row)


@dataclass(frozen=True)
class Choice(Generic[Entry]):
    """The rows that may hold, in order: the last holds for certain if nothing before it does.

    ``open_on`` are the facts on which that turns; empty where one row, or none, is established.
    """

    rows: tuple[Entry, ...] = ()
    open_on: frozenset[str] = frozenset()

    @property
    def first(self) -> Entry | None:
        """The first of them; None where no row holds."""
        return self.rows[0] if self.rows else None


def choose(rows: Iterable[Entry], facts: Facts) -> Choice[Entry]:
    """The first row that holds, behind those of which that is open."""
    found: list[Entry] = []
    open_on: frozenset[str] = frozenset()
    for row in rows:
        answer = row.when.applies(facts)
        if answer is False:
            continue
        found.append(row)
        if answer:
            break
        open_on |= row.when.open_on(facts)
    return Choice(tuple(found), open_on)


def held(rows: Iterable[Entry], facts: Facts) -> tuple[Entry, ...]:
    """Every row that is not known to fail."""
    return tuple(row for row in rows if row.when.applies(facts) is not False)


def turning(
    rows: Iterable[Cited], facts: Facts
) -> Iterator[tuple[frozenset[str], tuple[Citation, ...]]]:
    """The facts on which it turns whether a row holds, with the words behind it."""
    for row in rows:
        if open_on := row.when.open_on(facts):
            yield open_on, row.citations
