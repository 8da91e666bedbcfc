"""Which cases a scope shows, as a condition of SQL, and the lists of them in every order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.case_order import NEWEST, ListedCase, Order
from projections.case_status import cases, listed
from projections.listing import ALWAYS, Gathered, both, narrowed
from projections.parties import parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import Connection

    from projections.listing import Condition
    from projections.scope import Scope

_CONCERNS = f"""EXISTS (SELECT FROM {parties.stored} AS seen
    WHERE seen."case" = {{column}} AND seen.party = ANY (%s))"""
_KNOWN = f"""EXISTS (SELECT FROM {cases.stored} AS known
    WHERE known."case" = {{column}} AND {{handed_in}})"""


def seen(scope: Scope, column: str = 'case_status."case"') -> Condition:
    """That the case in a column concerns the caller, and is no draft of somebody else's.

    Whoever stands above the employer is a party, so nothing is asked about who stands beneath.
    """
    handed_in, own = _handed_in(scope, "known")
    known: Condition = (_KNOWN.format(column=column, handed_in=handed_in), own)
    return both(_concerns(scope, column), known)


def seen_here(scope: Scope) -> list[Condition]:
    """As ``seen``, of a row of ``case_status`` itself: no table is joined for what stands there."""
    return [_concerns(scope), _handed_in(scope, cases.name)]


def _handed_in(scope: Scope, row: str) -> Condition:
    """That the case of a row was filed, or is the caller's own, or is being filed by them."""
    own, helping = ([], []) if scope.mandated else (sorted(scope.persons), sorted(scope.assisting))
    helped = f"{row}.helper = ANY (%s) AND {row}.helping_for = ANY (%s)"
    where = f"({row}.submitted_at IS NOT NULL OR {row}.applicant = ANY (%s) OR {helped})"
    return where, [own, helping, sorted(scope.organisations)]


def visible(
    scope: Scope, asked: Sequence[Condition] = (), order: Order = NEWEST
) -> Gathered[ListedCase]:
    """The cases that ``scope`` shows and that meet what is asked of ``case_status``.

    One that was never filed concerns its applicant alone, and who files it for them.
    """
    conditions = [_handed_in(scope, cases.name), *asked]
    asking = _newest if order.column is None else _ordered

    def gather(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> list[ListedCase]:
        return listed.select(connection, *asking(scope, conditions, order, behind, limit))

    def counting(most: int) -> Condition:
        where, given = both(_concerns(scope), *conditions)
        some = f"SELECT FROM {cases.source} WHERE {where} LIMIT %s"
        return f"SELECT count(*) FROM ({some}) AS counted", [*given, most]

    def count(connection: Connection[Any], most: int) -> int:
        return int(connection.execute(*counting(most)).fetchall()[0][0])

    def begin(connection: Connection[Any], limit: int, most: int) -> tuple[list[ListedCase], int]:
        page = asking(scope, conditions, order, None, limit)
        return listed.select_counted(connection, page, counting(most))

    place = ("case",) if order.column is None else (order.column, "case")
    return Gathered(place=place, gather=gather, counts=count, begins=begin)


def _concerns(scope: Scope, column: str = 'case_status."case"') -> Condition:
    if scope.everything:
        return ALWAYS
    return _CONCERNS.format(column=column), [scope.parties]


def _newest(
    scope: Scope,
    conditions: Sequence[Condition],
    order: Order,
    behind: Sequence[Any] | None,
    limit: int,
) -> Condition:
    """Each party is asked for its newest cases alone, so that the time does not grow with them."""
    sign, way = ("<", "DESC") if order.descending else (">", "ASC")
    beyond = narrowed({f'case_status."case" {sign} %s': None if behind is None else behind[0]})
    there = _concerns(scope)  # which the parties below say by themselves
    where, given = both(*(each for each in (*conditions, *beyond) if each != there))
    if scope.everything:
        return f'WHERE {where} ORDER BY "case" {way} LIMIT %s', [*given, limit]
    rest = f"""
        WHERE "case" IN (
            SELECT found."case" FROM unnest(%s::text[]) AS seen (party)
            CROSS JOIN LATERAL (
                SELECT listed."case"
                FROM {parties.stored} AS listed JOIN {cases.source} USING ("case")
                WHERE listed.party = seen.party AND {where}
                ORDER BY listed."case" {way} LIMIT %s
            ) AS found
        )
        ORDER BY "case" {way} LIMIT %s
    """
    return rest, [scope.parties, *given, limit, limit]


def _ordered(
    scope: Scope,
    conditions: Sequence[Condition],
    order: Order,
    behind: Sequence[Any] | None,
    limit: int,
) -> Condition:
    """By another column, what has none last where it descends: see ``Order``."""
    sign, way = ("<", "DESC") if order.descending else (">", "ASC")
    beyond: list[Condition] = []
    if behind is not None:
        beyond.append((f'({order.key}, "case") {sign} ({order.or_least("%s")}, %s)', list(behind)))
    where, given = both(_concerns(scope), *conditions, *beyond)
    rest = f'WHERE {where} ORDER BY {order.key} {way}, "case" {way} LIMIT %s'
    return rest, [*given, limit]


def shown(connection: Connection[Any], scope: Scope, some: Iterable[str]) -> set[str]:
    """Those of some cases that ``scope`` shows."""
    where, given = both(('asked."case" = ANY (%s)', [list(some)]), seen(scope, 'asked."case"'))
    rows = connection.execute(f'SELECT "case" FROM {cases.stored} AS asked WHERE {where}', given)
    return {case for (case,) in rows}


def of_party(connection: Connection[Any], party: str) -> list[str]:
    """Every case that concerns an organisation, a person or an area, by id."""
    rows = connection.execute(
        f'SELECT "case" FROM {parties.stored} WHERE party = %s ORDER BY "case"', (party,)
    )
    return [case for (case,) in rows]
