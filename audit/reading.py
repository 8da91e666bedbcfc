"""The record read in other orders than that of its positions, page by page.

Nothing is held open between two pages; what was appended meanwhile lies behind ``last``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.datastore import RecordDatastore
    from audit.shelf import Row

PAGE = 5_000

_COLUMNS = "notification_id, originator_id, originator_version, topic, state, placed_at"
_BESIDE_CASES = (
    f"SELECT {_COLUMNS} FROM {{event}}"  # noqa: S608 -- names of columns
    " WHERE notification_id > %s AND notification_id <= %s"
    " AND NOT starts_with(originator_id, 'case-') ORDER BY notification_id LIMIT %s"
)
_BY_STREAM = (
    f"SELECT {_COLUMNS} FROM {{event}}"  # noqa: S608 -- names of columns
    " WHERE (originator_id, originator_version) > (%s, %s) AND notification_id <= %s"
)
_BEFORE = " AND originator_id < %s"
_IN_ORDER = " ORDER BY originator_id, originator_version LIMIT %s"
_SAMPLED = """
SELECT DISTINCT originator_id FROM {event}
WHERE notification_id = ANY (%s) ORDER BY originator_id
"""
_ALONG_AN_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
"""A plan that reads the rest of the record for each page and sorts it would be quadratic."""
_OUT_OF_ORDER = """
SELECT position, stream, position <> before + 1, went_back FROM (
    SELECT notification_id AS position, originator_id AS stream,
           lag(notification_id, 1, 0::bigint) OVER in_order AS before,
           coalesce(placed_at < lag(placed_at) OVER in_order, false)
           AND topic <> 'record:time-resumed:1' AS went_back
    FROM {event} WHERE notification_id <= %s WINDOW in_order AS (ORDER BY notification_id)
) AS event WHERE position <> before + 1 OR went_back ORDER BY position
"""


@dataclass(frozen=True)
class Span:
    """Streams that follow each other in the record's order: from ``first`` on, before ``end``."""

    first: str = ""
    end: str | None = None


WHOLE = Span()
"""Every stream."""


class Reading:
    """Reads one record up to a position ``last``."""

    def __init__(self, datastore: RecordDatastore) -> None:
        self._datastore = datastore
        self._event = Identifier(datastore.schema, "event")

    def beside_cases(self, last: int) -> Iterator[list[Row]]:
        """Every event of whatever is no case, in order of position."""
        after = 0
        while page := self._many(_BESIDE_CASES, after, last, PAGE):
            yield page
            after = page[-1][0]

    def spans(self, last: int, count: int) -> list[Span]:
        """All streams in at most ``count`` spans, with about as many events in each."""
        sample = [last * each // count for each in range(1, count)]
        bounds = [stream for (stream,) in self._many(_SAMPLED, sample)]
        return list(map(Span, ["", *bounds], [*bounds, None]))

    def by_stream(self, last: int, span: Span = WHOLE) -> Iterator[list[Row]]:
        """Every event stream by stream, in order of version; of the streams of a span."""
        after = (span.first, 0)
        query, end = (_BY_STREAM, []) if span.end is None else (_BY_STREAM + _BEFORE, [span.end])
        while page := self._many(query + _IN_ORDER, *after, last, *end, PAGE):
            yield page
            after = page[-1][1:3]

    def out_of_order(self, last: int) -> list[tuple[int, str, bool, bool]]:
        """Positions before which one is missing, or at which the time goes back.

        Position, stream, and which of the two it is.
        """
        return self._many(_OUT_OF_ORDER, last)

    def _many(self, query: str, *parameters: object) -> list[Any]:
        composed = SQL(query).format(event=self._event)
        with (
            self._datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            connection.execute(_ALONG_AN_INDEX)
            return cursor.execute(composed, parameters, prepare=True).fetchall()
