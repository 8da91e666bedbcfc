"""Which rows lie in whose charge: by the organisation that they name, or by their case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.organisations import organisations
from projections.parties import parties

if TYPE_CHECKING:
    from projections.listing import Condition
    from projections.scope import Scope

LIES_WITHIN = f"""EXISTS (
    SELECT FROM {organisations.stored} AS o, unnest(%s::text[]) AS wider (area)
    WHERE o.organisation = {{column}} AND starts_with(o.area || '/', wider.area || '/'))"""
"""That the organisation in a column lies in one of the areas that are given."""


def in_charge(scope: Scope, column: str) -> list[Condition]:
    """That the organisation in a column is one of the scope's, or lies in its areas."""
    if scope.everything or "" in scope.areas:
        return []
    within = LIES_WITHIN.format(column=column)
    given = [sorted(scope.organisations), sorted(scope.areas)]
    return [(f"({column} = ANY (%s) OR {within})", given)]


def concerns(scope: Scope, column: str) -> list[Condition]:
    """That the case in a column concerns somebody in the scope, or lies in its areas."""
    if scope.everything or "" in scope.areas:
        return []
    seen = f"""EXISTS (SELECT FROM {parties.stored} AS seen
        WHERE seen."case" = {column} AND seen.party = ANY (%s))"""
    return [(seen, [scope.parties])]
