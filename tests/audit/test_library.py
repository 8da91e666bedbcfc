"""The library's own test cases for recorders, against ours.

Left out, because they contradict what this record promises:

* ``AggregateRecorderTestCase``: wants a recorder that answers no positions, and stores an event of
  version 0; ours answers positions, and versions are 1 … N.
* The cases with versions from 0 (``test_concurrent_no_conflicts``, ``test_concurrent_throughput``,
  the non-interleaving case) run with each version raised by one.
* ``TrackingRecorderTestCase`` and ``ProcessRecorderTestCase``: this record tracks nothing; a
  follower keeps its position beside its rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from audit.append.plan import Plan
from audit.append.recorder import RecordRecorder
from audit.datastore import RecordDatastore
from tests.audit.library import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)
from tests.audit.said import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.conftest import Database


class PlannedRecorder(RecordRecorder):
    """Ours, given the plan that the library's cases know nothing of."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:  # noqa: ANN401
        return list(super().insert_events(stored_events, plan=Plan(at=NOON)))


class RecorderFromOne(PlannedRecorder):
    """Ours, for cases that count versions from 0."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:  # noqa: ANN401
        return super().insert_events(
            [replace(one, originator_version=one.originator_version + 1) for one in stored_events]
        )


class OnOurDatabase:
    """Gives a case a recorder on a fresh database."""

    kind: type[PlannedRecorder] = PlannedRecorder

    @pytest.fixture(autouse=True)
    def _on_a_database(self, database: Database) -> Iterator[None]:
        with RecordDatastore(database.url, database.ground, connections=12) as self.datastore:
            yield

    def create_recorder(self) -> PlannedRecorder:
        return self.kind(self.datastore)

    def new_originator_id(self) -> str:
        return f"test-{uuid4()}"


class TestApplicationRecorder(OnOurDatabase, ApplicationRecorderTestCase[PlannedRecorder]):
    """Insert, select, subscribe."""

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()

    def test_a_stream_is_read_up_to_a_version(self) -> None:
        recorder, stream = self.create_recorder(), self.new_originator_id()
        recorder.insert_events([StoredEvent(stream, version, "said", b"{}") for version in (1, 2)])
        read = recorder.select_events(stream, lte=1)
        assert [each.originator_version for each in read] == [1]

    # Versions from 0: see below.
    test_concurrent_no_conflicts = None  # type: ignore[assignment]
    test_concurrent_throughput = None  # type: ignore[assignment]


class TestApplicationRecorderUnderLoad(OnOurDatabase, ApplicationRecorderTestCase[PlannedRecorder]):
    """Many writers with readers beside them."""

    kind = RecorderFromOne
    test_insert_select = None  # type: ignore[assignment]
    test_performance = None  # type: ignore[assignment]


class TestNonInterleaving(OnOurDatabase, NonInterleavingNotificationIDsBaseCase):
    """Positions of two appends never interleave."""

    kind = RecorderFromOne
