"""One command as it is handed to the record: what it writes, and what must still hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from audit.append.mapper import Draft
from audit.append.plan import IdempotencyClaim, Plan
from audit.head import Head
from audit.keys.identity import IdentityClaim
from audit.leaf.wire import personal_in
from domain.actor import Actor
from domain.event import Event, keys_ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audit.keys.identity import Identities
    from audit.keys.sealing import SealingKey
    from domain.personal import Personal


@dataclass(frozen=True)
class Write:
    """Events that continue a stream behind the head that was read."""

    head: Head
    events: tuple[Event, ...]


@dataclass(frozen=True, kw_only=True)
class AppendRequest:
    """Everything that one command records; all of it holds, or nothing is written.

    ``checks`` are heads of streams that were read but are not written.
    ``at`` is the server's time, with a zone; ``command`` the id of the command, ``request`` the
    id that the server gave to the request, ``causation`` the position of the event that is the
    cause. Events get their positions in the order in which they stand here.
    """

    writes: tuple[Write, ...]
    checks: tuple[Head, ...] = ()
    actor: Actor
    at: datetime
    command: str
    request: str | None = None
    causation: int | None = None
    claim: IdempotencyClaim | None = None
    identities: tuple[IdentityClaim, ...] = ()

    @property
    def words(self) -> Iterator[Personal]:
        """Every ``Personal`` in the events."""
        for write in self.writes:
            for event in write.events:
                yield from personal_in(event)


def drafts_of(
    request: AppendRequest,
    origin: str,
    keys: Mapping[str, SealingKey],
    wrong: Iterable[range] = (),
) -> list[Draft]:
    """The events with their envelopes, the first of each stream bound to the head that was read.

    The store binds those behind it, once they have hashes.

    ``recorded_at`` does not go back within a stream, also when the clock does, unless the stream
    ends at one of the positions whose time was ``wrong``.
    """
    return [
        Draft(
            event=event,
            origin=origin,
            stream=write.head.stream,
            version=version,
            actor=request.actor,
            recorded_at=_not_before(write.head, request.at, wrong),
            command=request.command,
            request=request.request,
            causation=request.causation,
            previous=write.head.leaf_hash,
            keys=keys,
        )
        for write in request.writes
        for version, event in enumerate(write.events, start=write.head.version + 1)
    ]


def _not_before(head: Head, at: datetime, wrong: Iterable[range]) -> datetime:
    if head.recorded_at is None or any(head.position in each for each in wrong):
        return at
    return max(at, head.recorded_at)


def plan_of(request: AppendRequest, keys: Mapping[str, SealingKey], identities: Identities) -> Plan:
    """What the database checks and claims for a request; ``keys`` are those that seal its words."""
    return Plan(
        at=request.at,
        heads=[write.head for write in request.writes],
        checks=request.checks,
        key_ids=[key.key_id for key in keys.values()],
        identities=[one for claim in request.identities for one in identities.digests_of(claim)],
        orders=any(keys_ordered(one) for write in request.writes for one in write.events),
        claim=request.claim,
    )
