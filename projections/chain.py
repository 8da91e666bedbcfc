"""The chain of a case as a view keeps it: what was fixed when the case was submitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projections.fact import Fact


@dataclass(frozen=True)
class Stage:
    """One stage: the pack's id and words for it, who acts there, and in which seats, in order."""

    stage: str
    label: str
    body: str
    organisation: str
    seats: list[str]
    decides: bool
    publicity: str | None

    def seat_after(self, seat: str) -> str | None:
        """The seat that has to act when ``seat`` has acted; None behind the last."""
        following = self.seats.index(seat) + 1 if seat in self.seats else len(self.seats)
        return self.seats[following] if following < len(self.seats) else None

    @property
    def first_seat(self) -> str | None:
        """The seat that has to act first."""
        return self.seats[0] if self.seats else None


@dataclass(frozen=True)
class Former:
    """An organisation from which a stage was taken over."""

    stage: str
    organisation: str


def chain_of(fact: Fact) -> tuple[Stage, ...]:
    """The stages that a submission fixed."""
    return tuple(
        Stage(
            stage=each["stage"],
            label=each["label"],
            body=each["body"],
            organisation=each["organisation"],
            seats=each["seats"],
            decides=each["decides"],
            publicity=each["publicity"],
        )
        for each in fact["chain"]
    )


def handed_on(chain: tuple[Stage, ...], fact: Fact) -> tuple[Stage, ...]:
    """The stages after one of them was taken over: another organisation acts there."""
    return tuple(
        replace(each, organisation=fact["to_organisation"]) if each.stage == fact["stage"] else each
        for each in chain
    )


def stage_of(chain: tuple[Stage, ...], stage: str) -> Stage:
    """The stage with this id; raises ``LookupError`` where the chain has none."""
    for each in chain:
        if each.stage == stage:
            return each
    msg = "the chain has no such stage"
    raise LookupError(msg)
