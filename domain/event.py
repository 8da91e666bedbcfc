"""An event: one fact in the past tense, and a contract for as long as the record lives.

The law of compatibility, which no later change may break:

* A topic such as ``case:returned:1`` never changes its meaning and is never given to another fact.
  It is not the path of a class, so classes may move and be renamed.
* Fields are only ever added at the end, each with a default, and only where the default
  says truly what the older event meant. Everything else is a new topic.
* A field is a ``str``, ``int``, ``bool``, ``date``, ``datetime`` (UTC), a ``StrEnum``, a
  ``Personal``, a frozen dataclass of these, a ``tuple`` of these, or one of them ``| None``.
  There are no free dictionaries and no floating-point numbers.
* Each topic has a golden file in the tests that holds its stored bytes.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.actor import Actor

_TOPIC = re.compile(r"[a-z]+(?:-[a-z]+)*:[a-z]+(?:-[a-z]+)*:[1-9][0-9]*")
_registry: dict[str, type[Event]] = {}


class TopicRefusedError(TypeError):
    """A class asked for a topic that is malformed or already belongs to another class."""


class Event:
    """One fact, as a frozen dataclass registered under its permanent topic.

    ``class CaseWithdrawn(Event, topic="case:withdrawn:1", chinese="撤回")`` beneath
    ``@dataclass(frozen=True, kw_only=True)``; never with ``slots=True``, which
    would make a second class of the same topic.

    Raises ``TopicRefusedError`` when the class is defined, if the topic is taken.
    """

    topic: ClassVar[str]
    chinese: ClassVar[str]
    """What the field calls the fact, such as 退回修改; may be improved, unlike the topic."""

    def __init_subclass__(cls, *, topic: str, chinese: str = "") -> None:
        super().__init_subclass__()
        if not _TOPIC.fullmatch(topic):
            msg = f"topic {topic!r} of {cls.__name__} is not of the form subject:fact:number"
            raise TopicRefusedError(msg)
        if topic in _registry:
            msg = f"topic {topic!r} already belongs to {_registry[topic].__name__}"
            raise TopicRefusedError(msg)
        cls.topic = topic
        cls.chinese = chinese or topic
        _registry[topic] = cls


class Told(Protocol):
    """Where an event is told, by whom, and when: what each ``evolve`` is given with it."""

    @property
    def stream(self) -> str:
        """The stream in which it is told."""

    @property
    def version(self) -> int:
        """Its number there, from 1."""

    @property
    def position(self) -> int:
        """Its number in the whole record, from 1: what has the lower one stood before."""

    @property
    def actor(self) -> Actor:
        """Who did it."""

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded (UTC)."""


def keys_ordered(event: Event) -> tuple[str, ...]:
    """Ids of the keys that an event orders to be destroyed: its field ``keys``, where it has ids.

    This is the one meaning of a field of that name which holds texts.
    """
    named = getattr(event, "keys", ())
    return named if isinstance(named, tuple) else ()


def topics() -> Mapping[str, type[Event]]:
    """Every topic known to this process with the class that reads it."""
    return MappingProxyType(_registry)
