"""A command on its way to the database, and what its answer means, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from audit.append.errors import (
    AlreadyClaimedError,
    EpochLeftOutError,
    IdentityTakenError,
    KeyDestroyedError,
    RecordAheadError,
    StreamConflict,
    StreamConflictError,
)
from audit.append.mapper import RecordMapper
from audit.append.plan import (
    Command,
    IdempotencyClaim,
    IdentityDigest,
    Placed,
    Plan,
    outcomes_of,
)
from audit.append.request import drafts_of, plan_of
from audit.append.store import RecordStore
from audit.head import Head
from audit.keys.identity import IdentityClaim
from audit.leaf.hashing import leaf_hash
from audit.leaf.wire import UnreadableError
from tests.audit.said import NOON, Numbered, Ordered, a_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.append.plan import Row
    from audit.append.recorder import PlacedEvent
    from audit.append.request import AppendRequest

HOUR = timedelta(hours=1)
ORIGIN = "mingjian/test"


def stored(stream: str, *versions: int) -> list[StoredEvent]:
    return [StoredEvent(stream, version, "a:b:1", f"{version}".encode()) for version in versions]


def test_a_command_names_each_stream_that_it_rests_on_and_how_many_events_continue_it() -> None:
    a, b, c = Head("a", 2, bytes(32), NOON), Head.new("b"), Head("c", 4, None, NOON)
    plan = Plan(at=NOON, heads=[a, b], checks=[c])
    command = Command.of([*stored("a", 3, 4), *stored("b", 1)], plan)
    assert command == Command(plan, [(a, 2), (b, 1), (c, 0)], ["a:b:1"] * 3, [b"3", b"4", b"1"])


def test_a_stream_without_a_head_is_continued_from_where_its_events_say() -> None:
    command = Command.of(stored("a", 5), Plan(at=NOON))
    assert command.heads == [(Head("a", 4, None, None), 1)]


@pytest.mark.parametrize(
    ("versions", "conflict"),
    [((4,), StreamConflict("a", 3, 2)), ((3, 5), StreamConflict("a", 4, 3))],
)
def test_versions_that_do_not_follow_one_another_are_a_conflict(
    versions: tuple[int, ...], conflict: StreamConflict
) -> None:
    with pytest.raises(StreamConflictError) as refused:
        Command.of(stored("a", *versions), Plan(at=NOON, heads=[Head("a", 2, None, None)]))
    assert refused.value.conflicts == (conflict,)


APPENDED: Row = (1, "appended", "", 7, 9, NOON)
CLAIMED: Row = (1, "claimed", "key-1", 0, 0, None)
AHEAD: Row = (1, "ahead", "", 0, 60, None)
STREAMS: list[Row] = [(1, "stream", "a", 1, 2, None), (1, "stream", "b", 3, 4, None)]
IDENTITY: Row = (1, "identity", "person-1", 0, 0, None)
KEY: Row = (1, "key", "person-1/official/1", 0, 0, None)
EPOCH: Row = (1, "epoch", "4", 0, 0, None)


@pytest.mark.parametrize(
    ("rows", "kind", "said"),
    [
        ([CLAIMED, AHEAD, *STREAMS, IDENTITY, KEY, EPOCH], AlreadyClaimedError, {"key": "key-1"}),
        ([AHEAD, *STREAMS, IDENTITY, KEY, EPOCH], RecordAheadError, {"seconds": 60}),
        (
            [*STREAMS, IDENTITY, KEY, EPOCH, STREAMS[0]],
            StreamConflictError,
            {"conflicts": (StreamConflict("a", 1, 2), StreamConflict("b", 3, 4))},
        ),
        ([IDENTITY, KEY, EPOCH], IdentityTakenError, {"person": "person-1"}),
        ([KEY, EPOCH], KeyDestroyedError, {"key_id": "person-1/official/1"}),
        ([EPOCH], EpochLeftOutError, {"epoch": 4}),
    ],
)
def test_of_several_reasons_that_is_told_which_weighs_most(
    rows: list[Row], kind: type[Exception], said: dict[str, object]
) -> None:
    (outcome,) = outcomes_of(rows, 1)
    assert type(outcome) is kind
    assert {name: getattr(outcome, name) for name in said} == said


def test_each_command_has_the_outcome_of_its_turn() -> None:
    outcomes = outcomes_of([(2, *KEY[1:]), APPENDED], 2)
    assert outcomes[0] == Placed(7, 9, NOON)
    assert type(outcomes[1]) is KeyDestroyedError


def test_time_does_not_go_back_within_a_stream_unless_it_was_wrong() -> None:
    later = Head("a", 2, bytes(32), NOON + HOUR, position=5)
    request = a_request(later, Numbered(number=1), Numbered(number=2), request="request-1")
    drafts = drafts_of(request, ORIGIN, {}, [range(1, 5)])
    assert [(each.version, each.recorded_at) for each in drafts] == [
        (3, NOON + HOUR),
        (4, NOON + HOUR),
    ]
    (first, _) = drafts
    assert (first.stream, first.origin, first.request) == ("a", ORIGIN, "request-1")
    (wrong, _) = drafts_of(request, ORIGIN, {}, [range(1, 2), range(5, 6)])
    assert wrong.recorded_at == NOON
    assert drafts_of(a_request(Head.new("b"), Numbered(number=1)), ORIGIN, {})[0].version == 1


def test_a_plan_names_what_a_request_rests_on() -> None:
    head, read = Head.new("a"), Head("b", 3, bytes(32), NOON)
    claim = IdempotencyClaim("account-1", "key-1", b"", 201)
    document = IdentityClaim("passport", "Z1", "person-1")
    digests = [IdentityDigest(1, b"", "person-1", None)]
    identities: Any = SimpleNamespace(digests_of={document: digests}.get)
    key: Any = SimpleNamespace(key_id="person-1/official/1")
    more: dict[str, Any] = {"checks": (read,), "claim": claim, "identities": (document,)}
    plan = plan_of(a_request(head, Numbered(number=1), **more), {"slot": key}, identities)
    assert plan == Plan(
        at=NOON,
        heads=[head],
        checks=(read,),
        key_ids=["person-1/official/1"],
        identities=digests,
        orders=False,
        claim=claim,
    )
    ordered = a_request(head, Numbered(number=1), Ordered(keys=("person-1/official/1",)))
    assert plan_of(ordered, {}, identities).orders


class Placing:
    """A recorder that places every command behind position 6."""

    def __init__(self) -> None:
        self.commands: list[Command] = []

    def place(self, command: Command) -> Placed:
        self.commands.append(command)
        return Placed(7, 6 + len(command.leaves), NOON + HOUR)


@pytest.fixture
def mapper() -> RecordMapper:
    keys: Any = SimpleNamespace()
    return RecordMapper(ORIGIN, keys)


@pytest.fixture
def put(mapper: RecordMapper) -> Callable[[AppendRequest], list[Any]]:
    """Put what is requested into a store, and get what it brought."""
    recorder: Any = Placing()

    def putting(request: AppendRequest) -> list[Any]:
        drafts, identities = drafts_of(request, ORIGIN, {}), SimpleNamespace()
        plan = plan_of(request, {}, identities)  # type: ignore[arg-type] # never asked
        return RecordStore(mapper, recorder).put(drafts, plan=plan)

    return putting


def test_each_leaf_is_chained_to_the_one_before_it_in_its_stream(
    put: Callable[[AppendRequest], list[Any]],
) -> None:
    head = Head("a", 2, bytes(32), None)
    done = put(a_request(head, Numbered(number=1), Numbered(number=2)))
    first, second = (each.domain_event for each in done)
    assert (first.previous, second.previous) == (bytes(32), first.leaf_hash)
    assert [(each.position, each.placed_at) for each in (first, second)] == [
        (7, NOON + HOUR),
        (8, NOON + HOUR),
    ]
    placed = [each.notification for each in done]
    assert [(each.id, each.placed_at) for each in placed] == [(7, NOON + HOUR), (8, NOON + HOUR)]
    assert [leaf_hash(each.state) for each in placed] == [first.leaf_hash, second.leaf_hash]


def test_what_is_put_is_what_is_read(
    put: Callable[[AppendRequest], list[Any]], mapper: RecordMapper
) -> None:
    (done,) = put(a_request(Head.new("a"), Numbered(number=1), request="request-1"))
    assert mapper.to_domain_event(done.notification) == done.domain_event


def test_a_store_takes_drafts_and_one_at_least(
    put: Callable[[AppendRequest], list[Any]], mapper: RecordMapper
) -> None:
    with pytest.raises(ValueError, match="no event"):
        put(a_request(Head.new("a")))
    recorder, other = SimpleNamespace(), SimpleNamespace()
    store: Any = RecordStore(mapper, recorder)  # type: ignore[arg-type] # never asked
    with pytest.raises(TypeError, match="drafts"):
        store.put([other], plan=Plan(at=NOON))


def test_a_row_that_is_not_about_its_leaf_is_unreadable(
    put: Callable[[AppendRequest], list[Any]], mapper: RecordMapper
) -> None:
    (done,) = put(a_request(Head.new("a"), Numbered(number=1)))
    row: PlacedEvent = done.notification
    for other in (
        replace(row, originator_id="b"),
        replace(row, originator_version=2),
        replace(row, topic="test:said:1"),
    ):
        with pytest.raises(UnreadableError, match="position 7"):
            mapper.to_domain_event(other)
    elsewhere: Any = SimpleNamespace()
    with pytest.raises(UnreadableError, match="position 7"):
        RecordMapper("mingjian/other", elsewhere).to_domain_event(row)
    for alien in (stored("a", 1)[0], replace(row, originator_id=uuid4())):
        with pytest.raises(TypeError, match="a position and a stream"):
            mapper.to_domain_event(alien)
