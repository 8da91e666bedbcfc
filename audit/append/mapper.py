"""From an event with its envelope to the leaf that is stored, and back: eventsourcing's mapper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from audit.append.recorder import PlacedEvent
from audit.head import Head
from audit.keys.keyring import slot_of
from audit.keys.sealing import Place, SealingKey, seal, unseal
from audit.leaf.envelope import Envelope, event_of, from_leaf, to_leaf
from audit.leaf.hashing import leaf_hash
from audit.leaf.wire import UnreadableError, personal_in

if TYPE_CHECKING:
    from audit.keys.sealing import Keys
    from audit.leaf.canonical import JSON
    from domain.event import Event
    from domain.personal import Personal


class _InStream(Envelope):
    """The two names by which eventsourcing knows an event."""

    @property
    def originator_id(self) -> str:
        """The stream."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The version within the stream."""
        return self.version


@dataclass(frozen=True, kw_only=True)
class Draft(_InStream):
    """An event about to be recorded, with the keys that seal its words, by ``slot_of``."""

    keys: Mapping[str, SealingKey]


@dataclass(frozen=True, kw_only=True)
class Recorded(_InStream):
    """An event as the record holds it.

    ``placed_at`` is the time of the position, which never decreases along the record; the
    envelope's ``recorded_at`` never decreases within the stream. Where times were wrong and were
    resumed (``audit.times``), both go on from the true one.
    """

    position: int
    placed_at: datetime
    leaf_hash: bytes
    octets: int
    """What its leaf takes."""

    @cached_property
    def head(self) -> Head:
        """The head of the stream after this event."""
        return Head(self.stream, self.version, self.leaf_hash, self.recorded_at, self.position)


class RecordMapper(Mapper[str]):
    """Seals, writes, reads. The library's transcoder is never asked: the leaf is canonical."""

    def __init__(self, origin: str, keys: Keys) -> None:
        super().__init__(JSONTranscoder())
        self.origin = origin
        self._keys = keys

    def to_stored_event(self, domain_event: Draft) -> StoredEvent:  # type: ignore[override] # drafts only
        """The leaf of a draft; raises what ``audit.leaf.envelope.to_leaf`` raises."""

        def sealing(pointer: str, words: Personal) -> JSON:
            place = self._place(domain_event)
            return seal(place, pointer, words, domain_event.keys[slot_of(words)])

        leaf = to_leaf(domain_event, sealing)
        topic = domain_event.event.topic
        return StoredEvent(domain_event.stream, domain_event.version, topic, leaf)

    def _place(self, draft: Draft) -> Place:
        return Place(self.origin, draft.stream, draft.version, draft.event.topic)

    def as_stored(self, draft: Draft, leaf: bytes) -> Event:
        """The event of a draft as its leaf holds it: what it says of persons is sealed.

        Raises as ``to_domain_event``.
        """
        if not draft.keys or next(personal_in(draft.event), None) is None:
            return draft.event
        place = self._place(draft)
        return event_of(leaf, type(draft.event), partial(unseal, place, keys=self._keys))

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:
        """What a stored row says; its words stay sealed until their text is asked for.

        Raises ``UnreadableError``, also where the row says something else than its leaf, and
        ``NotCanonicalError``.
        """
        row = stored_event
        if not isinstance(row, PlacedEvent) or not isinstance(row.originator_id, str):
            msg = "a row of the record has a position and a stream"
            raise TypeError(msg)
        place = Place(self.origin, row.originator_id, row.originator_version, row.topic)

        def unsealing(pointer: str, stored: JSON) -> Personal:
            return unseal(place, pointer, stored, self._keys)

        said = from_leaf(row.state, unsealing)
        if place != Place(said.origin, said.stream, said.version, said.event.topic):
            msg = f"position {row.id}: the row is not about the event that its leaf holds"
            raise UnreadableError(msg)
        return Recorded(
            **vars(said),
            position=row.id,
            placed_at=row.placed_at,
            leaf_hash=leaf_hash(row.state),
            octets=len(row.state),
        )
