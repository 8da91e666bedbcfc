"""What stands still: nobody who holds the seat may do what is next, so somebody above has to act.

No view of its own: a question over views that there are already. Human beings are told apart by
direct links alone here; whether somebody may act, the law says when they do.
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
from projections.listing import Gathered, Listing, both, merged
from projections.matters import matters
from projections.offices import by_offices
from projections.people import links
from projections.seats import SEATS
from projections.work_queue import queue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from psycopg import Cursor

    from projections.listing import Condition
    from projections.scope import Scope


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


_HOLDS = f"""
    SELECT FROM {appointments.stored} AS a
    JOIN {organisations.organisations.stored} AS o USING (organisation)
    WHERE a.organisation = {{here}} AND a.seat = ANY ({{seats}})
      AND a.effective_on <= %s AND (a.ends_on IS NULL OR a.ends_on > %s)
      AND (o.ended_on IS NULL OR o.ended_on > %s)
      AND NOT EXISTS (
          SELECT FROM unnest({{barred}}) AS bar (person)
          WHERE bar.person = a.person OR EXISTS (
              SELECT FROM {links.stored} AS l
              WHERE l.person = a.person AND l.other = bar.person AND l.until IS NULL))
"""
"""Whoever holds one of some seats of an organisation on a day, and is none of those barred."""
_INVOLVED = f"""
    m.barred || ARRAY(
        SELECT person FROM {acts.stored}
        WHERE "case" = m."case" AND topic = ANY (%s) AND person IS NOT NULL
        UNION SELECT applicant FROM {cases.stored} WHERE "case" = m."case")
"""
_SEATED = _HOLDS.format(here="q.organisation", seats="ARRAY[q.seat]", barred="q.barred")
_CASES = f"""
    SELECT 'case' AS kind, q."case" AS stream, q."case", q.organisation, q.since, q.since_position
    FROM {queue.stored} AS q
    WHERE q.waiting AND {{shown}}
      AND (q.substitute IS NULL OR q.substitute = ANY (q.barred))
      AND NOT EXISTS ({_SEATED})
"""
_OFFICERS = _HOLDS.format(here="m.organisation", seats="m.seats", barred=_INVOLVED)
_MATTERS = f"""
    SELECT m.kind, m.stream, m."case", m.organisation, m.since, m.since_position
    FROM {matters.stored} AS m
    WHERE m.seats <> '{{{{}}}}' AND NOT m.above AND {{shown}}
      AND (m.about IS NULL OR m.about <> ALL (%s))
      AND NOT EXISTS ({_OFFICERS})
"""


def standing_still(
    scope: Scope,
    today: date,
    *,
    of_cases: bool,
    of_matters: bool,
    never_about: Collection[str],
) -> Gathered[Still]:
    """What stands still on a day (Beijing), of what ``scope`` shows, the longest first."""
    days, sources = [today, today, today], list[Gathered[Still]]()

    def of_case(theirs: Condition) -> Listing[Still]:
        shown, asked = both(theirs, case_scope.seen(scope, 'q."case"'))
        return _longest_first(_CASES.format(shown=shown), [*asked, *days])

    def of_matter(theirs: Condition) -> Listing[Still]:
        shown, asked = theirs
        given = [*asked, sorted(never_about), *days, sorted(SEATS)]
        return _longest_first(_MATTERS.format(shown=shown), given)

    if of_cases:
        sources.append(by_offices(of_case, scope, "q.organisation"))
    if of_matters:
        sources.append(by_offices(of_matter, scope, "m.organisation"))
    return merged(*sources, ascending=True)


def _longest_first(source: str, given: Sequence[Any]) -> Listing[Still]:
    place = ("since_position",)
    return Listing(source=source, given=given, place=place, read=_read, ascending=True)


def _read(cursor: Cursor[Any]) -> list[Still]:
    make = class_row(Still)(cursor)
    return [make(values) for values in cursor]
