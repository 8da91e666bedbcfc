"""eventsourcing's event store, which here also chains: each leaf names its predecessor's hash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import EventStore, Recording, StoredEvent

from audit.append.mapper import Draft, Recorded, RecordMapper
from audit.append.plan import Command
from audit.append.recorder import PlacedEvent, RecordRecorder
from audit.leaf.hashing import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventsourcing.domain import DomainEventProtocol

    from audit.append.plan import Placed, Plan
    from domain.event import Event


@dataclass(frozen=True)
class Leaf:
    """An event as it will be stored, chained to the one before it in its stream."""

    draft: Draft
    stored: StoredEvent
    hash: bytes

    def recorded(self, event: Event, position: int, placed: Placed) -> Recorded:
        """The event that it holds, at its position."""
        draft = self.draft
        return Recorded(
            event=event,
            origin=draft.origin,
            stream=draft.stream,
            version=draft.version,
            actor=draft.actor,
            recorded_at=draft.recorded_at,
            command=draft.command,
            request=draft.request,
            causation=draft.causation,
            previous=draft.previous,
            position=position,
            placed_at=placed.at,
            leaf_hash=self.hash,
            octets=len(self.stored.state),
        )

    def row(self, recorded: Recorded) -> PlacedEvent:
        """The row in which it stands."""
        stored = self.stored
        return PlacedEvent(
            *(stored.originator_id, stored.originator_version, stored.topic, stored.state),
            id=recorded.position,
            placed_at=recorded.placed_at,
        )


class RecordStore(EventStore[str]):
    """Puts drafts into the record, and gets recorded events out of it."""

    mapper: RecordMapper
    recorder: RecordRecorder

    def append(self, drafts: Iterable[DomainEventProtocol[str]], plan: Plan) -> list[Recorded]:
        """Append the drafts of one command under its ``plan``, whose heads they continue.

        Returns when the disk has them; raises what ``audit.append.errors`` describes.
        """
        return [recorded for recorded, _ in self._appended(drafts, plan)]

    def put(
        self,
        domain_events: Sequence[DomainEventProtocol[str]],
        **kwargs: Any,  # noqa: ANN401 -- the library's signature
    ) -> list[Recording[str]]:
        """As ``append``, with the rows that stand then."""
        return [
            Recording(recorded, leaf.row(recorded))
            for recorded, leaf in self._appended(domain_events, kwargs["plan"])
        ]

    def _appended(
        self, drafts: Iterable[DomainEventProtocol[str]], plan: Plan
    ) -> list[tuple[Recorded, Leaf]]:
        leaves = self.leaves(drafts, plan)
        placed = self.recorder.place(Command.of([leaf.stored for leaf in leaves], plan))
        return [
            (leaf.recorded(self.mapper.as_stored(leaf.draft, leaf.stored.state), at, placed), leaf)
            for at, leaf in enumerate(leaves, start=placed.first)
        ]

    def leaves(self, drafts: Iterable[DomainEventProtocol[str]], plan: Plan) -> list[Leaf]:
        """What the drafts of one command will be stored as behind the heads of its ``plan``."""
        previous = {head.stream: head.leaf_hash for head in plan.heads}
        leaves: list[Leaf] = []
        for draft in drafts:
            if not isinstance(draft, Draft):
                msg = "the record takes drafts"
                raise TypeError(msg)
            before = previous[draft.stream]
            chained = draft if draft.previous == before else replace(draft, previous=before)
            stored = self.mapper.to_stored_event(chained)
            leaf = Leaf(chained, stored, leaf_hash(stored.state))
            previous[draft.stream] = leaf.hash
            leaves.append(leaf)
        if not leaves:
            msg = "a command that records no event appends nothing"
            raise ValueError(msg)
        return leaves
