"""What happened outside and was entered as it happened (登记): a posting, papers, a fee, a vote.

An entry is known by the version of its event in the stream of the case.
These classes stand inside events and are permanent in the same way: see the law of compatibility
in ``domain.event``. All dates are calendar days in Beijing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never


@dataclass(frozen=True, kw_only=True)
class Posted:
    """When and where a case was posted, and the working days that count.

    ``late`` says that it was put up elsewhere before it was shown here, ``runs`` that it still
    runs, be it again.
    """

    posted_on: date
    days: tuple[date, ...]
    ends_on: date
    place: str
    address: str | None
    late: bool
    runs: bool


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """Which papers were handed in, on which day; neither items nor originals say that none were.

    ``originals`` are those whose originals were seen and handed back, ``sealed`` those that bear
    their seals.
    """

    leg: str | None
    received_on: date
    items: tuple[str, ...]
    late: bool
    originals: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What was paid, in fen, and by which receipt; an amount of 0 says that nothing was."""

    amount: int
    channel: str
    paid_on: date
    receipt: str


@dataclass(frozen=True, kw_only=True)
class Voted:
    """How a committee voted, and on which day; ``carried`` is the law's answer to the numbers."""

    held_on: date
    members: int
    present: int
    in_favour: int
    against: int
    abstained: int
    carried: bool
    late: bool


Entry = Posted | HandedIn | Paid | Voted
"""What an entry says."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an entry says, as one of the four."""

    posted: Posted | None = None
    handed_in: HandedIn | None = None
    paid: Paid | None = None
    voted: Voted | None = None

    @property
    def entry(self) -> Entry:
        """The one of them that it is."""
        return next(e for e in (self.posted, self.handed_in, self.paid, self.voted) if e)


def said(entry: Entry) -> Said:
    """An entry as an event holds it."""
    match entry:
        case Posted():
            return Said(posted=entry)
        case HandedIn():
            return Said(handed_in=entry)
        case Paid():
            return Said(paid=entry)
        case Voted():
            return Said(voted=entry)
        case _:
            assert_never(entry)
