"""A record in memory: what the use cases need of ``audit.record.Record``, for a walk of many steps.

It writes real leaves, refuses what the database would refuse, and keeps nothing secret:
the words of this town are nobody's, so an envelope only names the key that would seal them.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from itertools import count, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Self

from audit.append.request import drafts_of
from audit.keys.keyring import RENEWED, slot_of
from audit.leaf.envelope import Envelope, to_leaf
from audit.leaf.hashing import leaf_hash
from audit.reading import WHOLE
from audit.record import (
    Appended,
    Head,
    History,
    IdentityTakenError,
    KeyDestroyedError,
    Recorded,
    StreamConflict,
    StreamConflictError,
)
from domain.person.events import PersonErased

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from audit.append.mapper import Draft
    from audit.leaf.canonical import JSON
    from audit.reading import Span
    from audit.record import AppendRequest, IdentityClaim, Row
    from domain.personal import Personal

ORIGIN = "mingjian/town"


class MemoryReading:
    """What ``audit.reading.Reading`` gives, of rows in order of position, on one page each."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def beside_cases(self, last: int) -> Iterator[list[Row]]:
        """Every event of whatever is no case, in order of position."""
        yield [row for row in self._rows[:last] if not row[1].startswith("case-")]

    def by_stream(self, last: int, span: Span = WHOLE) -> Iterator[list[Row]]:
        """Every event stream by stream, in order of version; of all streams in one span."""
        assert span == WHOLE, "one process walks"
        yield sorted(self._rows[:last], key=itemgetter(1, 2))

    def out_of_order(self, last: int) -> list[tuple[int, str, bool, bool]]:
        """Positions at which the time goes back; none is ever missing."""
        return [
            (row[0], row[1], False, True)
            for before, row in pairwise(self._rows[:last])
            if row[5] < before[5] and row[3] != "record:time-resumed:1"
        ]


class MemoryRecord:
    """One append-only, totally ordered sequence of events, gone when nobody holds it any more."""

    def __init__(self) -> None:
        self.origin = ORIGIN
        self.recorded: list[Recorded] = []
        self._rows: list[Row] = []
        self._streams: defaultdict[str, list[Recorded]] = defaultdict(list)
        self._loaded: dict[str, History] = {}
        self._documents: dict[tuple[str, str], str] = {}
        self._destroyed: set[str] = set()

    def copy(self) -> Self:
        """The same record once more, to go on otherwise."""
        other = type(self)()
        vars(other).update(
            recorded=list(self.recorded),
            _rows=list(self._rows),
            _loaded=dict(self._loaded),
            _documents=dict(self._documents),
            _destroyed=set(self._destroyed),
        )
        vars(other)["_streams"].update((name, list(each)) for name, each in self._streams.items())
        return other

    def load(self, stream: str) -> History:
        """Every event of a stream."""
        known, recorded = self._loaded.get(stream), self._streams.get(stream, ())
        if known is None or known.version < len(recorded):
            known = known or History(stream, ())
            known = self._loaded[stream] = known.then(recorded[known.version :])
        return known

    def catch_up(self) -> None:
        """There is nobody else who appends."""

    at_hand = load

    def undisturbed(self) -> AbstractContextManager[None]:
        """There is nobody to be kept waiting."""
        return nullcontext()

    def expect(self, history: History) -> None:
        """Whatever was appended is at hand."""

    def append(self, request: AppendRequest) -> Appended:
        """Record the events of one command, all or nothing.

        Raises ``StreamConflictError``, ``IdentityTakenError`` and ``KeyDestroyedError``.
        """
        self._refuse_moved([write.head for write in request.writes], request.checks)
        self._refuse_destroyed(request.words)
        self._claim(request.identities)
        placed_at = max(request.at, self.recorded[-1].placed_at) if self.recorded else request.at
        drafts = drafts_of(request, self.origin, {})
        return Appended(tuple(self._place(draft, placed_at) for draft in drafts))

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """The events behind position ``after``, ``limit`` at most."""
        return self.recorded[after : after + limit]

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """The same as rows, with the bytes that would be stored."""
        return self._rows[after : after + limit]

    @property
    def reading(self) -> MemoryReading:
        """The same in other orders."""
        return MemoryReading(self._rows)

    def head(self) -> int:
        """The last position, 0 before the first."""
        return len(self.recorded)

    def person_of(self, document_type: str, number: str) -> str | None:
        """The person to whom an identity document is bound, if any."""
        return self._documents.get((document_type, number))

    def _place(self, draft: Draft, placed_at: datetime) -> Recorded:
        before = self._streams[draft.stream]
        previous = before[-1].leaf_hash if before else None
        said = {**vars(draft), "previous": previous}
        said.pop("keys")
        position, leaf = len(self.recorded) + 1, self._leaf(Envelope(**said))
        recorded = Recorded(
            **said,
            position=position,
            placed_at=placed_at,
            leaf_hash=leaf_hash(leaf),
            octets=len(leaf),
        )
        self.recorded.append(recorded)
        row = (position, draft.stream, draft.version, draft.event.topic, leaf, placed_at)
        self._rows.append(row)
        before.append(recorded)
        if isinstance(draft.event, PersonErased):
            self._destroyed.update(draft.event.keys)
        return recorded

    def _leaf(self, envelope: Envelope) -> bytes:
        """The bytes that would be stored."""
        return to_leaf(envelope, self._named)

    def _refuse_moved(self, *heads: Iterable[Head]) -> None:
        conflicts = tuple(
            StreamConflict(head.stream, head.version, self.load(head.stream).version)
            for several in heads
            for head in several
            if head != self.load(head.stream).head
        )
        if conflicts:
            raise StreamConflictError(conflicts)

    def _refuse_destroyed(self, words: Iterable[Personal]) -> None:
        for each in words:
            self._key_id(each)

    def _named(self, _pointer: str, words: Personal) -> JSON:
        """An envelope of the shape that the record keeps, with nothing in it."""
        return {"cipher": "", "commitment": "", "key": self._key_id(words), "nonce": ""}

    def _key_id(self, words: Personal) -> str:
        """The key of the first generation that was not destroyed; ``KeyDestroyedError``."""
        renewed = words.purpose in RENEWED and f"{words.owner}/official/1" not in self._destroyed
        for generation in count(1):
            key_id = f"{slot_of(words)}/{generation}"
            if key_id not in self._destroyed:
                return key_id
            if not renewed:
                break
        raise KeyDestroyedError(key_id)

    def _claim(self, claims: Iterable[IdentityClaim]) -> None:
        for claim in claims:
            document = (claim.document_type, claim.number)
            holder = self._documents.get(document)
            if holder not in (None, claim.person, claim.holder):
                raise IdentityTakenError(holder or "")
            self._documents[document] = claim.person
