"""Buttons that are pressed in earnest, up to the moment at which the act would be recorded.

So everybody can press every button of a thing, one after the other, and it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import Message
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from api.acts import guard
from api.acts.acting import Acting, Answer
from api.client import Reply, tag
from api.http.act_operations import WAYS
from api.problems import Problem
from tests.api.actor import Actor
from tests.api.forms import Forms, Told, all_addressed, version_of
from tests.api.society import Society

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from api.acts.desk import Desk

CARRIED_OUT = "BUSY"
"""What is answered to an act that nothing was against, in the place of recording it."""
APART = {"achievements", "decisions", "grants", "rolls", "vacancy-forms", "window-extensions"}
"""Parts of a thing that have representations of their own, with the acts on them."""


@contextmanager
def without_recording(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every act of a caller end where it would be appended."""

    def append(acting: Acting, desk: Desk, status: int, _replay: str | None = None) -> Answer:
        # a refusal that is noted, a question that is, and nothing: none of them is the act
        if status != 201 or acting.promise is None or not desk.writes:
            return Answer(())
        raise Problem(CARRIED_OUT)

    with patch.context() as patched:
        patched.setattr(guard, "_append", append)
        yield


@dataclass(frozen=True)
class Pressed:
    """What came of a button: an answer, or none where nobody could fill its form.

    ``address`` is None where it holds an id that nothing there tells.
    """

    button: Told
    address: str | None
    answer: Any

    @property
    def carried_out(self) -> bool:
        """Whether nothing was against the act."""
        return self.answer is not None and self.answer.body.get("code") == CARRIED_OUT

    @property
    def codes(self) -> set[str]:
        """Why it was refused, where that is not about what stands in the form."""
        refusals = self.answer.body.get("refusals", ())
        return {each["code"] for each in refusals if not each["pointer"]}

    @property
    def about_the_form(self) -> bool:
        """Whether only members of the form are wrong, which an example can't know better."""
        status, refusals = self.answer.status, self.answer.body.get("refusals", ())
        return status == 422 or (status == 409 and bool(refusals) and not self.codes)


Typed = Mapping[str, Any] | Callable[[Actor, Told], Mapping[str, Any]]


@dataclass
class Presser:
    """Presses every button of what somebody is shown, by what it tells of itself.

    ``typed`` is what they say beyond that, by operation.
    """

    place: Society
    typed: Mapping[str, Typed]
    forms: Forms = field(init=False)
    readings: Mapping[str, re.Pattern[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Read what the server tells of its forms, and where it shows buttons."""
        self.forms = Forms(self.place)
        self.readings = {
            operation: re.compile(re.sub("{[^}]+}", "[^/]+", path))
            for path, operation in shown_by(self.forms.document).items()
        }

    def read_at(self, path: str) -> str:
        """The operation that reads what is at a path."""
        (found,) = (
            operation
            for operation, address in self.readings.items()
            if address.fullmatch(path.partition("?")[0])
        )
        return found

    def pressed(self, by: Actor, path: str) -> tuple[list[Pressed], list[Pressed]]:
        """Every button that is shown there, pressed; and every further act on it, tried as well.

        Of what may be about one of several parts one is found with which it is done, if with any.
        """
        seen = by.get(path)
        if seen.status != HTTPStatus.OK:
            return [], []
        shown = [
            self._press(by, button, path, _borne_by(seen, each))
            for each in _representations(seen.body)
            for button in each["acts"]
        ]
        return shown, [*self._not_shown(by, path, seen)]

    def _not_shown(self, by: Actor, path: str, seen: Reply) -> Iterator[Pressed]:
        """Every further act on the thing that is taken in anywhere."""
        parts, shown = path.split("/"), {each["operation"] for each in seen.body.get("acts", ())}
        for way in WAYS:
            _, _, plural, name, *tail = [*way.template.split("/"), "", ""]
            at = {*parts[4:5]} or {*tail[:1]} - APART
            here = parts[2:] != [parts[2]] and plural == parts[2] and name.startswith("{")
            if not here or tail[0] not in at or way.operation in shown:
                continue
            there = {name[1:-1]: parts[3]}
            button = way.said(way.row.any_of[0]) | {
                "address": way.filled("/".join([*parts[:4], *filter(None, tail)]), there),
                "upload": way.filled(way.upload, there),
                "version_at": way.filled(way.version_at, there),
            }
            yield self._press(by, button, path, seen)

    def _press(self, by: Actor, button: Told, path: str, seen: Reply) -> Pressed:
        typed = self.typed.get(button["operation"], {})
        said = typed(by, seen.body) if callable(typed) else typed
        pressed = Pressed(button, None, None)
        for address in all_addressed(button["address"], seen.body):
            filled = self.forms.filled(by, button, path, seen.body, said)
            if filled is None or button["files"]:
                return Pressed(button, address, None)
            answer = by.post(address, filled, version=version_of(by, button, seen))
            pressed = Pressed(button, address, answer)
            if pressed.carried_out:
                break
        return pressed


def shown_by(document: Told) -> dict[str, str]:
    """The operations that show buttons, by the address at which they read."""
    return {
        path: operations["get"]["operationId"]
        for path, operations in document["paths"].items()
        if "get" in operations and _holds_offers(document, operations["get"]["responses"])
    }


def _holds_offers(document: Told, told: object, met: frozenset[str] = frozenset()) -> bool:
    """Whether a part of the document holds a button, however deep."""
    if isinstance(told, list):
        return any(_holds_offers(document, each, met) for each in told)
    if not isinstance(told, Mapping):
        return False
    name = str(told.get("$ref", "")).rpartition("schemas/")[2]
    if name and name not in met:
        inside = document["components"]["schemas"].get(name, {})
        return name == "Offer" or _holds_offers(document, inside, met | {name})
    return any(_holds_offers(document, each, met) for each in told.values())


def _representations(told: object) -> Iterator[Told]:
    """What bears buttons: what was read itself, or its parts and rows."""
    if isinstance(told, list):
        for each in told:
            yield from _representations(each)
    elif isinstance(told, Mapping) and all("operation" in e for e in told.get("acts", ({},))):
        yield told
    elif isinstance(told, Mapping):
        yield from _representations(list(told.values()))


def _borne_by(seen: Reply, part: Told) -> Reply:
    """What bears a button, as if it had been read alone: its version is there, or in the row."""
    if (version := part.get("version")) is None:
        return replace(seen, body=part)
    headers = Message()
    headers["ETag"] = tag(version)
    return Reply(seen.status, headers, part)
