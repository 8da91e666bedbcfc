"""In which order lists of cases come (排序), and what is told of each case in a list.

Whose list shows which cases: see ``projections.case_scope``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from projections.listing import Condition


@dataclass(frozen=True)
class Order:
    """By which column cases come, newest or most first, and cases alike by their ids.

    None: by the ids alone, which grow with time. ``least`` stands for what a case has not.
    """

    column: str | None = None
    least: str | None = None
    descending: bool = True

    @property
    def key(self) -> str:
        """The column as it is compared and indexed."""
        return self.or_least(str(self.column))

    @property
    def beyond(self) -> str:
        """The sign of what comes behind."""
        return "<" if self.descending else ">"

    @property
    def way(self) -> str:
        """How SQL calls the direction."""
        return "DESC" if self.descending else "ASC"

    def or_least(self, value: str) -> str:
        """A value, or what stands for none."""
        return value if self.least is None else f"coalesce({value}, {self.least})"


ORDERS = {
    "opened": Order(),
    "filed": Order("submitted_at", "'0001-01-01Z'::timestamptz"),
    "changed": Order("changed_at"),
    "decided": Order("decided_on", "'0001-01-01'::date"),
    "returned": Order("returns"),
}
NEWEST = ORDERS["opened"]


@dataclass(frozen=True)
class Beginnings:
    """Queries for cases, each of which an index answers in the order of their ids.

    Together they find all that meet one thing that is asked, some of them perhaps more than once.
    ``rest`` is what else has to hold of those. Merged, they bring a page at once, be it that few
    cases of many meet it; who looked through the newest would look at all between.
    """

    queries: Sequence[Condition]
    rest: Sequence[Condition] = ()

    @property
    def merged(self) -> Condition:
        """All that they find, as one query."""
        given = [each for _, values in self.queries for each in values]
        return " UNION ALL ".join(query for query, _ in self.queries), given


_LENIENCE = timedelta(days=1)
"""By so much the clocks of two processes differ at most."""


def opened_by(instant: datetime) -> str:
    """An id above that of every case that was opened by an instant: ids begin with when it was."""
    milliseconds = max(0, int((instant + _LENIENCE).timestamp() * 1000) + 1)
    octets = milliseconds.to_bytes(6, "big").hex()
    return f"case-{octets[:8]}-{octets[8:]}"


class ListedCase(NamedTuple):
    """A case in a list: what is told of it there, and by what lists are ordered."""

    case: str
    number: str
    applicant: str
    employer: str
    pack: str
    series: str
    specialty: str
    level: str
    changed_at: datetime
    version: int
    position: int
    phase: str
    round: int
    stage: str | None
    organisation: str | None
    seat: str | None
    due_at: datetime | None
    batch: str | None
    flags: tuple[str, ...]
    certificate: str | None
    submitted_at: datetime | None
    returns: int
    decided_on: date | None
