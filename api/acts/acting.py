"""Who asks for what, when, under which promises, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from audit.record import History
from domain import beijing
from domain.account.events import Role
from domain.actor import AccountActor
from domain.refusal import Refused
from projections.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.refusal import Refusal


@dataclass(frozen=True)
class Promise:
    """An idempotency key: the same request sent again has one effect and the same answer."""

    account: str
    key: str
    body_digest: bytes


@dataclass(frozen=True, kw_only=True)
class Acting:
    """One request by somebody signed in.

    ``at`` is the server's time at receipt, which decides; ``expected`` the version that the
    caller saw of the stream that is changed, None where nothing exists yet.
    ``device`` is the keyed digest of where it came from, None where that is not known.
    ``fresh`` says that they gave their secret lately, or that nobody is asked to.
    ``within`` is what a mandate lets a watcher read in bulk, None where none is named.
    ``caught_up`` says that this process has seen, since the request came, all that was on record.
    """

    actor: AccountActor
    roles: frozenset[Role]
    at: datetime
    request: str | None
    promise: Promise | None = None
    expected: int | None = None
    device: bytes | None = None
    fresh: bool = False
    within: Scope | None = None
    caught_up: bool = False

    @cached_property
    def today(self) -> date:
        """The day of the request in Beijing."""
        return beijing.day(self.at)

    def has(self, roles: Iterable[Role]) -> bool:
        """Whether the caller has one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Happened:
    """One event of an answer: where it stands."""

    topic: str
    stream: str
    version: int
    position: int


@dataclass(frozen=True)
class Answer:
    """What a command led to; ``replayed`` says that it had been carried out before.

    ``anew`` is what was recorded so that the same could be disclosed once more. ``stands`` is
    what was read for the command, by stream, with what it led to behind it: the append made sure
    that all of it stood together. None where that is not known, or not all that happened.
    """

    happened: tuple[Happened, ...]
    replayed: bool = False
    anew: tuple[Happened, ...] = ()
    stands: Mapping[str, History] | None = field(default=None, compare=False, repr=False)

    @property
    def position(self) -> int:
        """The last position of the command; 0 where nothing had to be recorded."""
        return self.happened[-1].position if self.happened else 0

    def version_of(self, stream: str) -> int | None:
        """The version to which a stream has come by this command."""
        return max((h.version for h in self.happened if h.stream == stream), default=None)

    def seen_by(self, topic: str) -> str:
        """The stream of the event by which something is disclosed now: the last one of a topic."""
        return next(h.stream for h in (*self.anew, *self.happened) if h.topic == topic)

    def stream_of(self, topic: str) -> str:
        """The stream in which an event of a topic happened; raises ``StopIteration`` if none."""
        return next(h.stream for h in self.happened if h.topic == topic)


class RefusedOnRecord(Refused):
    """A refusal that was recorded; ``position`` is where."""

    def __init__(self, refusals: tuple[Refusal, ...], position: int, *, replayed: bool) -> None:
        super().__init__(*refusals)
        self.position = position
        self.replayed = replayed
