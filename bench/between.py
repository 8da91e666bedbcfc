"""``kill -9`` of PostgreSQL between the commit of an append and its flush.

In each round a writer commits an event and is held up before the flush, a reader sees the event,
and the server dies. In every fourth round a follower had stored its position, in another fourth a
retry had been answered, in another somebody had asked how far the record is on the disk; all passed
the flush, so there the event must still be there. In the remaining rounds the crash may take it
away, because nobody was told. The writer, whose acknowledgement was lost, then tries again under
its idempotency key.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg

from audit.record import (
    AcknowledgementLostError,
    AlreadyClaimedError,
    AppendRequest,
    Head,
    IdempotencyClaim,
    Write,
)
from bench.killing import kill_postgresql, wait_until_it_answers
from bench.subjects import Measured
from domain.actor import SystemActor

if TYPE_CHECKING:
    from audit.record import Record, Row
    from bench.site import Site


@dataclass
class Tally:
    """What became of the events of all rounds."""

    rounds: int = 0
    acknowledged: int = 0
    taken: int = 0
    """Events that were seen, of which nobody had been told, and which the crash took away."""
    lost: int = 0
    twice: int = 0
    holes: int = 0


def between_commit_and_flush(site: Site, rounds: int) -> Tally:
    """Kill as often as asked and count; lost, twice and holes must stay 0."""
    tally = Tally()
    with psycopg.connect(site.owner_url) as connection:
        connection.execute("CREATE TABLE record.followed (position bigint)")
    for number in range(rounds):
        with site.record(connections=4) as record:
            _round(site, record, number, tally)
    _look_at_the_whole(site, tally)
    return tally


def _round(site: Site, record: Record, number: int, tally: Tally) -> None:
    key = str(uuid4())
    request = AppendRequest(
        writes=(Write(Head.new(f"bench-{key}"), (Measured(number=number, text="between"),)),),
        actor=SystemActor("bench"),
        at=datetime.now(UTC),
        command=key,
        claim=IdempotencyClaim("bench", key, record.digest_of_body(b""), 201),
    )
    with ThreadPoolExecutor(1) as thread:
        hold = _Hold(record)
        writing = thread.submit(_append, record, request)
        hold.committed.wait()
        seen = record.rows(record.head() - 1, 1)[0]
        told = _tell_somebody(site, record, key, seen, number)
        kill_postgresql(site.data)
        hold.release()
        if writing.result():
            msg = "the append was acknowledged although the server was dead"
            raise RuntimeError(msg)
    wait_until_it_answers(site)
    with site.record(connections=4) as recovered:
        standing = seen in recovered.rows(seen[0] - 1, 1)
        tally.taken += not standing
        tally.lost += told and not standing
        if not _append(recovered, request):
            recovered.outcome_of("bench", key)
    tally.acknowledged += 1
    tally.rounds += 1


class _Hold:
    """Holds the next append up behind its commit, before its flush."""

    def __init__(self, record: Record) -> None:
        self.committed = Event()
        self._released = Event()
        recorder = record.application.store.recorder
        going_on = recorder.wait_for_disk

        def held_up(connection: psycopg.Connection[dict[str, object]]) -> None:
            self.committed.set()
            self._released.wait()
            going_on(connection)

        setattr(recorder, "wait_for_disk", held_up)  # noqa: B010 -- on this recorder alone

    def release(self) -> None:
        """Let the append go on, into the arms of a dead server."""
        self._released.set()


def _append(record: Record, request: AppendRequest) -> bool:
    """Whether the append was acknowledged, now or before."""
    try:
        record.append(request)
    except AlreadyClaimedError:
        return False
    except AcknowledgementLostError:
        return False
    return True


def _tell_somebody(site: Site, record: Record, key: str, seen: Row, number: int) -> bool:
    """In three rounds of four somebody learns of the event, and first makes sure of it."""
    match number % 4:
        case 1:
            with psycopg.connect(site.owner_url) as follower:
                follower.execute("INSERT INTO record.followed VALUES (%s)", (seen[0],))
            return True
        case 2:
            return record.outcome_of("bench", key) is not None
        case 3:
            return record.flushed_head() >= seen[0]
        case _:
            return False


def _look_at_the_whole(site: Site, tally: Tally) -> None:
    with site.record(connections=2) as record:
        head = record.flushed_head()
        events = record.read(0, head + 1)
    commands = Counter(one.command for one in events)
    tally.twice = sum(count - 1 for count in commands.values())
    tally.lost += tally.acknowledged - len(commands)
    tally.holes = sum(one.position != place for place, one in enumerate(events, start=1))
    with psycopg.connect(site.owner_url) as connection:
        row = connection.execute("SELECT max(position) FROM record.followed").fetchone()
    if row and row[0] and row[0] > head:
        tally.lost += 1
