"""The stage of a story: its server, its clock, its people and places, and the teller.

A story is a function of a ``Stage``. Everything that happens on it goes over HTTP; the one thing
that a story does otherwise is to set the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event
from typing import TYPE_CHECKING

from api.clock import SettableClock
from api.demo.expecting import DONE, Done
from api.demo.participant import Door, Onlooker, Participant
from api.demo.teller import StoryBrokenError, Teller
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Reply
    from api.demo.expecting import Expected
    from api.demo.words import Words

LOOKS, BETWEEN_LOOKS = 150, 0.2
"""For so many looks, so many seconds apart, a story waits for what happens by itself."""
_PACE = timedelta(minutes=2)
"""Between two steps: longer than the minute that would be shown as an indicator."""


@dataclass
class Stage:
    """What a story is told on.

    ``administrator`` and ``second`` are the two who set the record up. ``people`` and ``places``
    are found by the names that a story gave them; ``cases`` are paths.
    ``position`` is the last position that a step led to.
    """

    address: str
    clock: SettableClock
    teller: Teller
    administrator: Participant
    second: Participant
    people: dict[str, Participant] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    position: int = 0
    _pause: Event = field(default_factory=Event, repr=False)

    def newcomer(self, name: str, part: Words, login: str) -> Participant:
        """Somebody who has no account yet."""
        return Participant(self.door, name, part, login)

    @property
    def door(self) -> Door:
        """Where the server answers."""
        return Door(self.address, self.clock, self.teller.language)

    def at(self, moment: str) -> None:
        """Let the story go on at a moment in Beijing, such as ``2024-05-20 09:00``."""
        self.clock.set(datetime.fromisoformat(moment).replace(tzinfo=BEIJING))

    def tell(
        self, who: Participant | Onlooker, did: Words, reply: Reply, expected: Expected = DONE
    ) -> Reply:
        """Tell a step that has just been taken.

        Raises ``StoryBrokenError`` where something that should have been done was not.
        """
        name = who.name if isinstance(who, Participant) else who.name.of(self.teller.language)
        self.teller.step(self.clock.now(), name, who.part, did, reply, expected)
        self._remember(reply)
        if isinstance(expected, Done) and self.teller.steps[-1].deviations:
            raise StoryBrokenError(did.english)
        self.clock.set(self.clock.now() + _PACE)
        return reply

    def quietly(self, reply: Reply) -> Reply:
        """Take a step that the story does not dwell on.

        Raises ``StoryBrokenError`` where it was not taken.
        """
        if reply.status >= HTTPStatus.BAD_REQUEST:
            raise StoryBrokenError(f"{reply.status} {reply.body}")
        self._remember(reply)
        self.clock.set(self.clock.now() + _PACE)
        return reply

    def look(self, who: Participant, path: str, **headers: str) -> Reply:
        """Read something in which everything that was told so far can be seen."""
        joined = "&" if "?" in path else "?"
        return who.get(f"{path}{joined}wait_for={self.position}", **headers)

    def public(self, path: str) -> Reply:
        """Read something without signing in."""
        return self.door.client.request("GET", path)

    def from_the_public(self, path: str, body: object) -> Reply:
        """Hand something in without signing in."""
        return self.door.client.request("POST", path, body)

    def until(self, who: Participant, path: str, member: str, value: str) -> Reply:
        """Read again and again until a member has a value, or it takes too long.

        For what nobody does: the timekeeper acts when it next looks at the clock.
        """
        for _ in range(LOOKS):
            reply = who.get(path)
            if reply.member(member) == value:
                break
            self._pause.wait(BETWEEN_LOOKS)
        return reply

    def awaited(self, who: Participant, path: str, found: Callable[[Reply], str | None]) -> str:
        """Read again and again until something is found; for what the public did.

        They are told no position that could be waited for. Raises ``StoryBrokenError``.
        """
        for _ in range(LOOKS):
            answer = found(who.get(path))
            if answer is not None:
                return answer
            self._pause.wait(BETWEEN_LOOKS)
        raise StoryBrokenError(path)

    def _remember(self, reply: Reply) -> None:
        self.position = max(self.position, reply.position or 0)
