"""The record as the floors above use it: load, append, read in order, follow.

One ``Record`` serves all threads of a process. It has connections, so a server that forks makes
one in each worker, after the fork.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Self, get_args

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.append.application import RecordApplication
from audit.append.errors import (
    AcknowledgementLostError,
    AlreadyClaimedError,
    AppendFailedError,
    AppendImpossibleError,
    AppendRefusedError,
    EpochLeftOutError,
    IdentityTakenError,
    KeyDestroyedError,
    RecordAheadError,
    StreamConflict,
    StreamConflictError,
)
from audit.append.flushing import FlushBarrier, PositionLostError
from audit.append.idempotency import CLAIMED, Claims, Outcome
from audit.append.mapper import Recorded
from audit.append.plan import IdempotencyClaim
from audit.append.recorder import PlacedEvent
from audit.append.request import AppendRequest, Write, drafts_of, plan_of
from audit.bell import Bell
from audit.datastore import RecordDatastore
from audit.files.attachments import Attachments
from audit.head import Head
from audit.history import History
from audit.keys import blind_index
from audit.keys.identity import Identities, IdentityClaim
from audit.keys.keyfile import KeyFileError, Use
from audit.keys.keyring import Keyring, another_file
from audit.keys.sealing import from_token
from audit.reading import Reading
from audit.shelf import OCTETS_AT_HAND, Row, Shelf
from audit.times import WRONG, Times, read_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import TracebackType

    from audit.keys.keyfile import KeyFile
    from audit.migrate import Ground
    from domain.personal import Personal

__all__ = [
    "OCTETS_AT_HAND",
    "ROWS_OF",
    "AcknowledgementLostError",
    "AlreadyClaimedError",
    "AppendFailedError",
    "AppendImpossibleError",
    "AppendRefusedError",
    "AppendRequest",
    "Appended",
    "Head",
    "History",
    "IdempotencyClaim",
    "IdentityClaim",
    "IdentityTakenError",
    "KeyDestroyedError",
    "Outcome",
    "PositionLostError",
    "Record",
    "RecordAheadError",
    "Recorded",
    "Row",
    "StreamConflict",
    "StreamConflictError",
    "Write",
]

ROWS_OF = (
    "SELECT notification_id, originator_id, originator_version, topic, state, placed_at"
    " FROM {schema}.event WHERE originator_id = %s ORDER BY originator_version"
)
"""What asks for the rows of a stream."""
ROWS_OF_SEVERAL = (
    "SELECT notification_id, originator_id, originator_version, topic, state, placed_at"
    " FROM {schema}.event WHERE originator_id = ANY (%s)"
    " ORDER BY originator_id, originator_version"
)
"""What asks for the rows of many streams, one after the other."""
_BEHIND = (
    "SELECT notification_id, originator_id, originator_version, topic, state, placed_at"
    " FROM {schema}.event WHERE notification_id > %s AND notification_id <= %s"
    " ORDER BY notification_id LIMIT %s"
)
_TOKENS_AT_HAND = 4096
"""Of so many tokens a process remembers what they are; the words stay sealed."""
_NO_LAST = 2**62


@dataclass(frozen=True)
class Appended:
    """What an append brought: its events in order of position, and the new heads by stream."""

    recorded: tuple[Recorded, ...]

    @property
    def positions(self) -> range:
        """The positions of the events, without a gap."""
        return range(self.recorded[0].position, self.recorded[-1].position + 1)

    @property
    def heads(self) -> dict[str, Head]:
        """The new head of each stream that was written."""
        return {one.stream: one.head for one in self.recorded}


class Record:
    """One append-only, totally ordered sequence of events."""

    def __init__(
        self,
        url: str,
        ground: Ground,
        key_file: KeyFile,
        *,
        connections: int = 8,
        statement_seconds: int | None = None,
        octets_at_hand: int = OCTETS_AT_HAND,
    ) -> None:
        """A statement that takes longer than ``statement_seconds`` is cancelled, if any.

        ``octets_at_hand`` is of how many octets of leaves the events are remembered.
        """
        self._datastore = RecordDatastore(
            url, ground, connections=connections, statement_seconds=statement_seconds
        )
        self._key_file = key_file
        self.origin = self._one("SELECT origin FROM {schema}.origin")
        self.keys = Keyring(self._datastore, key_file, self.origin)
        self.identities = Identities(self._datastore, key_file)
        self.claims = Claims(self._datastore, key_file)
        self.attachments = Attachments(self._datastore, self.keys, self.origin)
        self.barrier = FlushBarrier(self._datastore)
        self.reading = Reading(self._datastore)
        self.application = RecordApplication(self._datastore, self.origin, self.keys)
        self._of_token = lru_cache(_TOKENS_AT_HAND)(partial(from_token, keys=self.keys))
        self._wrong = tuple(range(*each) for each in self._many(WRONG))
        self._shelf = Shelf(
            self.rows, self._last_row, self.recorded, self.keys.forget, octets_at_hand
        )

    def load(self, stream: str) -> History:
        """Every event of a stream as it stands; an empty history where it does not exist.

        Raises ``StreamBrokenError``, ``UnreadableError`` or ``NotCanonicalError`` if what is
        stored is not what was recorded.
        """
        self.catch_up()
        return self.at_hand(stream)

    def catch_up(self) -> None:
        """See what was appended up to now, of whatever stream: what is at hand is no older."""
        self._shelf.catch_up()

    def catch_up_asking(self, question: str, *given: object) -> tuple[Any, ...] | None:
        """Catch up, and ask by the same statement for a row of something that is no event.

        ``question`` is a SELECT, a constant of the code, that finds one row at most, whose first
        value is never null; its tables are those of ``{schema}``. None where it finds none.
        """
        found: list[tuple[Any, ...]] = []

        def behind(after: int, limit: int) -> list[Row]:
            found[:] = self._many(_beside(question), after, _NO_LAST, limit, *given)
            return [row[:_OF_A_ROW] for row in found]

        self._shelf.catch_up(behind)
        if found:
            answer = found[0][_OF_A_ROW:]
            return None if answer[0] is None else answer
        return next(iter(self._many(question, *given)), None)

    def at_hand(self, stream: str) -> History:
        """Every event of a stream, up to when this process last caught up at least.

        Raises as ``load`` does.
        """
        history, known = self._shelf.find(stream)
        if history is None:
            events = self.application.store.get(stream)
            history = History.of(stream, (one for one in events if isinstance(one, Recorded)))
            self._shelf.keep(history, known)
        return history

    def at_hand_together(self, streams: Iterable[str]) -> dict[str, History]:
        """As ``at_hand``, of many streams by one statement.

        What had to be read for them is kept by nobody: who goes through everything takes the place
        of nothing that others need again.
        """
        found = {each: self._shelf.find(each)[0] for each in dict.fromkeys(streams)}
        rows: dict[str, list[Row]] = {each: [] for each, known in found.items() if known is None}
        for row in self._many(ROWS_OF_SEVERAL, list(rows)) if rows else ():
            rows[row[1]].append(row)
        read = {each: History.of(each, map(self.recorded, own)) for each, own in rows.items()}
        return read | {each: known for each, known in found.items() if known is not None}

    def append(self, request: AppendRequest) -> Appended:
        """Record the events of one command, all or nothing; returns when the disk has them.

        Raises a subclass of ``AppendRefusedError`` if something does not stand as it was read, or
        the record as its clocks (nothing was written), ``AppendFailedError`` if the database can't
        (nothing was written), ``AppendImpossibleError`` if it takes others but not this (nothing
        was written), ``AcknowledgementLostError`` if it is not known, ``EventTooLargeError``,
        ``UnstorableError`` or ``NotCanonicalError`` for what can't be stored, ``KeyFileError``
        for a key file that is not that of the record.
        """
        try:
            return self._append(request)
        except StreamConflictError as moved:
            self._shelf.drop(each.stream for each in moved.conflicts)
            raise
        except EpochLeftOutError as left_out:  # of which nothing was written
            self._key_file.reload()
            if left_out.epoch not in self._key_file.epochs(Use.IDENTITY):
                raise KeyFileError(another_file(self._key_file)) from left_out
            return self._append(request)

    def undisturbed(self) -> AbstractContextManager[None]:
        """Keep everybody else's appends waiting, for whom they would overtake for ever.

        For one decision and its append, by this thread: all others wait for it, seconds at most.
        """
        return self.application.store.recorder.undisturbed()

    def expect(self, history: History) -> None:
        """Know how a stream goes on by an append from here, with what follows from that.

        Once it is seen on record, nobody needs to read or to fold it again.
        """
        self._shelf.expect(history)

    def _append(self, request: AppendRequest) -> Appended:
        keys = self.keys.keys_for(request.words)
        drafts = drafts_of(request, self.origin, keys, self._wrong)
        plan = plan_of(request, keys, self.identities)
        return Appended(tuple(self.application.store.append(drafts, plan)))

    def rows(self, after: int, limit: int, *, flushed_only: bool = False) -> list[Row]:
        """The rows behind position ``after``, ``limit`` at most, in order of position.

        What is not flushed may still be taken away by a crash. A follower that commits
        synchronously may read it, because its commit can't outlive what it saw.
        """
        last = self.barrier.flushed_head() if flushed_only else _NO_LAST
        return self._many(_BEHIND, after, last, limit)

    def rows_of(self, stream: str) -> list[Row]:
        """The rows of a stream, in order of version; none where it does not exist."""
        return self._many(ROWS_OF, stream)

    def read(self, after: int, limit: int, *, flushed_only: bool = False) -> list[Recorded]:
        """The events behind position ``after``, as ``rows``; raises as ``load`` does."""
        return [self.recorded(row) for row in self.rows(after, limit, flushed_only=flushed_only)]

    def recorded(self, row: Row) -> Recorded:
        """The event of a row; raises as ``load`` does."""
        position, stream, version, topic, leaf, at = row
        return self.application.store.mapper.to_domain_event(
            PlacedEvent(stream, version, topic, leaf, position, at)
        )

    def head(self) -> int:
        """The last position that can be seen, 0 before the first."""
        return self.barrier.head()

    def flushed_head(self) -> int:
        """The last position that no crash takes away."""
        return self.barrier.flushed_head()

    def wait_until_flushed(self, position: int) -> None:
        """Come back when the disk has everything up to a position; ``PositionLostError``."""
        self.barrier.wait_until_flushed(position)

    def position_at(self, instant: datetime) -> int:
        """The last position at an instant: what was known then. 0 before the first event."""
        return int(self._one("SELECT {schema}.position_at(%s)", instant))

    def times(self) -> Times:
        """The clocks that must agree."""
        with self._datastore.get_connection() as connection:
            return read_times(connection, self._datastore.schema)

    def outcome_of(self, account: str, key: str) -> Outcome | None:
        """What was answered to an idempotency key, once the disk has it; None for a new key.

        It catches up, too: an act that is new may rest on what stood when its key was new.
        """
        if self.catch_up_asking(CLAIMED, account, key) is None:
            return None
        return self.claims.outcome_of(account, key)

    def digest_of_body(self, body: bytes) -> bytes:
        """What an ``IdempotencyClaim`` keeps of a request body."""
        return self.claims.digest_of_body(body)

    def person_of(self, document_type: str, number: str) -> str | None:
        """The person to whom a normalised identity document is bound, if any."""
        return self.identities.person_of(document_type, number)

    def opened(self, tokens: Sequence[str]) -> list[Personal]:
        """The words behind the tokens that a view stored, with all their keys at hand."""
        words = [self._of_token(token) for token in tokens]
        self.keys.fetch([one.key_id for one in words])
        return list(words)

    def texts(self, tokens: Sequence[str]) -> list[str | None]:
        """The same in clear; None where the key was destroyed."""
        words = [self._of_token(token) for token in tokens]
        named = [one.key_id for one in words]
        keys = self.keys.fetch(named)
        return [one.under(keys[key_id]) for one, key_id in zip(words, named, strict=True)]

    def blind(self, purpose: str, words: str) -> bytes:
        """The blind index of words: 32 bytes by which a view finds them without opening any."""
        return blind_index.blind(self._key_file, purpose, words)

    def bell(self) -> Bell:
        """Something that rings when events have been appended; close it after use."""
        return Bell(self._datastore.url, self.application.store.recorder.channel_name)

    def close(self) -> None:
        """Close the connections."""
        self.application.close()

    def _last_row(self) -> list[Row]:
        """The last row that can be seen, if there is one."""
        return self._many(
            "SELECT notification_id, originator_id, originator_version, topic, state, placed_at"
            " FROM {schema}.event ORDER BY notification_id DESC LIMIT 1"
        )

    def _many(self, query: str, *parameters: object) -> list[Any]:
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            composed = _composed(query, self._datastore.schema)
            return cursor.execute(composed, parameters, prepare=True).fetchall()

    def _one(self, query: str, *parameters: object) -> Any:  # noqa: ANN401 -- the query says which
        return self._many(query, *parameters)[0][0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_OF_A_ROW = len(get_args(Row))


@cache
def _beside(question: str) -> str:
    """The rows behind a position, each with what a question finds."""
    return (
        f"SELECT * FROM ({_BEHIND}) AS behind LEFT JOIN ({question}) AS asked ON true"  # noqa: S608 -- constants of the code
        " ORDER BY notification_id"
    )


@cache
def _composed(query: str, schema: str) -> bytes:
    """A query that is a constant of the code, of one schema."""
    return SQL(query).format(schema=Identifier(schema)).as_bytes()
