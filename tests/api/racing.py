"""Two acts of which the second overtakes the first, between its deciding and its appending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.record import StreamConflictError
from tests.api.actor import Actor
from tests.api.client import Answer
from tests.readings import kind_of

if TYPE_CHECKING:
    import pytest

    from audit.record import Appended, AppendRequest
    from tests.api.society import Society


@dataclass(frozen=True)
class Pair:
    """``by`` does ``first``; meanwhile ``second`` is done."""

    by: Actor
    first: Callable[[], Answer]
    second: Callable[[], object]


@dataclass(frozen=True)
class Race:
    """Two acts that rest on one stream of a ``kind``.

    ``refused`` is the code by which the first is refused once the second is done; None where it
    is decided anew with the same result. ``place`` is the fixture in which it happens.
    ``continues`` says that the first act writes to that stream as well.
    """

    kind: str
    scene: Callable[[Any], Pair]
    refused: str | None
    place: str
    continues: bool

    @property
    def name(self) -> str:
        """What happens, in words."""
        return self.scene.__name__


@dataclass
class Run:
    """What became of the first act, and on which kinds of streams it was overtaken.

    ``read`` are those of them that it only read.
    """

    answer: Answer | None = None
    overtaken: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    attempts: int = 0

    @property
    def codes(self) -> set[str]:
        """The codes by which the first act was refused; none where it was done."""
        assert self.answer is not None
        refusals = self.answer.body.get("refusals", [])
        return {self.answer.body.get("code"), *(each["code"] for each in refusals)} - {None}


def run(society: Society, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Stop the first act where it has decided, do the second, and let the first go on."""
    record, seen, waiting = society.services.record, Run(), True
    append = record.append

    def stopped(request: AppendRequest) -> Appended:
        nonlocal waiting
        if getattr(request.actor, "account", None) != pair.by.account:
            return append(request)
        if waiting:
            waiting = False
            pair.second()
        seen.attempts += 1
        try:
            return append(request)
        except StreamConflictError as conflict:
            moved = {each.stream for each in conflict.conflicts}
            seen.overtaken |= {kind_of(each) for each in moved}
            seen.read |= {kind_of(each.stream) for each in request.checks if each.stream in moved}
            raise

    pair.by.sign_in()  # before: that is no part of the act
    with monkeypatch.context() as patch:
        patch.setattr(record, "append", stopped)
        seen.answer = pair.first()
    assert not waiting, seen.answer.body
    return seen
