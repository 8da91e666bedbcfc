"""In which order lists of cases come (排序), and what is told of each case in a list.

Whose list shows which cases: see ``projections.case_scope``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple


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
