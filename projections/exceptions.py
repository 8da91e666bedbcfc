"""What should not be: seats behind dead accounts, findings that brought nothing (审计例外).

No view of its own: questions over views that there are already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.scope import Scope


@dataclass(frozen=True)
class StaleAppointment:
    """An open appointment through an account that can't act.

    ``why`` is ``disabled``, or ``opened`` where its one-time code was never used.
    """

    organisation: str
    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    why: str
    position: int


@dataclass(frozen=True)
class Unfinished:
    """A finding, or a revocation, without what belongs to it.

    ``code`` is FINDING_WITHOUT_OUTCOME (the case neither revoked nor disqualified) or
    FINDING_WITHOUT_RECORD (no entry on the integrity record).
    """

    code: str
    case: str
    investigation: str
    decision: str | None
    changed_at: datetime
    position: int


_STALE = """
    SELECT a.organisation, a.appointment, a.seat, a.person, a.account, a.effective_on,
           b.state AS why, a.opened AS position
    FROM appointment AS a JOIN account AS b ON b.account = a.account
    WHERE (a.ends_on IS NULL OR a.ends_on > %(on)s) AND b.state <> 'active'
      AND (%(before)s::bigint IS NULL OR a.opened < %(before)s)
      AND (%(everything)s OR EXISTS (
          SELECT FROM organisation AS o, unnest(%(areas)s::text[]) AS wider (area)
          WHERE o.organisation = a.organisation
            AND starts_with(o.area || '/', wider.area || '/')))
    ORDER BY a.opened DESC LIMIT %(limit)s
"""

_UNFINISHED = """
    SELECT CASE WHEN s.phase IN ('revoked', 'disqualified')
                THEN 'FINDING_WITHOUT_RECORD' ELSE 'FINDING_WITHOUT_OUTCOME' END AS code,
           i."case", i.investigation, i.decision, i.changed_at, i.position
    FROM investigation AS i JOIN case_status AS s ON s."case" = i."case"
    WHERE i.phase IN ('found', 'review_requested', 'reviewed')
      AND i.review IS DISTINCT FROM 'annulled'
      AND (s.phase NOT IN ('revoked', 'disqualified')
           OR NOT EXISTS (SELECT FROM integrity AS e WHERE e.investigation = i.investigation))
      AND (%(before)s::bigint IS NULL OR i.position < %(before)s)
      AND (%(everything)s OR EXISTS (
          SELECT FROM organisation AS o, unnest(%(areas)s::text[]) AS wider (area)
          WHERE o.organisation = i.organisation
            AND starts_with(o.area || '/', wider.area || '/')))
    ORDER BY i.position DESC LIMIT %(limit)s
"""


def stale_appointments(
    connection: Connection[Any],
    scope: Scope,
    *,
    on: date,
    before: int | None = None,
    limit: int = 50,
) -> list[StaleAppointment]:
    """Appointments that are open on a day (Beijing) and that nobody can use, the newest first."""
    with connection.cursor(row_factory=class_row(StaleAppointment)) as cursor:
        given = {**_given(scope, before, limit), "on": on}
        return cursor.execute(_STALE, given).fetchall()


def unfinished(
    connection: Connection[Any], scope: Scope, *, before: int | None = None, limit: int = 50
) -> list[Unfinished]:
    """Findings without the outcome or the record that belong to them, the newest first."""
    with connection.cursor(row_factory=class_row(Unfinished)) as cursor:
        return cursor.execute(_UNFINISHED, _given(scope, before, limit)).fetchall()


def _given(scope: Scope, before: int | None, limit: int) -> dict[str, Any]:
    return {
        "everything": scope.everything or "" in scope.areas,
        "areas": sorted(scope.areas),
        "before": before,
        "limit": limit,
    }
