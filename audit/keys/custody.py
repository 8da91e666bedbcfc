"""The one lock over the keys of a record: rotation, backup, restore and erasure exclude each other.

A session-level advisory lock of PostgreSQL, so that it holds between processes and machines and
goes with whoever dies. Its key is ``hashtextextended('mingjian keys ' || schema, 0)``; an erasure
takes it shared, because one erasure does not disturb another. Whoever holds it is named by the
``application_name`` of their connection, for others to read.

Nothing else is locked by it: events are appended, and words sealed and shown, meanwhile.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg

from audit.connecting import give_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

_LONGEST_NAME = 63
"""Octets that PostgreSQL keeps of an ``application_name``."""
_TAKE = {
    False: "SELECT pg_try_advisory_lock(hashtextextended('mingjian keys ' || %s, 0))",
    True: "SELECT pg_try_advisory_lock_shared(hashtextextended('mingjian keys ' || %s, 0))",
}
_HOLDERS = """
SELECT coalesce(string_agg(DISTINCT application_name, ', '), '')
FROM pg_locks JOIN pg_stat_activity USING (pid),
     hashtextextended('mingjian keys ' || %s, 0) AS key
WHERE locktype = 'advisory' AND granted AND objsubid = 1
  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid::bigint = key >> 32 & 4294967295 AND pg_locks.objid::bigint = key & 4294967295
"""


class Task(StrEnum):
    """What is done under the lock."""

    BACKUP = "backup"
    RESTORE = "restore"
    ROTATION = "rotation"
    ERASURE = "erasure"


_CHINESE = {
    Task.BACKUP: "备份",
    Task.RESTORE: "恢复",
    Task.ROTATION: "轮换密钥",
    Task.ERASURE: "销毁密钥",
}

AskAgain = Callable[[str], bool]
"""Is told who holds the lock, waits a little, and says whether to try again."""


class CustodyHeldError(Exception):
    """Somebody else is at work on the keys; ``holder`` says who: what, where, which process."""

    def __init__(self, task: Task, holder: str) -> None:
        self.english = f"no {task.value} now: {holder} is at work on the keys; try again after it"
        self.chinese = f"现在不能{_CHINESE[task]}：{holder} 正在使用密钥，请待其结束后再试。"
        super().__init__(self.english)
        self.holder = holder


class CustodyLostError(Exception):
    """The connection that held the lock is gone: what has not become final is given up."""


class Custody:
    """The lock, for as long as its connection lives."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def confirm(self) -> None:
        """See that it is still held, before a step that can't be taken back; ``CustodyLostError``.

        A session keeps its lock until it ends, so a connection that answers holds it.
        """
        try:
            self._connection.execute("SELECT 1")
        except psycopg.OperationalError as error:
            msg = "the connection to the database went meanwhile; nothing final was done, try again"
            raise CustodyLostError(msg) from error


def at_once(_holder: str) -> bool:
    """Of whoever rather comes again: no."""
    return False


@contextmanager
def custody(url: str, schema: str, task: Task, ask_again: AskAgain = at_once) -> Iterator[Custody]:
    """Hold the lock of the record in a schema; raises ``CustodyHeldError``.

    It is given back before the connection is closed: see ``give_back``.
    """
    with psycopg.connect(url, autocommit=True, application_name=_name_of(task)) as connection:
        taking = _TAKE[task is Task.ERASURE]
        while connection.execute(taking, (schema,)).fetchone() != (True,):
            row = connection.execute(_HOLDERS, (schema,)).fetchone()
            holder = row[0] if row and row[0] else "somebody"
            if not ask_again(holder):
                raise CustodyHeldError(task, holder)
        try:
            yield Custody(connection)
        finally:
            give_back(connection)


def _name_of(task: Task) -> str:
    """Such as ``mingjian backup at archive-1, process 4711``."""
    where = socket.gethostname().encode("ascii", "replace").decode()
    process = f", process {os.getpid()}"
    return f"mingjian {task.value} at {where}"[: _LONGEST_NAME - len(process)] + process
