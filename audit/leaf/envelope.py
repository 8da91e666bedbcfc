"""The envelope around an event's fields, and the stored bytes: the leaf.

Layout, one object with exactly these members::

    actor        who acted: {"type": "account" | "public" | "system", …}
    causation    position of the event that caused this one, or null
    command      id of the command that recorded it
    fields       the event's own fields
    format       "mingjian-event/1"
    origin       whose record this is
    previous     RFC 6962 leaf hash of the stream's previous event, hex, or null at the first
    recorded_at  instant of the server's clock, never decreasing within the stream while it is right
    request      id that the server gave to the request, or null where there was none
    stream       id of the stream
    topic        permanent name of the fact
    version      1, 2, 3 … within the stream
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from audit.leaf import canonical
from audit.leaf.scalars import read_instant, write_instant
from audit.leaf.wire import UnreadableError, UnstorableError, shape_of
from domain.actor import Actor, type_of_actor
from domain.event import Event, topics

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON
    from audit.leaf.wire import Seal, Unseal
    from domain.personal import Personal

FORMAT = "mingjian-event/1"
LARGEST_LEAF = 65_535
"""Octets that an event may take, its envelope included."""

_HASH = re.compile(r"[0-9a-f]{64}")
_MEMBERS = {
    *("actor", "causation", "command", "fields", "format", "origin", "previous", "recorded_at"),
    *("request", "stream", "topic", "version"),
}
_kind_of_actor: dict[str, type[Any]] = {word: kind for kind, word in type_of_actor.items()}


class EventTooLargeError(ValueError):
    """An event takes more than 65,535 bytes; long texts and lists belong into materials."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One event with all that is stored beside it."""

    event: Event
    origin: str
    stream: str
    version: int
    actor: Actor
    recorded_at: datetime
    command: str
    request: str | None
    causation: int | None
    previous: bytes | None


def to_leaf(envelope: Envelope, seal: Seal) -> bytes:
    """The bytes that are stored, hashed and proved, for as long as the record lives.

    Raises ``EventTooLargeError``, ``UnstorableError`` or ``NotCanonicalError``.
    """
    event = envelope.event
    leaf = canonical.encode(
        {
            "actor": _write_actor(envelope.actor),
            "causation": envelope.causation,
            "command": envelope.command,
            "fields": shape_of(type(event)).write(event, "/fields", seal),
            "format": FORMAT,
            "origin": envelope.origin,
            "previous": None if envelope.previous is None else envelope.previous.hex(),
            "recorded_at": write_instant(envelope.recorded_at),
            "request": envelope.request,
            "stream": envelope.stream,
            "topic": event.topic,
            "version": envelope.version,
        }
    )
    if len(leaf) > LARGEST_LEAF:
        msg = f"an event of topic {event.topic} takes {len(leaf)} bytes of {LARGEST_LEAF}"
        raise EventTooLargeError(msg)
    return leaf


def from_leaf(leaf: bytes, unseal: Unseal) -> Envelope:
    """What the stored bytes say.

    Raises ``UnreadableError`` for members or fields that are unknown, missing or of another
    type, for topics that nobody reads, and ``NotCanonicalError`` for other bytes.
    """
    if len(leaf) > LARGEST_LEAF:
        msg = f"the leaf takes {len(leaf)} bytes of {LARGEST_LEAF}"
        raise UnreadableError(msg)
    stored = canonical.decode_for_reader(leaf)  # each member is read by its type
    if not isinstance(stored, dict) or stored.keys() != _MEMBERS or stored["format"] != FORMAT:
        msg = f"the leaf is not an object of format {FORMAT}"
        raise UnreadableError(msg)
    kind = topics().get(_text(stored, "topic"))
    if kind is None:
        msg = f"nobody reads topic {stored['topic']}"
        raise UnreadableError(msg)
    return Envelope(
        event=shape_of(kind).read(stored["fields"], "/fields", unseal),
        origin=_text(stored, "origin"),
        stream=_text(stored, "stream"),
        version=_number(stored, "version"),
        actor=_read_actor(stored["actor"]),
        recorded_at=_instant(stored["recorded_at"]),
        command=_text(stored, "command"),
        request=None if stored["request"] is None else _text(stored, "request"),
        causation=None if stored["causation"] is None else _number(stored, "causation"),
        previous=_previous(stored["previous"]),
    )


def event_of(leaf: bytes, kind: type[Event], unseal: Unseal) -> Event:
    """The event, of a class, in a leaf that was just written; raises as ``from_leaf``."""
    stored = canonical.decode_for_reader(leaf)
    assert isinstance(stored, dict)
    event: Event = shape_of(kind).read(stored["fields"], "/fields", unseal)
    return event


def _write_actor(actor: Actor) -> JSON:
    written = shape_of(type(actor)).write(actor, "/actor", _nothing_to_seal)
    return {**written, "type": type_of_actor[type(actor)]} if isinstance(written, dict) else None


def _read_actor(stored: JSON) -> Actor:
    if isinstance(stored, dict) and stored.get("type") in _kind_of_actor:
        rest = {name: value for name, value in stored.items() if name != "type"}
        kind = _kind_of_actor[stored["type"]]
        actor: Actor = shape_of(kind).read(rest, "/actor", _nothing_to_unseal)
        return actor
    msg = "what is stored at /actor is not an actor"
    raise UnreadableError(msg)


def _nothing_to_seal(pointer: str, personal: Personal) -> JSON:
    msg = f"{personal!r} at {pointer}: an actor is named by ids, never by words"
    raise UnstorableError(msg)


def _nothing_to_unseal(pointer: str, stored: JSON) -> Personal:  # noqa: ARG001
    msg = f"{pointer}: an actor is named by ids, never by words"
    raise UnreadableError(msg)


def _text(stored: dict[str, JSON], name: str) -> str:
    value = stored[name]
    if not isinstance(value, str):
        msg = f"what is stored at /{name} is not a text"
        raise UnreadableError(msg)
    return value


def _number(stored: dict[str, JSON], name: str) -> int:
    value = stored[name]
    if type(value) is not int or value < 1:
        msg = f"what is stored at /{name} is not a number from 1"
        raise UnreadableError(msg)
    return value


def _instant(stored: JSON) -> datetime:
    try:
        return read_instant(stored)
    except ValueError as error:
        msg = "what is stored at /recorded_at is not an instant"
        raise UnreadableError(msg) from error


def _previous(stored: JSON) -> bytes | None:
    if stored is None:
        return None
    if not isinstance(stored, str) or not _HASH.fullmatch(stored):
        msg = "what is stored at /previous is not a leaf hash"
        raise UnreadableError(msg)
    return bytes.fromhex(stored)
