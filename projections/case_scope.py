"""Which cases a scope shows, as a condition of SQL, and the lists of them in every order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.case_order import NEWEST, Beginnings, ListedCase, Order
from projections.case_status import cases, listed
from projections.listing import ALWAYS, Gathered, both, narrowed
from projections.parties import parties
from projections.reach import few_cases

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
    if not own and not helping:
        return f"{row}.submitted_at IS NOT NULL", []
    helped = f"{row}.helper = ANY (%s) AND {row}.helping_for = ANY (%s)"
    where = f"({row}.submitted_at IS NOT NULL OR {row}.applicant = ANY (%s) OR {helped})"
    return where, [own, helping, sorted(scope.organisations)]


def visible(
    scope: Scope,
    asked: Sequence[Condition] = (),
    order: Order = NEWEST,
    beginnings: Beginnings | None = None,
) -> Gathered[ListedCase]:
    """The cases that ``scope`` shows and that meet what is asked of ``case_status``.

    One that was never filed concerns its applicant alone, and who files it for them.
    ``beginnings`` are where those begin that meet what is asked, in the whole record.
    """
    begun = beginnings if scope.everything and order.column is None else None
    conditions = [_handed_in(scope, cases.name), *(asked if begun is None else begun.rest)]

    def gather(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> list[ListedCase]:
        if order.column is None:
            page = _newest(begun, scope, conditions, order, behind, limit)
        else:
            few = few_cases(connection, scope)
            page = _ordered(few, scope, conditions, order, behind, limit)
        return listed.select(connection, *page)

    def counting(most: int) -> Condition:
        where, given = both(_concerns(scope), *conditions)
        some = f"SELECT FROM {cases.source} WHERE {where}"
        if begun is not None:
            some, given = _meeting(begun, conditions)
        return f"SELECT count(*) FROM ({some} LIMIT %s) AS counted", [*given, most]

    def count(connection: Connection[Any], most: int) -> int:
        return int(connection.execute(*counting(most)).fetchall()[0][0])

    def begin(connection: Connection[Any], limit: int, most: int) -> tuple[list[ListedCase], int]:
        page = _newest(begun, scope, conditions, order, None, limit)
        return listed.select_counted(connection, page, counting(most))

    if order.column is None:
        return Gathered(place=("case",), gather=gather, counts=count, begins=begin)
    return Gathered(place=(order.column, "case"), gather=gather, counts=count)


def _concerns(scope: Scope, column: str = 'case_status."case"') -> Condition:
    if scope.everything:
        return ALWAYS
    return _CONCERNS.format(column=column), [scope.parties]


def _meeting(begun: Beginnings, conditions: Sequence[Condition]) -> Condition:
    """A query for the cases that begin there and meet all conditions."""
    found, those = begun.merged
    where, given = both(*conditions)
    all_of_them = f'({found}) AS begun JOIN {cases.source} USING ("case")'
    return f'SELECT DISTINCT begun."case" FROM {all_of_them} WHERE {where}', [*those, *given]


def _newest(
    begun: Beginnings | None,
    scope: Scope,
    conditions: Sequence[Condition],
    order: Order,
    behind: Sequence[Any] | None,
    limit: int,
) -> Condition:
    """Each party is asked for its newest cases alone, so that the time does not grow with them."""
    way, source = order.way, cases.name if begun is None else "begun"
    last = None if behind is None else behind[0]
    beyond = narrowed({f'{source}."case" {order.beyond} %s': last})
    if begun is not None:
        some, given = _meeting(begun, [*conditions, *beyond])
        first = f'{some} ORDER BY "case" {way} LIMIT %s'
        return f'WHERE "case" IN ({first}) ORDER BY "case" {way}', [*given, limit]
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
    few: list[str] | None,
    scope: Scope,
    conditions: Sequence[Condition],
    order: Order,
    behind: Sequence[Any] | None,
    limit: int,
) -> Condition:
    """By another column, what has none last where it descends: see ``Order``.

    Each party's cases do not come in this order. So few are named, and found before they are
    ordered (``OFFSET``); of many, a page comes soon by the index of the order.
    """
    where, given = both(*conditions, *([_concerns(scope)] if few is None else ()))
    place = order.key if few is None else "place"
    by = f'{place} {order.way}, "case" {order.way} LIMIT %s'
    beyond, end = ALWAYS
    if behind is not None:
        beyond = f'({place}, "case") {order.beyond} ({order.or_least("%s")}, %s)'
        end = list(behind)
    if few is None:
        return f"WHERE {where} AND {beyond} ORDER BY {by}", [*given, *end, limit]
    rest = f"""
        WHERE "case" IN (
            SELECT "case" FROM (
                SELECT "case", {order.key} AS place
                FROM unnest(%s::text[]) AS named ("case") JOIN {cases.source} USING ("case")
                WHERE {where} OFFSET 0
            ) AS theirs
            WHERE {beyond} ORDER BY {by}
        )
        ORDER BY {order.key} {order.way}, "case" {order.way}
    """
    return rest, [few, *given, *end, limit]


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
