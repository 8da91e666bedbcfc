"""The eraser: does what recorded orders say, destroys keys, and tells when no copy opens any more.

Order of the steps, so that a crash between any two is made good by the next look: the order is on
record; the journal beside the keys has it; the keys are destroyed; what they sealed is removed.
An order is carried out when none of its keys is alive and nothing is left of what they sealed;
until then every look does all of it again, and each step may be repeated. From the order on nobody
is shown its words, and nothing more is sealed with them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import structlog
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from api.acts.guard import act_as
from api.backup.replaying import destroy, left_behind
from audit.keys.custody import CustodyHeldError, Task, at_once, custody
from audit.keys.journal import Destruction, Journal
from domain.actor import SystemActor
from domain.case.purge import MaterialPurged
from domain.erasure.events import ErasureCompleted, KeysDestroyed
from domain.erasure.state import Phase
from domain.event import keys_ordered
from domain.objection.kept import UploadsDiscarded, WordsErased, WordsErasureCompleted
from domain.person.events import PersonErased
from projections import accessions, destructions, erasures, objections

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from threading import Event

    from api.acts.acting import Answer
    from api.acts.desk import Desk
    from api.services import Services
    from audit.keys.custody import AskAgain

JOB = "eraser"
_ORDERS = frozenset(
    each.topic for each in (PersonErased, MaterialPurged, WordsErased, UploadsDiscarded)
)
_LOOK_UP = 1.0
"""Seconds until a waiting eraser sees that it is to stop, and between two tries at the lock."""

_log = structlog.get_logger()


def erase_until(stop: Event, services: Services, followed: Event) -> None:
    """Carry out whatever is ordered until ``stop`` is set. Two at once do no harm.

    ``followed`` is set by the follower of this process: when it begins to lead, so that what a
    crash left is made good, and when it has applied events. Nothing is asked of the database
    until then.
    """
    looked: int | None = None

    def ask_again(_holder: str) -> bool:
        return not stop.wait(_LOOK_UP)

    while not stop.is_set():
        if not followed.wait(_LOOK_UP):
            continue
        followed.clear()
        if not services.views.whole():
            continue  # told again when the views have moved
        with services.views.connection() as connection:
            latest = destructions.latest(connection)
        if latest == looked:
            continue
        try:
            destroyed = erase(services, looked or 0, ask_again)
        except CustodyHeldError:
            return  # told to stop while somebody else was at work on the keys
        if destroyed:
            _log.info("keys destroyed", keys=destroyed)
        looked = latest


def erase(services: Services, after: int = 0, ask_again: AskAgain = at_once) -> int:
    """Carry out every order behind a position of which something is left; how many keys went.

    Raises ``CustodyHeldError`` while somebody else is at work on the keys, who outlasts
    ``ask_again``.
    """
    if not services.views.whole():
        return 0
    with services.views.connection() as connection:
        orders = destructions.ordered(connection, after)
        waiting = erasures.to_be_finished(connection)
        erased = {e.stream: e.keys for e in objections.to_be_completed(connection)}
        erased |= {e.accession: e.keys for e in accessions.to_be_completed(connection)}
        gone_before = destructions.rotated_to(connection)
    left = _left_to_do(services, [key for order in orders for key in order.keys])
    count = 0
    for order in orders:
        if not left.isdisjoint(order.keys):
            count += carry_out(services, order.stream, order.position, ask_again)
    for each in waiting:
        _finish(services, each.stream, gone_before, services.clock.now())
    for stream, keys in erased.items():
        _complete(services, stream, list(keys), gone_before, services.clock.now())
    return count


def carry_out(services: Services, stream: str, position: int, ask_again: AskAgain = at_once) -> int:
    """Carry out the order at a position of a stream; answers how many keys were alive.

    Raises ``CustodyHeldError``; the journal has the order by then, and nobody sees its words.
    """
    one = next(each for each in services.record.load(stream).recorded if each.position == position)
    destruction = Destruction(stream, one.event, keys_ordered(one.event), one.recorded_at)
    services.record.wait_until_flushed(position)
    Journal(services.settings.key_directory).note(destruction)
    services.record.keys.forget()
    url = services.settings.database_url or ""
    with custody(url, services.ground.schema, Task.ERASURE, ask_again):
        count = destroy(services.record, destruction, position)
    for key_id in destruction.keys:
        services.fingerprints.drop(key_id.partition("/")[0])
    return count


def carry_out_at_once(services: Services, answer: Answer) -> Answer:
    """Carry out the orders that were just recorded, before anybody is told of them.

    While a backup, a rotation or a restore is at work on the keys it is left to the eraser.
    The answer is the same, without how things stood before that.
    """
    for one in answer.happened:
        if one.topic in _ORDERS:
            try:
                carry_out(services, one.stream, one.position)
            except CustodyHeldError as held:
                _log.info("keys destroyed later", position=one.position, held_by=held.holder)
    return replace(answer, stands=None)


def _finish(services: Services, erasure: str, gone_before: int, now: datetime) -> None:
    """Record that the keys are gone, and that the epochs that wrapped them are."""

    def decide(desk: Desk) -> None:
        known = desk.erasure(erasure)
        if known is None or known.phase not in (Phase.ORDERED, Phase.CARRIED_OUT):
            return
        epochs: tuple[int, ...] | None = known.epochs
        if known.phase is Phase.ORDERED:
            keys = _keys_of(desk, known.person, erasure)
            epochs = _epochs(services, keys)
            if epochs is not None:
                desk.write(erasure, KeysDestroyed(keys=len(keys), epochs=epochs))
        if epochs is not None and _gone(epochs, gone_before):
            desk.write(erasure, ErasureCompleted(epochs=epochs))

    _act(services, erasure, now, decide)


def _complete(
    services: Services, stream: str, keys: list[str], gone_before: int, now: datetime
) -> None:
    """Record that no copy opens any more what somebody had handed in."""
    epochs = _epochs(services, keys)
    if epochs is None or not _gone(epochs, gone_before):
        return

    def decide(desk: Desk) -> None:
        kept = desk.kept(stream)
        if kept is not None and kept.erased and not kept.completed:
            desk.write(stream, WordsErasureCompleted(epochs=epochs))

    _act(services, stream, now, decide)


def _act(services: Services, stream: str, now: datetime, decide: Callable[[Desk], None]) -> None:
    """Take a step on a stream, under a name that it has but once."""
    step = f"{services.record.origin}/{stream}/{services.record.load(stream).version}"
    command = str(uuid5(NAMESPACE_URL, step))

    def follow(desk: Desk) -> None:
        desk.because(stream)
        decide(desk)

    act_as(services.office.desk, SystemActor(JOB), command, now, follow)


def _keys_of(desk: Desk, person: str, erasure: str) -> list[str]:
    return [
        key
        for member in desk.circle(person)
        for event in desk.history(member.person).events
        if isinstance(event, PersonErased) and event.erasure == erasure
        for key in event.keys
    ]


def _left_to_do(services: Services, keys: list[str]) -> set[str]:
    """The keys that are alive, and those of which something is left that they sealed or named."""
    if not keys:
        return set()
    files = {key.partition("/")[0]: key for key in keys}
    fingerprints = {files[each] for each in services.fingerprints.kept(files)}
    return _alive(services, keys) | left_behind(services.record, keys) | fingerprints


def _alive(services: Services, keys: list[str]) -> set[str]:
    query = "SELECT key_id FROM {} WHERE key_id = ANY (%s) AND wrapped IS NOT NULL"
    return {key for (key,) in _rows(services, query, "sealing_key", keys)}


def _epochs(services: Services, keys: list[str]) -> tuple[int, ...] | None:
    """The epochs that wrapped some destroyed keys; None while one of them is alive."""
    query = "SELECT epoch, wrapped IS NULL FROM {} WHERE key_id = ANY (%s)"
    rows = _rows(services, query, "sealing_key", keys)
    if not all(destroyed for _, destroyed in rows):
        return None
    return tuple(sorted({epoch for epoch, _ in rows}))


def _gone(epochs: tuple[int, ...], gone_before: int) -> bool:
    """Whether the key file of the record has forgotten all these epochs."""
    return all(epoch < gone_before for epoch in epochs)


def _rows(services: Services, query: str, table: str, given: list[Any]) -> list[tuple[Any, ...]]:
    name = Identifier(services.ground.schema, table)
    with (
        services.database.connection() as connection,
        connection.cursor(row_factory=tuple_row) as cursor,
    ):
        return cursor.execute(SQL(query).format(name), (given,)).fetchall()
