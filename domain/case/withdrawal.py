"""Withdrawal: the applicant gives the case up (撤回)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.phase import Ended, Suspended
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Event, topic="case:withdrawn:1", chinese="撤回"):
    """The applicant withdrew the case (撤回)."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The applicant gives the case up."""

    reason: Personal | None


def withdraw(case: Case, command: Withdraw) -> tuple[CaseWithdrawn, ...]:
    """The applicant gives the case up before a title is recognised.

    Not while it is held still: nobody walks out of an investigation.
    """
    if isinstance(case.phase, Suspended) or not case.is_open:
        raise Refused(refusals.wrong_phase(case, "撤回", "withdrawn"))
    return (CaseWithdrawn(reason=command.reason),)


def evolve(state: Case, _event: CaseWithdrawn) -> Case:
    """The case at its end, by the will of the applicant."""
    return replace(state, phase=Ended("withdrawn"))
