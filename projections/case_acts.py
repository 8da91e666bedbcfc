"""What was done in every case, one line an act (申报件经过), to be listed and searched.

A line says who did what, in which office, at which stage and round; the content of an act
is read from the record at ``position``.
Drafting (claims stated, materials attached or withdrawn) is in it, too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.case.handed_in import DRAFTING
from projections.table import Table
from projections.view import View, events_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Act:
    """One act. ``actor`` is account, public or system; ``at`` is UTC.

    ``stage``, ``round``, ``organisation`` and ``seat`` are None where the act has none.
    """

    position: int
    case: str
    version: int
    topic: str
    at: datetime
    actor: str
    person: str | None
    account: str | None
    organisation: str | None
    seat: str | None
    stage: str | None
    round: int | None


acts = Table(
    "timeline",
    Act,
    key=("position",),
    indexes=(
        '("case", version) INCLUDE (topic, person)',
        "(person, position) WHERE person IS NOT NULL",
        "(account, position) WHERE account IS NOT NULL",
        "(organisation, position) WHERE organisation IS NOT NULL",
        "(topic, position)",
        '(topic, "case")',
        "(stage, position) WHERE stage IS NOT NULL",
        "(seat, position) WHERE seat IS NOT NULL",
        "(at, position)",
    ),
)
view = View("timeline", 5, (acts,))

TOLD = tuple(
    sorted(
        kind.topic
        for kind in events_about("case")
        if kind not in DRAFTING and "investigation" not in {each.name for each in fields(kind)}  # type: ignore[arg-type]
    )
)
"""What may be told of any case that was filed to who reads its history.

The others tell of a draft, or of an investigation: to whom and since when, the case itself says.
"""


@view.on(*events_about("case"))
def _done(fact: Fact, page: Page) -> None:
    fields, actor = fact.fields, fact.actor
    page.rows(acts).add(
        Act(
            position=fact.position,
            case=fact.stream,
            version=fact.version,
            topic=fact.topic,
            at=fact.at,
            actor=actor["type"],
            person=fact.person,
            account=fact.account,
            organisation=actor.get("organisation"),
            seat=actor.get("seat"),
            stage=fields.get("stage") or fields.get("from_stage"),
            round=fields.get("round"),
        )
    )


def of_case(
    connection: Connection[Any], case_id: str, *, after: int = 0, limit: int = 200
) -> list[Act]:
    """The acts of a case, the oldest first; ``after`` is the version of the last one seen."""
    rest = 'WHERE "case" = %s AND version > %s ORDER BY version LIMIT %s'
    return acts.select(connection, rest, (case_id, after, limit))


def last_of(
    connection: Connection[Any], cases: Iterable[str], topics: Iterable[str]
) -> dict[str, int]:
    """The position of the last act of these topics in each of some cases, where there is one."""
    rows = connection.execute(
        f'SELECT "case", max(position) FROM {acts.stored} '
        'WHERE "case" = ANY (%s) AND topic = ANY (%s) GROUP BY "case"',
        (list(cases), list(topics)),
    )
    return dict(rows.fetchall())


def of_persons(
    connection: Connection[Any],
    persons: Sequence[str],
    *,
    before: int | None = None,
    limit: int = 50,
) -> list[Act]:
    """What some persons did in any case, the newest first."""
    rest = f"""
        WHERE position IN (
            SELECT found.position FROM unnest(%s::text[]) AS who (person)
            CROSS JOIN LATERAL (
                SELECT position FROM {acts.stored}
                WHERE person = who.person AND position < coalesce(%s, 9223372036854775807)
                ORDER BY position DESC LIMIT %s
            ) AS found
        )
        ORDER BY position DESC LIMIT %s
    """
    return acts.select(connection, rest, (list(persons), before, limit, limit))


def of_organisation(
    connection: Connection[Any],
    organisation: str,
    *,
    topic: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Act]:
    """What was done in an organisation's offices, the newest first."""
    rest = """
        WHERE organisation = %s AND topic = coalesce(%s, topic)
          AND position < coalesce(%s, 9223372036854775807)
        ORDER BY position DESC LIMIT %s
    """
    return acts.select(connection, rest, (organisation, topic, before, limit))
