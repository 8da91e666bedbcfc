"""Who applied in the cases that somebody reads, or dealt with them: a condition over other tables.

It has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.case_scope import seen
from projections.case_status import cases
from projections.dealings import dealings
from projections.listing import both, either

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.listing import Condition
    from projections.scope import Scope


def involved(
    connection: Connection[Any], readable: Scope, reviewed: Scope, some: Sequence[str]
) -> set[str]:
    """Those of some persons who applied in a case that is read, or reviewed one.

    ``reviewed`` are the cases of whose review it is told.
    """
    where, given = either(
        _in(cases.stored, "applicant", readable),
        _in(dealings.stored, "handler", reviewed),
        _in(dealings.stored, "leader", reviewed),
    )
    rows = connection.execute(
        f"SELECT person FROM unnest(%s::text[]) AS asked (person) WHERE {where}",
        [list(some), *given],
    )
    return {person for (person,) in rows}


def _in(table: str, column: str, scope: Scope) -> Condition:
    there, given = both((f"one.{column} = asked.person", []), seen(scope, 'one."case"'))
    return f"EXISTS (SELECT FROM {table} AS one WHERE {there})", given
