"""What one append carries besides its events, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from audit.append.errors import (
    AlreadyClaimedError,
    EpochLeftOutError,
    IdentityTakenError,
    KeyDestroyedError,
    RecordAheadError,
    StreamConflict,
    StreamConflictError,
)
from audit.head import Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventsourcing.persistence import StoredEvent

    from audit.append.errors import AppendRefusedError


@dataclass(frozen=True)
class IdempotencyClaim:
    """The right to answer a request once; kept with the events that it led to.

    ``body_digest`` is what ``Record.digest_of_body`` gave; ``status`` the HTTP status that was
    answered; ``replay`` what the answer needs beyond its events, and nothing personal.
    """

    account: str
    key: str
    body_digest: bytes
    status: int
    replay: str | None = None


@dataclass(frozen=True)
class IdentityDigest:
    """A document's digest of one key epoch, claimed for a person.

    ``holder`` is the person who may be holding it now, when a wrong binding is corrected.
    """

    epoch: int
    digest: bytes
    person: str
    holder: str | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What must hold, and what is claimed, for the events of one command.

    ``heads`` are those that the events continue, ``checks`` of streams that were only read.
    """

    at: datetime
    heads: Sequence[Head] = ()
    checks: Sequence[Head] = ()
    key_ids: Sequence[str] = ()
    identities: Sequence[IdentityDigest] = ()
    orders: bool = False
    """Whether an event orders keys to be destroyed."""
    claim: IdempotencyClaim | None = None


@dataclass(frozen=True)
class Command:
    """One command as it goes to the database, all or nothing."""

    plan: Plan
    heads: Sequence[tuple[Head, int]]
    """Each stream that it rests on, with how many of its events continue it; 0 where it is only
    checked."""
    topics: Sequence[str]
    leaves: Sequence[bytes]

    @classmethod
    def of(cls, events: Sequence[StoredEvent], plan: Plan) -> Command:
        """The command that appends events under a plan.

        Raises ``StreamConflictError`` for versions that do not follow one another.
        """
        return cls(
            plan,
            [*_written(events, plan), *((head, 0) for head in plan.checks)],
            [event.topic for event in events],
            [event.state for event in events],
        )


@dataclass(frozen=True)
class Placed:
    """Where the events of a command came to stand: ``first`` to ``last`` position, at one time."""

    first: int
    last: int
    at: datetime


Row = tuple[int, str, str, int, int, datetime | None]
"""Turn, outcome, subject, expected, actual, placed: a row that SQL function append answers."""

_NOTHING: Row = (0, "", "", 0, 0, None)


def _written(events: Sequence[StoredEvent], plan: Plan) -> Iterator[tuple[Head, int]]:
    """The streams that are written, in order, with how many events each.

    The database gives versions by itself, and they must be those that stand in the leaves.
    """
    heads = {head.stream: head for head in plan.heads}
    for name, group in groupby(events, key=lambda event: str(event.originator_id)):
        versions = [event.originator_version for event in group]
        head = heads.get(name) or Head(name, versions[0] - 1, None, None)
        for expected, version in enumerate(versions, start=head.version + 1):
            if version != expected:
                conflict = StreamConflict(name, version - 1, expected - 1)
                raise StreamConflictError((conflict,))
        yield head, len(versions)


def outcomes_of(rows: Sequence[Row], count: int) -> list[Placed | AppendRefusedError]:
    """What became of each of ``count`` commands."""
    by_turn: list[list[Row]] = [[] for _ in range(count)]
    for row in rows:
        by_turn[row[0] - 1].append(row)
    return [_outcome(each) for each in by_turn]


def _outcome(rows: list[Row]) -> Placed | AppendRefusedError:
    """A conflict of streams is told first: what was decided may look different after reloading."""
    by_kind = {row[1]: row for row in rows}
    _, _, _, first, last, at = by_kind.get("appended", _NOTHING)
    if at is not None:
        return Placed(first, last, at)
    if "claimed" in by_kind:
        return AlreadyClaimedError(by_kind["claimed"][2])
    if "ahead" in by_kind:
        return RecordAheadError(by_kind["ahead"][4])
    if "stream" in by_kind:
        found = {StreamConflict(row[2], row[3], row[4]): None for row in rows if row[1] == "stream"}
        return StreamConflictError(tuple(found))
    if "identity" in by_kind:
        return IdentityTakenError(by_kind["identity"][2])
    if "key" in by_kind:
        return KeyDestroyedError(by_kind["key"][2])
    return EpochLeftOutError(int(by_kind["epoch"][2]))
