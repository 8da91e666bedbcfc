"""Writing what was decided over records in memory to a real record, in the order of its deciding.

Every event is sealed, hashed, chained and checked as the record does with any other; many commands
share a transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.append.plan import Command, Placed
from audit.append.recorder import COMMANDS_AT_ONCE
from audit.append.request import Write, drafts_of, plan_of
from audit.head import Head
from domain.event import keys_ordered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.keys.sealing import SealingKey
    from audit.record import AppendRequest, Record

_BY_CONTENT = ("policy-", "text-")
"""Streams whose names follow from what stands in them: whoever comes second adds nothing."""


class Transcriber:
    """The only one who writes to a record, and so knows where each of its streams ends.

    Who ``goes_on`` with what was written before looks for each stream once.
    """

    def __init__(self, record: Record, *, goes_on: bool = False) -> None:
        self._record = record
        self._heads: dict[str, Head] = {}
        self._goes_on = goes_on
        self._waiting: list[AppendRequest] = []
        self.written = record.head()
        """The position of the last event that stands in the record by now."""

    def take(self, request: AppendRequest) -> None:
        """Write what one command appends, together with what else is waiting."""
        self._waiting.append(request)
        orders = any(keys_ordered(one) for write in request.writes for one in write.events)
        if orders or len(self._waiting) == COMMANDS_AT_ONCE:
            self.flush()
        if orders:  # nothing more is sealed under them
            self._record.keys.forget()

    def flush(self) -> None:
        """Write whatever is waiting."""
        words = [each for request in self._waiting for each in request.words]
        keys = self._record.keys.keys_for(words)
        commands = [self._command(each, keys) for each in self._waiting]
        self._waiting.clear()
        if not commands:
            return
        with self._record.application.store.recorder.append_all(commands) as outcomes:
            for outcome in outcomes:
                if not isinstance(outcome, Placed):
                    raise outcome
                self.written = outcome.last

    def _command(self, request: AppendRequest, keys: Mapping[str, SealingKey]) -> Command:
        new = (each for each in request.writes if not self._stands(each.head.stream))
        here = replace(
            request,
            writes=tuple(Write(self._head(each.head.stream), each.events) for each in new),
        )
        store, plan = self._record.application.store, plan_of(here, keys, self._record.identities)
        leaves = store.leaves(drafts_of(here, self._record.origin, keys), plan)
        for leaf in leaves:
            said = leaf.draft
            self._heads[said.stream] = Head(said.stream, said.version, leaf.hash, said.recorded_at)
        return Command.of([leaf.stored for leaf in leaves], plan)

    def _stands(self, stream: str) -> bool:
        return stream.startswith(_BY_CONTENT) and self._head(stream).version > 0

    def _head(self, stream: str) -> Head:
        if stream not in self._heads:
            self._heads[stream] = (
                self._record.at_hand(stream).head if self._goes_on else Head.new(stream)
            )
        return self._heads[stream]
