"""Buttons that are pressed in earnest, up to the moment at which the act would be recorded.

So everybody can press every button of a thing, one after the other, and it stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.acts import guard
from api.acts.acting import Acting, Answer
from api.http.act_operations import WAYS
from api.problems import Problem
from tests.api.actor import Actor
from tests.api.forms import Forms, Told, addressed, version_of
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
    """What came of a button: an answer, or none where nobody could fill its form."""

    button: Told
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

    def __post_init__(self) -> None:
        """Read what the server tells of its forms."""
        self.forms = Forms(self.place)

    def shown(self, by: Actor, path: str) -> Iterator[Pressed]:
        """Every button that a representation shows, each pressed."""
        seen = by.get(path)
        for button in seen.body["acts"] if seen.status == 200 else ():
            yield self._press(by, button, path, seen)

    def not_shown(self, by: Actor, path: str) -> Iterator[Pressed]:
        """Every further act on the thing that is taken in anywhere, each tried all the same."""
        seen = by.get(path)
        if seen.status != 200:
            return
        parts, shown = path.split("/"), {each["operation"] for each in seen.body["acts"]}
        for way in WAYS:
            _, _, plural, name, *tail = [*way.template.split("/"), "", ""]
            at = {*parts[4:5]} or {*tail[:1]} - APART
            here = plural == parts[2] and name.startswith("{") and tail[0] in at
            if not here or way.operation in shown:
                continue
            there = {name[1:-1]: parts[3]}
            button = way.said(way.row.any_of[0]) | {
                "address": way.filled("/".join([*parts[:4], *filter(None, tail)]), there),
                "upload": way.filled(way.upload, there),
                "version_at": way.filled(way.version_at, there),
            }
            yield self._press(by, button, path, seen)

    def _press(self, by: Actor, button: Told, path: str, seen: Any) -> Pressed:  # noqa: ANN401 -- an answer
        typed = self.typed.get(button["operation"], {})
        said = typed(by, seen.body) if callable(typed) else typed
        address = addressed(button["address"], seen.body)
        filled = self.forms.filled(by, button, path, seen.body, said) if address else None
        if address is None or filled is None or button["files"]:
            return Pressed(button, None)
        answer = by.post(address, filled, version=version_of(by, button, seen))
        return Pressed(button, answer)
