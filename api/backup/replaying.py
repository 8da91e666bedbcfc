"""Destroying again, after a restore, what the journals say was destroyed.

The order is looked for in the restored record. Where the backup is older than the order, the same
fact is recorded again, by Mingjian itself, so that each tombstone has its event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from audit.record import AppendRequest, Write
from domain.actor import SystemActor
from domain.personal import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from audit.keys.journal import Destruction, Journal
    from audit.record import Record

JOB = "restore"


def replay(record: Record, journal: Journal, at: datetime) -> int:
    """Destroy every key that a journal names; answers how many were alive. May be repeated."""
    return sum(
        destroy(record, each, position)
        for each in journal.entries()
        if (position := _ordered(record, each, at)) is not None
    )


def destroy(record: Record, destruction: Destruction, position: int) -> int:
    """Destroy the keys by order of the event at a position, and remove what they sealed.

    If we die between the two, ``left_behind`` says so; all of it may be repeated.
    """
    alive = record.keys.destroy(position, destruction.at)
    for key_id in destruction.keys:
        owner, purpose, _ = key_id.split("/")
        if purpose == Purpose.MATERIAL:
            record.attachments.purge(owner)
        elif purpose == Purpose.OFFICIAL:
            record.identities.forget(owner)
    return alive


def left_behind(record: Record, keys: Iterable[str]) -> set[str]:
    """Those of some keys of which something is stored that goes with them.

    With the key of a file its bytes; with a person's ``official`` key, which sealed the numbers
    of their documents, whose documents these were.
    """
    files, persons = {}, {}
    for key_id in keys:
        owner, purpose, _ = key_id.split("/")
        if purpose == Purpose.MATERIAL:
            files[owner] = key_id
        elif purpose == Purpose.OFFICIAL:
            persons[owner] = key_id
    stored, remembered = record.attachments.with_bytes(files), record.identities.remembered(persons)
    return {files[each] for each in stored} | {persons[each] for each in remembered}


def _ordered(record: Record, destruction: Destruction, at: datetime) -> int | None:
    """Where the order stands; None where the record knows nothing of what it is about."""
    history = record.load(destruction.stream)
    for each in history.recorded:
        if each.event == destruction.order:
            return each.position
    if not history.recorded:
        return None
    request = AppendRequest(
        writes=(Write(history.head, (destruction.order,)),),
        checks=(),
        actor=SystemActor(JOB),
        at=at,
        command=_command(record, destruction, history.version),
    )
    return record.append(request).recorded[0].position


def _command(record: Record, destruction: Destruction, version: int) -> str:
    """The same for the same order, so that it shows in the record."""
    parts = (record.origin, destruction.stream, str(version), destruction.order.topic)
    return str(uuid5(NAMESPACE_URL, "/".join(parts)))
