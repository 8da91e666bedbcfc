"""The teller: hands each step on to whoever listens, and holds it against what was expected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from api.client import Reply
from api.demo.words import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.demo.expecting import Expected
    from api.demo.words import Words


class StoryBrokenError(Exception):
    """A step that the rest of the story stands on did not come about."""


@dataclass(frozen=True)
class Step:
    """One step as it was told: when, who, as what, did what, and what came of it.

    ``deviations`` is empty where everything went as expected.
    """

    number: int
    at: datetime
    who: str
    part: str
    did: str
    expected: str
    reply: Reply
    deviations: tuple[str, ...]

    @property
    def refusals(self) -> Sequence[dict[str, object]]:
        """Every reason of a refusal; one without rules where the front door itself refused."""
        body = self.reply.body if isinstance(self.reply.body, dict) else {}
        if "code" not in body or "detail" not in body:
            return ()
        errors = " ".join(each["detail"] for each in body.get("errors", ()))
        detail = f"{body['detail']} {errors}".rstrip()
        alone = {"code": body["code"], "detail": detail, "rules": ()}
        return body.get("refusals") or [alone]

    @property
    def rules(self) -> Sequence[dict[str, str]]:
        """The rules that a refusal rests on, with clause and quote, each once."""
        body = self.reply.body if isinstance(self.reply.body, dict) else {}
        return body.get("rules", ()) if "code" in body else ()


class Audience(Protocol):
    """Whoever listens: a terminal, a file, a test."""

    def chapter(self, title: str, introduction: str) -> None:
        """A new part of the story begins."""

    def step(self, step: Step) -> None:
        """Something was done."""

    def show(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Something is to be looked at as a table."""

    def note(self, sentence: str) -> None:
        """Something is to be said."""


@dataclass
class Teller:
    """Tells a story in one language and remembers every step of it."""

    audience: Audience
    language: Language
    steps: list[Step] = field(default_factory=list)
    broken: str | None = None

    def chapter(self, title: Words, introduction: Words) -> None:
        """Begin a part of the story."""
        self.audience.chapter(title.of(self.language), introduction.of(self.language))

    def step(
        self, at: datetime, who: str, part: Words, did: Words, reply: Reply, expected: Expected
    ) -> None:
        """Tell a step that has been taken."""
        told = Step(
            number=len(self.steps) + 1,
            at=at,
            who=who,
            part=part.of(self.language),
            did=did.of(self.language),
            expected=str(expected),
            reply=reply,
            deviations=tuple(expected.missing(reply)),
        )
        self.steps.append(told)
        self.audience.step(told)

    def show(
        self, title: Words, columns: Sequence[Words], rows: Sequence[Sequence[object]]
    ) -> None:
        """Show a table."""
        self.audience.show(
            title.of(self.language),
            [each.of(self.language) for each in columns],
            [["" if cell is None else str(cell) for cell in row] for row in rows],
        )

    def note(self, sentence: Words) -> None:
        """Say something that is no step."""
        self.audience.note(sentence.of(self.language))

    def broke(self, reason: str) -> None:
        """The story could not be told to its end."""
        self.broken = reason
        self.audience.note(f"‼ {reason}")

    @property
    def went_well(self) -> bool:
        """Whether the story was told to its end and every step went as told."""
        return self.broken is None and bool(self.steps) and not self.deviating

    @property
    def deviating(self) -> list[Step]:
        """The steps that did not go as told."""
        return [each for each in self.steps if each.deviations]
