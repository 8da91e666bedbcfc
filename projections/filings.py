"""Every filing of a place, whether it was taken or refused at the door (申报件).

One that was taken counts from when it first was, one that never was from its last refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.area import LEVELS, at_level
from projections.case_status import cases
from projections.listing import ALWAYS, both, narrowed
from projections.parties import parties
from projections.refusals import FILING, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from projections.listing import Condition

_FILED_AT = f"""coalesce(case_status.submitted_at, (
    SELECT max(tried.at) FROM {refused.stored} AS tried
    WHERE tried."case" = case_status."case" AND tried.kind = '{FILING}'))"""
_OF_ALL = f'SELECT case_status."case", {_FILED_AT} AS at FROM {cases.source}'
_OF_PARTY = f"""{_OF_ALL} JOIN {parties.stored} AS concerned USING ("case")
    WHERE concerned.party = %s"""


@dataclass(frozen=True, slots=True)
class Filing:
    """A case that somebody filed or tried to, and when (UTC): first taken, else last refused."""

    case: str
    at: datetime


@dataclass(frozen=True)
class Filings:
    """The filings through employers in an area, of one year in Beijing or of all.

    Of an area beneath a county they are those of the county, and of an empty one all there are.
    """

    area: str
    year: int | None = None

    def page(self, connection: Connection[Any], behind: str | None, limit: int) -> list[Filing]:
        """At most so many behind a case, in the order of the ids, which grow with time."""
        found, given = self._among(narrowed({'"case" > %s': behind}))
        query = f'{found} ORDER BY "case" LIMIT %s'
        return [Filing(*row) for row in connection.execute(query, [*given, limit])]

    def count(self, connection: Connection[Any]) -> int:
        """How many there are."""
        found, given = self._among(())
        row = connection.execute(f"SELECT count(*) FROM ({found}) AS counted", given).fetchall()
        return int(row[0][0])

    def _among(self, asked: Iterable[Condition]) -> Condition:
        """A query for those that meet what is asked beside, and what is given to it."""
        where, given = both(("at IS NOT NULL", []), self._in_year(), *asked)
        if not self.area:
            return f"SELECT * FROM ({_OF_ALL}) AS filed WHERE {where}", given
        party = at_level(self.area, LEVELS[-1])
        return f"SELECT * FROM ({_OF_PARTY}) AS filed WHERE {where}", [party, *given]

    def _in_year(self) -> Condition:
        if self.year is None:
            return ALWAYS
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return "at >= %s AND at < %s", [beijing.begin(first), beijing.end(last)]
