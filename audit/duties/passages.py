"""A case on its way through its stages, as the proof keeps it, and what is proven of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.duties.topics import DECIDED, HANDLER, LEADER, RETURNED

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECISIONS = frozenset(DECIDED.values())


@dataclass(frozen=True, slots=True)
class Done:
    """One act in a seat, and why it is no evidence, if it is none."""

    topic: str
    seat: str
    person: str
    account: str
    position: int
    version: int
    counts: bool
    flaw: str | None


@dataclass(slots=True)
class Passage:
    """A case at one stage × organisation × round.

    ``former`` are the organisations from which the stage was taken over before.
    ``unproven`` says why it is not shown that no decision was needed here, where that is so.
    """

    stage: str
    organisation: str
    round: int
    seats: frozenset[str]
    entered: int
    former: frozenset[str] = frozenset()
    acts: list[Done] = field(default_factory=list)
    ended_by: str | None = None
    unproven: str | None = None

    @property
    def two_seats(self) -> bool:
        """Whether handler and leader have to act here."""
        return {HANDLER, LEADER} <= self.seats

    @property
    def decided(self) -> bool:
        """Whether the stage was passed, or the case ended, by its decision."""
        return self.ended_by in _DECISIONS

    @property
    def went_on(self) -> bool:
        """Whether the case was let through."""
        return self.ended_by in ("forwarded", "recognised")

    def pair(self) -> tuple[Done | None, Done | None]:
        """The leader's last evidenced act, and the handler's last one before it.

        Where the stage was decided, whoever returned the case decided nothing.
        """
        counting = [
            act
            for act in self.acts
            if act.counts and act.flaw is None and not (self.decided and act.topic == RETURNED)
        ]
        leader = next((act for act in reversed(counting) if act.seat == LEADER), None)
        handler = next(
            (
                act
                for act in reversed(counting)
                if act.seat == HANDLER and (leader is None or act.position < leader.position)
            ),
            None,
        )
        return handler, leader

    def flaws(self) -> Iterator[str]:
        """Why something here is no evidence, each with its position."""
        if self.unproven is not None:
            yield self.unproven
        yield from (f"{act.position}: {act.flaw}" for act in self.acts if act.flaw)


@dataclass(frozen=True)
class Verdict:
    """What is proven of one passage; ``corrected`` applies every later link between persons.

    ``recused`` are the positions of acts by somebody who was recused from the case before: a mark,
    which changes no verdict.
    """

    stage: str
    organisation: str
    round: int
    verdict: str
    corrected: str
    basis: str | None
    cross_level: bool
    handler: int | None
    leader: int | None
    flaws: tuple[str, ...]
    recused: tuple[int, ...] = ()
