"""Given a state, when somebody asks for an act, then this happens or it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

from domain.event import Event
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

State = TypeVar("State")
Asked = ParamSpec("Asked")


@dataclass(frozen=True)
class Outcome:
    """What came of an act: events, or refusals."""

    events: tuple[Event, ...]
    refusals: tuple[Refusal, ...]

    def then(self, *events: Event) -> None:
        """Exactly these events happen, in this order."""
        assert [each.code for each in self.refusals] == []
        assert self.events == events

    def then_nothing(self) -> None:
        """The act is allowed and changes nothing."""
        self.then()

    def refused(self, *codes: str) -> tuple[Refusal, ...]:
        """The act is refused for exactly these reasons, all at once, in this order."""
        assert self.events == ()
        assert tuple(each.code for each in self.refusals) == codes
        return self.refusals

    def refused_at(self, code: str, pointer: str) -> None:
        """The act is refused for this one reason, which is about that part of the input."""
        (refusal,) = self.refused(code)
        assert refusal.pointer == pointer


@dataclass(frozen=True)
class Given(Generic[State]):
    """A state from which an act is tried."""

    state: State

    def when(
        self,
        decide: Callable[Concatenate[State, Asked], tuple[Event, ...] | Event],
        *asked: Asked.args,
        **named: Asked.kwargs,
    ) -> Outcome:
        """Somebody asks ``decide`` for an act."""
        try:
            decided = decide(self.state, *asked, **named)
        except Refused as refused:
            return Outcome((), refused.refusals)
        return Outcome(decided if isinstance(decided, tuple) else (decided,), ())


def given(state: State) -> Given[State]:
    """The state that the histories of the streams have led to."""
    return Given(state)
