"""A client that knows nothing of the field: it presses the buttons that ``acts`` lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tests.api.accounts import PASSWORD
from tests.api.actor import Actor
from tests.api.filings import done
from tests.api.forms import Forms, addressed, version_of
from tests.api.society import Society

if TYPE_CHECKING:
    from api.client import Reply

Button = dict[str, Any]
_HAPPENED = {"amount", "items", "members"}
"""What came to pass outside the system, of which no example tells: money, papers, votes."""


@dataclass
class Stranger:
    """Presses what is on offer, as often as ``will`` says, until nothing of it is left.

    They fill a form by what the server tells of it. ``values`` are what only the people know, by
    the names of members or by the operation; ``at`` what they type while the thing stands
    somewhere in particular.
    """

    place: Society
    people: Sequence[Actor]
    will: Mapping[str, int]
    values: Mapping[str, Any]
    at: Mapping[str | None, Mapping[str, Any]] = field(default_factory=dict)
    looked_up: Mapping[str, Callable[[Actor, str, Mapping[str, Any]], Any]] = field(
        default_factory=dict
    )
    pressed: dict[tuple[str | None, str], int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    forms: Forms = field(init=False)

    def __post_init__(self) -> None:
        """Read what the server tells of its forms."""
        self.forms = Forms(self.place)

    def walk(self, path: str, diary: Sequence[str] = ()) -> None:
        """Press whatever can be pressed now, and at each instant of a diary."""
        self._press_all(path)
        for instant in diary:
            self.place.at(instant)
            self._press_all(path)

    def _press_all(self, path: str) -> None:
        while sum(self._press_one(by, path) for by in self.people):
            pass

    def _press_one(self, by: Actor, path: str) -> bool:
        seen = by.get(path)
        if seen.status != HTTPStatus.OK:
            return False
        where = _stage(seen.body)
        wanted = [
            button
            for operation, times in self.will.items()
            if self.pressed.get((where, operation), 0) < times
            for button in seen.body["acts"]
            if button["operation"] == operation and not button["refusals"]
        ]
        typed = ((button, self._filled(by, path, seen.body, button)) for button in wanted)
        ready = ((button, filled) for button, filled in typed if filled is not None)
        button, filled = next(ready, (None, None))
        return button is not None and self._press(by, seen, button, filled)

    def _press(self, by: Actor, seen: Reply, button: Button, filled: object) -> bool:
        """Whether it was done; who is refused waits for another day."""
        where, operation = _stage(seen.body), button["operation"]
        if button["confirmation"]:
            done(by.client.confirm(PASSWORD))
        address = addressed(button["address"], seen.body)
        assert address is not None
        answer = by.post(address, filled, version=version_of(by, button, seen))
        if answer.status == HTTPStatus.CONFLICT:
            self.refused.append(f"{operation}: {answer.code}")
            return False
        done(answer)
        self.pressed[where, operation] = self.pressed.get((where, operation), 0) + 1
        return True

    def _filled(
        self, by: Actor, path: str, seen: Mapping[str, Any], button: Button
    ) -> dict[str, Any] | None:
        """The form of a button, filled; None where nobody knows what to say."""
        where, operation = _stage(seen), button["operation"]
        typed = {**self.values, **self.at.get(where, {})}
        if isinstance(several := typed.get(operation), list):
            typed |= several[self.pressed.get((where, operation), 0)]
        asked = {each["name"] for each in button["body"]}
        if not asked & _HAPPENED <= typed.keys():
            return None
        typed |= {name: at(by, path, seen) for name, at in self.looked_up.items() if name in asked}
        return self.forms.filled(by, button, path, seen, typed)


def _stage(seen: Mapping[str, Any]) -> str | None:
    """The stage at which a case stands; None of anything else."""
    stage: str | None = seen.get("standing", {}).get("stage")
    return stage
