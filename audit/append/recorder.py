"""The recorder: eventsourcing's, with an append that loses nothing and gives no position twice.

One statement appends (see ``migrations/0008_append.sql``) and commits without waiting for
the disk; a second one waits for the disk. Between the two, others can see what a crash may still
take away; so nobody is answered before the second has returned.

Kept of the library: its ports, event store, pool, and its test cases for recorders. Replaced: its
append, which locks the table across the flush, or without the lock leaves events out for followers.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, local
from time import monotonic
from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.persistence import (
    InterfaceError,
    Notification,
    OperationalError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier, Literal

from audit.append.arguments import HOW_MANY, arguments_of
from audit.append.calling import Prepared, say
from audit.append.errors import (
    AcknowledgementLostError,
    AppendFailedError,
    AppendImpossibleError,
    AppendRefusedError,
)
from audit.append.flushing import FLUSH
from audit.append.joining import Joiner
from audit.append.plan import Command, Placed, outcomes_of
from audit.outage import is_outage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from psycopg.rows import DictRow

    from audit.append.plan import Plan, Row
    from audit.datastore import RecordDatastore

COMMANDS_AT_ONCE = 64
"""Commands that one transaction carries at most."""

_FLUSHING = f"BEGIN; {FLUSH}; COMMIT"
_FLUSHED = 3
"""Answers after which the disk has everything."""
SECONDS_UNDISTURBED = 10
"""For how long everybody else waits for one who decides, be it that they never go on."""
SECONDS_OF_SILENCE = 0.005
"""For how long followers are told nothing, where a further append is about to tell them."""

Outcome = Placed | AppendRefusedError | AppendImpossibleError
"""What became of one command."""


@dataclass(frozen=True)
class PlacedEvent(Notification):
    """A stored event with its position (``id``) and the time of that position."""

    placed_at: datetime


class RecordRecorder(PostgresApplicationRecorder):
    """Appends and reads the leaves of one record."""

    def __init__(self, datastore: RecordDatastore, *, events_table_name: str = "event") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self.channel_name = f"{datastore.schema}.{events_table_name}"
        table = Identifier(datastore.schema, events_table_name)
        append, channel = Identifier(datastore.schema, "append"), Identifier(self.channel_name)
        places = SQL(", ").join(SQL(f"${place}") for place in range(1, HOW_MANY + 1))
        statement = SQL("SELECT * FROM {}({})").format(append, places)
        self._append = Prepared(b"append", statement.as_bytes())
        self._flush = FLUSH.encode()
        self._flush_and_tell = SQL(f"{_FLUSHING}; NOTIFY {{}}").format(channel).as_bytes()
        self._told = 0.0
        select = SQL(
            "SELECT originator_id, originator_version, topic, state, notification_id, placed_at"
            " FROM {} WHERE originator_id = %s AND originator_version > %s"
            " AND originator_version <= %s ORDER BY originator_version {} LIMIT %s"
        )
        self._forward = select.format(table, SQL("ASC")).as_bytes()
        self._backward = select.format(table, SQL("DESC")).as_bytes()
        self._joiner: Joiner[Command, Outcome] = Joiner(self.append_all, COMMANDS_AT_ONCE)
        self._one_undisturbed = Lock()
        self._undisturbed = local()
        self._keep_waiting = SQL(
            "SET idle_session_timeout = '{}s'; SELECT pg_advisory_lock({}::regclass::oid::bigint)"
        ).format(SECONDS_UNDISTURBED, Literal(table.as_string()))
        self._let_go = SQL("SELECT pg_advisory_unlock_all(); RESET idle_session_timeout")

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        **kwargs: Any,  # noqa: ANN401 -- the library's signature
    ) -> Sequence[int]:
        """Append the events of one command under its ``plan``; answers their positions.

        Returns when the disk has them. Appends of other threads may share the transaction; each
        keeps its own outcome. Raises what ``audit.append.errors`` describes.
        """
        plan: Plan = kwargs["plan"]
        placed = self.place(Command.of(stored_events, plan))
        return range(placed.first, placed.last + 1)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """What this thread reads and appends within has nobody else's append in between.

        It keeps the append's lock by a session, which goes with whoever dies, and which the server
        ends where the thread does nothing with it for too long: then others go on, and what it
        appends fails. A second thread of the process waits without a connection.
        """
        if self._kept is not None:
            yield
            return
        with self._one_undisturbed, self.datastore.get_connection() as connection:
            connection.execute(self._keep_waiting)
            self._undisturbed.connection = connection
            try:
                yield
            finally:
                del self._undisturbed.connection
                with suppress(psycopg.OperationalError):  # gone, and the lock with it
                    connection.execute(self._let_go)

    def place(self, command: Command) -> Placed:
        """Append one command, together with what other threads append just now."""
        if self._kept is None:
            outcome = self._joiner.join(command)
        else:
            with self.append_all([command]) as outcomes:
                (outcome,) = outcomes
        if isinstance(outcome, Placed):
            return outcome
        raise outcome

    @contextmanager
    def append_all(self, commands: Sequence[Command]) -> Iterator[list[Outcome]]:
        """Append several commands in one transaction, each all or nothing.

        Entered when they are committed, left when the disk has them and whatever they were refused
        for; nobody is answered before. Never tried a second time from here after a lost
        acknowledgement, which would turn into a conflict with oneself.
        """
        try:
            with self._connection() as connection:
                yield self._outcomes(connection, commands)
                # Dying here loses the events or not; nobody has been told of them.
                self.wait_for_disk(connection)
        except AcknowledgementLostError:
            raise
        except (InterfaceError, OperationalError) as error:
            raise AppendFailedError(str(error)) from error

    @property
    def _kept(self) -> psycopg.Connection[DictRow] | None:
        """The connection by which this thread keeps all others waiting, if it does."""
        return getattr(self._undisturbed, "connection", None)

    def _connection(self) -> AbstractContextManager[psycopg.Connection[DictRow]]:
        kept = self._kept
        return self.datastore.get_connection() if kept is None else nullcontext(kept)

    def _outcomes(
        self, connection: psycopg.Connection[DictRow], commands: Sequence[Command]
    ) -> list[Outcome]:
        """What became of each; where the database takes them not together, then one by one."""
        try:
            return [*outcomes_of(self._call_append(connection, commands), len(commands))]
        except psycopg.Error as error:
            if is_outage(error):
                raise
            if len(commands) == 1:
                return [_impossible(error)]
        return [self._alone(connection, command) for command in commands]

    def _alone(self, connection: psycopg.Connection[DictRow], command: Command) -> Outcome:
        """One of several commands of which nothing was written together."""
        try:
            return outcomes_of(self._call_append(connection, [command]), 1)[0]
        except psycopg.Error as error:
            if is_outage(error):
                msg = "the database failed while commands were appended one by one"
                raise AcknowledgementLostError(msg) from error
            return _impossible(error)

    def _call_append(
        self, connection: psycopg.Connection[DictRow], commands: Sequence[Command]
    ) -> list[Row]:
        try:
            return self._append.call(connection, arguments_of(commands))
        except psycopg.Error as error:
            if not connection.closed:
                raise  # the server says that it did not happen
            msg = "the connection went during the append"
            raise AcknowledgementLostError(msg) from error

    def wait_for_disk(self, connection: psycopg.Connection[DictRow]) -> None:
        """The barrier: its commit record stands behind all earlier ones, and it is flushed.

        Followers are told only then, of several appends in a row by one for all. NOTIFY takes a
        lock on the whole server at its commit, so it has a transaction of its own, with nothing to
        flush. Where it fails, the events stand all the same: a follower that hears nothing looks
        for itself.
        """
        try:
            if self._joiner.goes_on and monotonic() < self._told + SECONDS_OF_SILENCE:
                say(connection, self._flush, needed=1)
            else:
                say(connection, self._flush_and_tell, needed=_FLUSHED)
                self._told = monotonic()
        except psycopg.Error as error:
            msg = "the events were committed, but the disk did not confirm them"
            raise AcknowledgementLostError(msg) from error

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[PlacedEvent]:
        """The events of a stream, with their positions and times."""
        query = self._backward if desc else self._forward
        parameters = (originator_id, gt or 0, 2**62 if lte is None else lte, limit)
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            return [PlacedEvent(*row) for row in cursor.execute(query, parameters, prepare=True)]


def _impossible(error: psycopg.Error) -> AppendImpossibleError:
    impossible = AppendImpossibleError(str(error))
    impossible.__cause__ = error
    return impossible
