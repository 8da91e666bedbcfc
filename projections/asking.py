"""What a query asks of a list, as conditions of SQL: comparisons, and that something exists.

Values come typed; a condition is a constant of the code with what is given for its placeholders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain import beijing
from projections.listing import both, either

if TYPE_CHECKING:
    from projections.listing import Condition

Scalar = str | int | bool | date | datetime
Bound = Sequence[tuple[str, Scalar]]
"""A value with the sign before it; of a range both ends, which both have to hold."""
EQUAL = "="


@dataclass(frozen=True)
class Asked:
    """One term of a query: its qualifier, the values of which one has to hold, or none of them."""

    name: str
    bounds: tuple[Bound, ...]
    negated: bool = False

    def words(self) -> list[Scalar]:
        """The values, of a qualifier whose values stand without signs."""
        return [value for bound in self.bounds for _, value in bound]


def compared(column: str, asked: Asked) -> Condition:
    """That a column holds one of the values, or lies within one of the bounds."""
    equal = [bound[0][1] for bound in asked.bounds if [sign for sign, _ in bound] == [EQUAL]]
    found = [_one_of(column, equal)] if equal else []
    within = (each for each in asked.bounds if [sign for sign, _ in each] != [EQUAL])
    found += (both(*((f"{column} {sign} %s", [end]) for sign, end in each)) for each in within)
    return either(*found)


def _one_of(column: str, values: Sequence[Scalar]) -> Condition:
    """That a column holds one of these; of one alone, rows come in the order of an index of it."""
    if len(values) == 1:
        return f"{column} = %s", list(values)
    return f"{column} = ANY (%s)", [list(values)]


def on_days(asked: Asked) -> Asked:
    """The same of a column of instants, where the values are days in Beijing."""
    bounds = tuple(
        tuple(end for each in bound for end in _instants(*each)) for bound in asked.bounds
    )
    return Asked(asked.name, bounds, asked.negated)


def _instants(sign: str, day: Scalar) -> list[tuple[str, Scalar]]:
    assert isinstance(day, date)
    first, behind = beijing.begin(day), beijing.end(day)
    return {
        EQUAL: [(">=", first), ("<", behind)],
        ">=": [(">=", first)],
        ">": [(">=", behind)],
        "<=": [("<", behind)],
        "<": [("<", first)],
    }[sign]  # type: ignore[return-value] # instants are scalars


def turned(asked: Asked, condition: Condition) -> Condition:
    """The condition, or the opposite of it where the term is negated."""
    where, given = condition
    return (f"({where}) IS NOT TRUE" if asked.negated else where), given


def by_whom(table: str, person: str, account: str, asked: Asked) -> Condition:
    """That a row of a table names one of these persons or accounts, told apart by their ids."""
    ids = [str(each) for each in asked.words()]
    accounts = [each for each in ids if each.startswith("account-")]
    persons = [each for each in ids if not each.startswith("account-")]
    named = ((person, persons), (account, accounts))
    return either(*(_one_of(f"{table}.{column}", some) for column, some in named if some))
