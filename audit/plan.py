"""What one append carries besides its events, and the flat lists in which the database takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from eventsourcing.persistence import StoredEvent

from audit.errors import (
    AlreadyClaimedError,
    IdentityTakenError,
    KeyDestroyedError,
    StreamConflict,
    StreamConflictError,
)
from audit.head import Head

if TYPE_CHECKING:
    from audit.errors import AppendRefusedError


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
    """What must hold, and what is claimed, for the events of one command."""

    at: datetime
    heads: Sequence[Head] = ()
    key_ids: Sequence[str] = ()
    identities: Sequence[IdentityDigest] = ()
    claim: IdempotencyClaim | None = None


@dataclass(frozen=True)
class Command:
    """One command as it goes to the database: all or nothing."""

    events: Sequence[StoredEvent]
    plan: Plan


@dataclass(frozen=True)
class Placed:
    """Where the events of a command came to stand: ``first`` to ``last`` position, at one time."""

    first: int
    last: int
    at: datetime


Row = tuple[int, str, str, int, int, datetime]
"""Command, outcome, subject, expected, actual, placed: a row that SQL function append answers."""

APPEND = (
    "SELECT * FROM {schema}.append("
    "%b::int[], %b::text[], %b::bigint[], %b::text[], %b::bytea[], "
    "%b::int[], %b::text[], %b::bigint[], %b::bytea[], "
    "%b::int[], %b::text[], "
    "%b::int[], %b::int[], %b::bytea[], %b::text[], %b::text[], "
    "%b::timestamptz[], %b::text[], %b::text[], %b::bytea[], %b::int[], %b::text[])"
)


def lists_of(commands: Sequence[Command]) -> list[list[object]]:
    """The arguments of SQL function append, in its order."""
    numbered = list(enumerate(commands, start=1))
    events = [(n, one) for n, command in numbered for one in command.events]
    heads = [(n, one) for n, command in numbered for one in command.plan.heads]
    keys = [(n, one) for n, command in numbered for one in command.plan.key_ids]
    identities = [(n, one) for n, command in numbered for one in command.plan.identities]
    claims = [command.plan.claim for command in commands]
    return [
        [n for n, _ in events],
        [one.originator_id for _, one in events],
        [one.originator_version for _, one in events],
        [one.topic for _, one in events],
        [one.state for _, one in events],
        [n for n, _ in heads],
        [one.stream for _, one in heads],
        [one.version for _, one in heads],
        [one.leaf_hash for _, one in heads],
        [n for n, _ in keys],
        [one for _, one in keys],
        [n for n, _ in identities],
        [one.epoch for _, one in identities],
        [one.digest for _, one in identities],
        [one.person for _, one in identities],
        [one.holder for _, one in identities],
        [command.plan.at for command in commands],
        [one and one.account for one in claims],
        [one and one.key for one in claims],
        [one and one.body_digest for one in claims],
        [one and one.status for one in claims],
        [one and one.replay for one in claims],
    ]


def outcomes_of(rows: Sequence[Row], count: int) -> list[Placed | AppendRefusedError]:
    """What became of each of ``count`` commands."""
    return [_outcome([row for row in rows if row[0] == n]) for n in range(1, count + 1)]


def _outcome(rows: list[Row]) -> Placed | AppendRefusedError:
    """A conflict of streams is told first: what was decided may look different after reloading."""
    by_kind = {row[1]: row for row in rows}
    if "appended" in by_kind:
        _, _, _, first, last, at = by_kind["appended"]
        return Placed(first, last, at)
    if "claimed" in by_kind:
        return AlreadyClaimedError(by_kind["claimed"][2])
    if "stream" in by_kind:
        found = {StreamConflict(row[2], row[3], row[4]): None for row in rows if row[1] == "stream"}
        return StreamConflictError(tuple(found))
    if "identity" in by_kind:
        return IdentityTakenError(by_kind["identity"][2])
    return KeyDestroyedError(by_kind["key"][2])
