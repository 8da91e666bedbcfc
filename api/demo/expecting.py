"""What a step of a story is expected to come to, and what an answer lacks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.client import Reply


class Expected(Protocol):
    """Something that an answer can be held against."""

    def __str__(self) -> str:
        """What is expected, briefly."""

    def missing(self, reply: Reply) -> Iterator[str]:
        """Each way in which the answer is not as expected; nothing where it is."""


@dataclass(frozen=True)
class Done:
    """The act is carried out; ``topics`` are among the events that it leads to."""

    status: int = 201
    topics: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The status and the events."""
        return " ".join((str(self.status), *self.topics))

    def missing(self, reply: Reply) -> Iterator[str]:
        """The status, and each event that did not happen."""
        if reply.status != self.status:
            yield _status(reply)
        elif self.topics:
            happened = {each["topic"] for each in reply.body["events"]}
            yield from (f"no {topic}" for topic in self.topics if topic not in happened)


@dataclass(frozen=True)
class Answered:
    """A reading is answered, with these members by their paths, or these words in a page.

    Anything else may be in it as well.
    """

    members: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The status and the members."""
        members = (f"{name}={value}" for name, value in self.members.items())
        return " ".join((str(self.status), *members, *self.words))

    def missing(self, reply: Reply) -> Iterator[str]:
        """The status, and each member that says something else."""
        if reply.status != self.status:
            yield _status(reply)
            return
        for name, value in self.members.items():
            if (found := reply.member(name)) != value:
                yield f"{name}={found!r}"
        yield from (f"no {word}" for word in self.words if word not in str(reply.body))


@dataclass(frozen=True)
class Refused:
    """The act is refused for exactly these reasons: each code with the rules that it rests on.

    ``recorded`` says that the refusal is itself an event.
    """

    reasons: Mapping[str, tuple[str, ...]]
    recorded: bool = False
    status: int = 409

    def __str__(self) -> str:
        """The codes with their rules."""
        told = (f"{code} {' '.join(rules)}".strip() for code, rules in self.reasons.items())
        return f"{self.status} {'; '.join(told)}{' (on record)' if self.recorded else ''}"

    def missing(self, reply: Reply) -> Iterator[str]:
        """The status, the reasons where they differ, the quotes and the event where they lack."""
        if reply.status != self.status:
            yield _status(reply)
            return
        given = _given(reply)
        if given != dict(self.reasons):
            yield f"refused as {given}"
        if any(not each["quote"] or not each["clause"] for each in reply.body.get("rules", ())):
            yield "a rule without its words"
        if self.recorded != (reply.position is not None):
            yield "on record" if reply.position is not None else "not on record"


DONE = Done()


def refused(code: str, *rules: str, recorded: bool = False, status: int = 409) -> Refused:
    """One reason, resting on these rules."""
    return Refused({code: rules}, recorded=recorded, status=status)


def _given(reply: Reply) -> dict[str, tuple[str, ...]]:
    """The codes with the rules that they rest on, each once."""
    given: dict[str, dict[str, None]] = {}
    for each in reply.body.get("refusals", ()):
        given.setdefault(each["code"], {}).update(dict.fromkeys(each["rules"]))
    return {code: tuple(rules) for code, rules in given.items()} or {reply.body["code"]: ()}


def _status(reply: Reply) -> str:
    told = reply.body.get("code") if isinstance(reply.body, dict) else None
    detail = reply.body.get("detail", "") if isinstance(reply.body, dict) else ""
    return f"answered {reply.status} {told or ''} {detail}".rstrip()
