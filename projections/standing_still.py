"""What stands still: nobody who holds the seat may do what is next, so somebody above has to act.

No view of its own: a question over views that there are already. Human beings are told apart by
direct links alone here; whether somebody may act, the law says when they do.
Nearly all that waits may go on. So it is looked through, the longest waiting first, and no more of
it for one page than ``MOST_LOOKED_AT``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row

from projections import case_scope, organisations
from projections.appointments import appointments
from projections.case_acts import acts
from projections.case_status import cases
from projections.listing import Condition, Listing, Sifted, both, merged
from projections.matters import matters
from projections.people import links
from projections.queue_rows import queue
from projections.reach import among, few_offices
from projections.seats import SEATS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from psycopg import Connection, Cursor

    from projections.scope import Scope

MOST_LOOKED_AT = 1000
"""Cases that wait, and matters, of which those that stand still make one page."""


@dataclass(frozen=True)
class Still:
    """A case, or a matter beside one, that stands still at an organisation since then (UTC).

    ``kind`` is case, or as in ``projections.matters``; ``stream`` is what is next acted on.
    """

    kind: str
    stream: str
    case: str | None
    organisation: str
    since: datetime
    since_position: int


def _nobody_holds(seats: str, barred: str) -> str:
    """That nobody but those ``barred`` holds one of some seats of the organisation on a day.

    ``OFFSET``: asked of each by itself, never by reading all who hold a seat anywhere.
    """
    return f"""NOT EXISTS (
        SELECT FROM {appointments.stored} AS a
        JOIN {organisations.organisations.stored} AS o USING (organisation)
        WHERE a.organisation = waits.organisation AND a.seat = ANY ({seats})
          AND a.effective_on <= %s AND (a.ends_on IS NULL OR a.ends_on > %s)
          AND (o.ended_on IS NULL OR o.ended_on > %s)
          AND NOT EXISTS (
              SELECT FROM unnest({barred}) AS bar (person)
              WHERE bar.person = a.person OR EXISTS (
                  SELECT FROM {links.stored} AS l
                  WHERE l.person = a.person AND l.other = bar.person AND l.until IS NULL))
        OFFSET 0)"""


_NO_SUBSTITUTE = "(waits.substitute IS NULL OR waits.substitute = ANY (waits.barred))"
_NO_HOLDER = _nobody_holds("ARRAY[waits.seat]", "waits.barred")
_INVOLVED = f"""
    waits.barred || ARRAY(
        SELECT person FROM {acts.stored}
        WHERE "case" = waits."case" AND topic = ANY (%s) AND person IS NOT NULL
        UNION SELECT applicant FROM {cases.stored} WHERE "case" = waits."case")
"""
_NOT_ABOUT = "(waits.about IS NULL OR waits.about <> ALL (%s))"
_NO_OFFICER = _nobody_holds("waits.seats", _INVOLVED)


@dataclass(frozen=True)
class _Waiting:
    """What waits, of cases or of matters, and when of that it stands still."""

    kind: str
    stream: str
    where: str
    still: Condition

    def standing(self, *narrowed: Condition) -> Listing[Still]:
        """What stands still of it, the longest first."""
        where, given = both(*narrowed, self.still)
        columns = f'{self.kind} AS kind, {self.stream} AS stream, "case", organisation'
        return Listing(
            source=f"SELECT {columns}, since, since_position {self.where} AND {where}",
            given=given,
            place=("since_position",),
            read=_read,
            ascending=True,
        )

    def end(self, connection: Connection[Any], *narrowed: Condition) -> int | None:
        """The position of the last that is looked at; None where it is the last of all."""
        where, given = both(*narrowed)
        query = f"""SELECT since_position {self.where} AND {where}
            ORDER BY since_position OFFSET %s LIMIT 1"""
        row = connection.execute(query, [*given, MOST_LOOKED_AT - 1]).fetchone()
        return None if row is None else int(row[0])


def _cases(scope: Scope, today: date) -> _Waiting:
    shown = case_scope.seen(scope, 'waits."case"')
    still = both(shown, (_NO_SUBSTITUTE, []), (_NO_HOLDER, [today] * 3))
    return _Waiting("'case'", '"case"', f"FROM {queue.stored} AS waits WHERE waiting", still)


def _matters(today: date, never_about: Collection[str]) -> _Waiting:
    nobody = (_NO_OFFICER, [*[today] * 3, sorted(SEATS)])
    still = both(("NOT above", []), (_NOT_ABOUT, [sorted(never_about)]), nobody)
    where = f"FROM {matters.stored} AS waits WHERE seats <> '{{}}'"
    return _Waiting("kind", "stream", where, still)


def standing_still(
    scope: Scope,
    today: date,
    *,
    of_cases: bool,
    of_matters: bool,
    never_about: Collection[str],
) -> Sifted[Still]:
    """What stands still on a day (Beijing), of what ``scope`` shows, the longest first."""
    some = [_cases(scope, today)] * of_cases + [_matters(today, never_about)] * of_matters
    here = organisations.seen(scope, "waits.organisation")

    def sift(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> tuple[list[Still], tuple[int] | None]:
        offices = few_offices(connection, scope)
        named = among("organisation", offices)
        theirs = here if offices is None else named
        ahead = ("since_position > %s", list(behind or (0,)))
        ends = [each.end(connection, named, ahead) for each in some]
        end = min((each for each in ends if each is not None), default=None)
        looked_at = both(ahead) if end is None else both(ahead, ("since_position <= %s", [end]))
        standing = merged(*(each.standing(theirs, looked_at) for each in some), ascending=True)
        found = standing.page(connection, limit=limit)
        return found, None if end is None else (end,)

    return Sifted(place=("since_position",), sift=sift)


def _read(cursor: Cursor[Any]) -> list[Still]:
    make = class_row(Still)(cursor)
    return [make(values) for values in cursor]
