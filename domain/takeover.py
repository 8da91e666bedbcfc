"""Taking something over (提级办理、指定办理): for which causes, for whom, and why it may not be.

A leader of an organisation above takes it over for their own or for one that they name. What is
taken over is a stage of a case (``domain.case.takeover``), an objection or a complaint
(``domain.objection.takeover``) or an investigation (``domain.investigation.takeover``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from domain.organisation.seats import Seats

Step = tuple[str, ...]
"""The seats of which any one does what is to be done next, or after that."""


class TakeoverCause(StrEnum):
    """Why something can't be dealt with where it is."""

    NOBODY_ELIGIBLE = "NOBODY_ELIGIBLE"
    POWER_ENDED = "POWER_ENDED"
    ORGANISATION_CLOSED = "ORGANISATION_CLOSED"


@dataclass(frozen=True, kw_only=True)
class Office:
    """What is known of the office where it is: its power, its people, whether it is there still.

    ``eligible`` says that somebody may act there in each seat that is still needed.
    """

    powerful: bool
    eligible: bool
    ended: bool

    def bears_out(self, cause: TakeoverCause) -> bool:
        """Whether a cause is so, as the record has it."""
        return {
            TakeoverCause.NOBODY_ELIGIBLE: not self.eligible,
            TakeoverCause.POWER_ENDED: not self.powerful,
            TakeoverCause.ORGANISATION_CLOSED: self.ended,
        }[cause]

    @property
    def stands_still(self) -> bool:
        """Whether there is a cause for taking over what is there."""
        return any(self.bears_out(each) for each in TakeoverCause)


@dataclass(frozen=True, kw_only=True)
class TakeMatterOver:
    """An integrity leader takes a matter over for an organisation, under a document.

    ``by`` is their own. ``office`` is where it is, None where nobody deals with it. ``above`` are
    the organisations of which any may take it over; ``within_reach`` those that one may name;
    ``able`` says that the new one has the power.
    """

    by: str
    organisation: str
    cause: TakeoverCause
    document: str
    office: str | None
    above: Collection[str]
    within_reach: Collection[str]
    able: bool


def matter_objections(command: TakeMatterOver, office: Office) -> Iterator[Refusal]:
    """Why a matter may not be taken over like this, whoever the leader is."""
    if command.by not in command.above or command.by == command.office:
        yield not_above()
    if command.organisation not in {command.by, *command.within_reach}:
        yield out_of_reach()
    if command.organisation == command.office:
        yield was_there()
    if not command.able:
        yield without_power()
    if not office.bears_out(command.cause):
        yield cause_not_so(command.cause)


def eligible(
    steps: Iterable[Step], seats: Seats, on: date, fit: Callable[[str, str], bool]
) -> bool:
    """Whether each step has somebody in one of its seats who is fit for it: a person, a seat."""
    return all(
        any(fit(each.person, seat) for seat in step for each in seats.filling(seat, on))
        for step in steps
    )


def not_above() -> Refusal:
    """Who takes something over stands above the office that deals with it, or the employer."""
    return Refusal(
        "TAKEOVER_NOT_ABOVE",
        "提级或指定办理由承办单位或用人单位的上级单位决定，您所在单位不是。请报上级单位办理。",
        "It is taken over by an organisation above the one that deals with it, or above the"
        " employer; yours is neither. Ask the one above to do it.",
    )


def out_of_reach() -> Refusal:
    """Nobody hands it to whomever they like."""
    return Refusal(
        "TAKEOVER_OUT_OF_REACH",
        "只能由本单位办理，或指定用人单位、承办单位的上级单位或本单位的下级单位办理，"
        "且不得为用人单位或所涉单位自身。请另选单位。",
        "Name your own organisation, one above the employer or the office, or one beneath yours,"
        " and never the employer itself or whom it is about.",
        pointer="/organisation",
    )


def was_there() -> Refusal:
    """Nothing is handed to where it is, nor back and forth."""
    return Refusal(
        "TAKEOVER_WAS_THERE",
        "现由该单位办理，或本轮内已由该单位移出。请另选单位。",
        "It is with that organisation now, or was taken from it in this round. Name another.",
        pointer="/organisation",
    )


def without_power() -> Refusal:
    """Whoever gets it could have dealt with it from the beginning."""
    return Refusal(
        "TAKEOVER_WITHOUT_POWER",
        "所指定的单位没有办理此事的职权。请另选有权的单位，或先由上级机关授权。",
        "The organisation named has no power for it. Name one that has it, or have the power"
        " granted first.",
        pointer="/organisation",
    )


def cause_not_so(cause: TakeoverCause) -> Refusal:
    """The record has to bear a cause out."""
    chinese, english = {
        TakeoverCause.POWER_ENDED: ("承办单位目前仍有办理此事的职权", "it has the power still"),
        TakeoverCause.NOBODY_ELIGIBLE: (
            "承办单位各岗位目前均有可以办理的人员",
            "somebody there may act in each seat",
        ),
        TakeoverCause.ORGANISATION_CLOSED: (
            "登记中承办单位未撤销、未并入其他单位",
            "the register has it neither closed nor merged",
        ),
    }[cause]
    return Refusal(
        "TAKEOVER_CAUSE_NOT_SO",
        f"所列事由不成立：{chinese}。请核对事由，或由承办单位继续办理。",
        f"The cause does not hold: {english}. Correct the cause, or let the organisation act.",
        pointer="/cause",
    )
