"""What should not be, or is to be looked at (审计例外).

Seats that nobody fills in truth, appointments entered afterwards, findings that brought nothing.

No view of its own: questions over views that there are already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from psycopg.rows import class_row

from projections import investigations
from projections.accounts import accounts
from projections.appointments import appointments, entered_on
from projections.case_acts import acts
from projections.listing import Listing, merged
from projections.offices import one_by_one
from projections.queue_rows import queue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Cursor

    from projections.listing import Condition, Gathered
    from projections.scope import Scope

Row = TypeVar("Row")


@dataclass(frozen=True)
class StaleAppointment:
    """An open appointment that its holder can't use, or doesn't.

    ``why`` is ``disabled``; ``opened`` where the account's one-time code was never used; ``idle``
    where cases have waited at the seat for long and its holder has done nothing there meanwhile.
    ``waiting`` counts the cases that wait at the seat now, ``waiting_since`` is when the first of
    them came; ``last_acted_at`` is when the holder last acted in the seat. All instants are UTC.
    """

    organisation: str
    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    why: str
    waiting: int
    waiting_since: datetime | None
    last_acted_at: datetime | None
    position: int


@dataclass(frozen=True)
class Backdated:
    """The beginning or the end of an appointment, entered after the day from which it counts.

    ``what`` is ``beginning`` or ``end``, ``counts_from`` the first day in Beijing with the
    appointment or without it, ``entered_at`` (UTC) when that came on record, ``days`` so many days
    later. Nothing that was done before rests on it: whoever acts needs an appointment on record.
    """

    organisation: str
    appointment: str
    seat: str
    person: str
    account: str
    what: str
    counts_from: date
    entered_at: datetime
    days: int
    position: int


@dataclass(frozen=True)
class Unfinished:
    """A finding, or a revocation, without what belongs to it.

    ``code`` is FINDING_WITHOUT_OUTCOME (the case neither over nor its title revoked) or
    FINDING_WITHOUT_RECORD (no entry on the integrity record).
    """

    code: str
    case: str
    investigation: str
    decision: str | None
    changed_at: datetime
    position: int


_WAITING = f"""FROM {queue.stored}
    WHERE waiting AND organisation = a.organisation AND seat = a.seat AND substitute IS NULL"""
_ACTED = f"""(SELECT at FROM {acts.stored}
    WHERE person = a.person AND organisation = a.organisation AND seat = a.seat
    ORDER BY position DESC LIMIT 1)"""
_STALE = f"""
    SELECT a.organisation, a.appointment, a.seat, a.person, a.account, a.effective_on,
           CASE WHEN b.state <> 'active' THEN b.state ELSE 'idle' END AS why,
           (SELECT count(*) {_WAITING}) AS waiting,
           (SELECT min(since) {_WAITING}) AS waiting_since,
           {_ACTED} AS last_acted_at, a.opened AS position
    FROM {appointments.stored} AS a
    CROSS JOIN LATERAL (
        SELECT state FROM {accounts.stored} WHERE account = a.account OFFSET 0
    ) AS b
    WHERE a.effective_on <= %s AND (a.ends_on IS NULL OR a.ends_on > %s)
      AND CASE WHEN b.state <> 'active' THEN true
               ELSE (SELECT min(since) {_WAITING}) < %s AND greatest({_ACTED}, a.opened_at) < %s
          END
"""
"""What waits and who acted last is asked of an account in use, and of each row that is shown.

``OFFSET`` here and below: looked up one by one, never found among all that were read before."""

_BACKDATED = """
    SELECT a.organisation, a.appointment, a.seat, a.person, a.account, '{what}' AS what,
           a.{counts} AS counts_from, a.{at} AS entered_at,
           {entered_on} - a.{counts} AS days, a.{position} AS position
    FROM {table} AS a
    WHERE {entered_on} > a.{counts}
"""
_BEGINNINGS, _ENDS = (
    _BACKDATED.format(
        what=what,
        counts=counts,
        at=at,
        position=position,
        entered_on=entered_on(f"a.{at}"),
        table=appointments.stored,
    )
    for what, counts, at, position in (
        ("beginning", "effective_on", "opened_at", "opened"),
        ("end", "ends_on", "closed_at", "closed"),
    )
)

_UNFINISHED = f"""
    SELECT CASE WHEN ended THEN 'FINDING_WITHOUT_RECORD' ELSE 'FINDING_WITHOUT_OUTCOME' END AS code,
           "case", investigation, decision, changed_at, position
    FROM {investigations.investigations.source}
    WHERE {investigations.FOUND} AND {investigations.UNSETTLED}
"""


def stale_appointments(
    scope: Scope, *, on: date, idle_since: datetime
) -> Gathered[StaleAppointment]:
    """Appointments that are open on a day (Beijing) and that nobody uses, the newest first.

    A seat is idle if cases wait there that came before ``idle_since``, and its holder was
    appointed before and has not acted there since.
    """
    days = [on, on, idle_since, idle_since]
    return _at_offices(_STALE, days, ("position",), StaleAppointment, scope, "a.organisation")


def backdated_appointments(scope: Scope) -> Gathered[Backdated]:
    """Appointments that began or ended before the day on which that was entered, newest first."""
    place = ("position", "appointment")
    kinds = (_BEGINNINGS, _ENDS)
    return merged(
        *(_at_offices(each, [], place, Backdated, scope, "a.organisation") for each in kinds)
    )


def unfinished(scope: Scope) -> Gathered[Unfinished]:
    """Findings without the outcome or the record that belong to them, the newest first."""
    column = "investigation.organisation"
    return _at_offices(_UNFINISHED, [], ("position",), Unfinished, scope, column)


def _at_offices(
    source: str,
    given: Sequence[Any],
    place: tuple[str, ...],
    kind: type[Row],
    scope: Scope,
    column: str,
) -> Gathered[Row]:
    def make(theirs: Condition) -> Listing[Row]:
        where, offices = theirs
        whole = f"{source} AND {where}"
        return Listing(source=whole, given=[*given, *offices], place=place, read=_reader(kind))

    return one_by_one(make, scope, column)


def _reader(kind: type[Row]) -> Callable[[Cursor[Any]], list[Row]]:
    def read(cursor: Cursor[Any]) -> list[Row]:
        make = class_row(kind)(cursor)
        return [make(values) for values in cursor]

    return read
