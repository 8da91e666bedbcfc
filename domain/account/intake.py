"""Many accounts at once (批量开立账号): an employer's list of applicants is taken in as a whole.

Each row opens an account as the single act does, or finds the one that its person holds there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.account.events import Role
from domain.event import Event

if TYPE_CHECKING:
    from domain.event import Told
    from domain.person.state import Person

FIRST_ROW = 2
"""Where a list begins beneath its headings, as its sheet counts rows."""


class ListFormat(StrEnum):
    """As what kind of file a list came."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, kw_only=True)
class IntakeTaken(Event, topic="intake:taken:1", chinese="批量开立账号"):
    """A list of applicants was taken in, all of it (批量开立账号).

    ``digest`` is the keyed digest of the file: one that anybody could reckon would give a short
    list away to whoever tries names and numbers. ``opened`` are the accounts that the list opened,
    ``existing`` those that its people held there already, both in the order of its ``rows``;
    ``existing_rows`` are the rows of the latter, as the sheet counts them.
    """

    organisation: str
    format: ListFormat
    digest: str
    rows: int
    opened: tuple[str, ...]
    existing: tuple[str, ...]
    existing_rows: tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """A row of a list, as its sheet counts it, with its account; ``opened`` by the list or not."""

    row: int
    account: str
    opened: bool


@dataclass(frozen=True)
class Intake:
    """A list that was taken in."""

    intake: str
    taken: IntakeTaken

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its rows in their order."""
        return in_order(self.taken.opened, self.taken.existing, self.taken.existing_rows)


def evolve(state: Intake | None, event: IntakeTaken, told: Told) -> Intake:
    """The list after the only event of its stream. Never refuses."""
    return Intake(told.stream, event) if state is None else state


def in_order(
    opened: tuple[str, ...], existing: tuple[str, ...], existing_rows: tuple[int, ...]
) -> tuple[Entry, ...]:
    """The rows of a list in their order, of which an event or a view tells in two parts."""
    found = dict(zip(existing_rows, existing, strict=True))
    new = iter(opened)
    rows = range(FIRST_ROW, FIRST_ROW + len(opened) + len(existing))
    return tuple(
        Entry(row, found[row], opened=False) if row in found else Entry(row, next(new), opened=True)
        for row in rows
    )


def held_already(person: Person, organisation: str) -> str | None:
    """The account by which somebody applies through an organisation already; the oldest of them.

    One that is not claimed yet is theirs to claim; one that is disabled is none.
    """
    held = (*person.accounts, *person.unclaimed)
    fitting = (
        account
        for account, where, roles in held
        if where == organisation and Role.APPLICANT in roles
    )
    return min(fitting, default=None)
