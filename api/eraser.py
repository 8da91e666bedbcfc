"""The eraser: does what recorded orders say, destroys keys, and tells when no copy opens any more.

Order of the steps, so that a crash between any two is made good by the next look: the order is on
record; the journal beside the keys has it; the keys are destroyed; what they sealed is removed.
An order is carried out when none of its keys is alive and nothing is left of what they sealed;
until then every look does all of it again, and each step may be repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import structlog
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from api.backup.replaying import destroy, left_behind
from audit.keys.journal import Destruction, Journal
from domain.actor import SystemActor
from domain.case.purge import MaterialPurged
from domain.erasure.events import ErasureCompleted, KeysDestroyed
from domain.erasure.state import Phase
from domain.objection.kept import UploadsDiscarded, WordsErased, WordsErasureCompleted
from domain.person.hold import PersonErased
from projections import destructions, erasures, objections

if TYPE_CHECKING:
    from datetime import datetime
    from threading import Event

    from api.application.deliberation import Deliberation
    from api.application.desk import Answer
    from api.services import Services
    from audit.record import Recorded

JOB = "eraser"
_ORDERS = frozenset(
    each.topic for each in (PersonErased, MaterialPurged, WordsErased, UploadsDiscarded)
)
_PAUSE = 5.0
"""Seconds between two looks."""

_log = structlog.get_logger()


def erase_until(stop: Event, services: Services) -> None:
    """Look again and again until the event is set. Two at once do no harm."""
    settled: set[int] = set()
    while not stop.is_set():
        if destroyed := erase(services, settled):
            _log.info("keys destroyed", keys=destroyed)
        stop.wait(_PAUSE)


def erase(services: Services, settled: set[int] | None = None) -> int:
    """Carry out every order of which something is left to do; answers how many keys went.

    ``settled`` are positions of orders that were found carried out, which are not looked at again:
    a destroyed key never comes back to life.
    """
    if not services.views.whole():
        return 0
    with services.views.connection() as connection:
        orders = destructions.ordered(connection)
        waiting = erasures.to_be_finished(connection)
        erased = objections.to_be_completed(connection)
    settled = set() if settled is None else settled
    orders = [order for order in orders if order.position not in settled]
    left = _left_to_do(services, [key for order in orders for key in order.keys])
    count = 0
    for order in orders:
        if left.isdisjoint(order.keys):
            settled.add(order.position)
        else:
            count += carry_out(services, order.stream, order.position)
    for each in waiting:
        _finish(services, each.stream, services.clock.now())
    for said in erased:
        _complete(services, said.stream, list(said.keys), services.clock.now())
    return count


def carry_out(services: Services, stream: str, position: int) -> int:
    """Carry out the order at a position of a stream; answers how many keys were alive."""
    one = next(each for each in services.record.load(stream).recorded if each.position == position)
    destruction = _destruction(one)
    services.record.wait_until_flushed(position)
    Journal(services.settings.key_directory).note(destruction)
    count = destroy(services.record, destruction, position)
    for key_id in destruction.keys:
        services.fingerprints.drop(key_id.partition("/")[0])
    return count


def carry_out_at_once(services: Services, answer: Answer) -> None:
    """Carry out the orders that were just recorded, before anybody is told of them."""
    for one in answer.happened:
        if one.topic in _ORDERS:
            carry_out(services, one.stream, one.position)


def _destruction(one: Recorded) -> Destruction:
    keys = getattr(one.event, "keys", ())
    return Destruction(stream=one.stream, order=one.event, keys=keys, at=one.recorded_at)


def _finish(services: Services, erasure: str, now: datetime) -> None:
    """Record that the keys are gone, and later that the epochs that wrapped them are."""

    def think(deliberation: Deliberation) -> None:
        known = deliberation.erasure(erasure)
        if known is None:
            return
        if known.phase is Phase.ORDERED:
            keys = _keys_of(deliberation, known.person, erasure)
            epochs = _epochs(services, keys)
            if epochs is not None:
                deliberation.write(erasure, KeysDestroyed(keys=len(keys), epochs=epochs))
        elif known.phase is Phase.CARRIED_OUT and _retired(services, known.epochs):
            deliberation.write(erasure, ErasureCompleted(epochs=known.epochs))

    step = f"{services.record.origin}/{erasure}/{services.record.load(erasure).version}"
    command = str(uuid5(NAMESPACE_URL, step))
    services.office.desk.act_as(SystemActor(JOB), command, now, think)


def _complete(services: Services, stream: str, keys: list[str], now: datetime) -> None:
    """Record that no copy opens any more what somebody had handed in."""
    epochs = _epochs(services, keys)
    if epochs is None or not _retired(services, epochs):
        return

    def think(deliberation: Deliberation) -> None:
        kept = deliberation.kept(stream)
        if kept is not None and kept.erased and not kept.completed:
            deliberation.write(stream, WordsErasureCompleted(epochs=epochs))

    step = f"{services.record.origin}/{stream}/{services.record.load(stream).version}"
    command = str(uuid5(NAMESPACE_URL, step))
    services.office.desk.act_as(SystemActor(JOB), command, now, think)


def _keys_of(deliberation: Deliberation, person: str, erasure: str) -> list[str]:
    return [
        key
        for event in deliberation.history(person).events
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


def _retired(services: Services, epochs: tuple[int, ...]) -> bool:
    """Whether the key file of the record has forgotten all these epochs."""
    query = "SELECT epoch FROM {} WHERE epoch = ANY (%s) AND retired_at IS NULL"
    return not _rows(services, query, "wrapping_epoch", list(epochs))


def _rows(services: Services, query: str, table: str, given: list[Any]) -> list[tuple[Any, ...]]:
    name = Identifier(services.ground.schema, table)
    with (
        services.database.connection() as connection,
        connection.cursor(row_factory=tuple_row) as cursor,
    ):
        return cursor.execute(SQL(query).format(name), (given,)).fetchall()
