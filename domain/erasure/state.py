"""What a later decision needs to remember of an erasure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.erasure.events import (
    ErasureApproved,
    ErasureCompleted,
    ErasureDeclined,
    ErasureOrdered,
    ErasureRequested,
    KeysDestroyed,
)
from domain.personal import Purpose
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.event import Told

ErasureEvent = (
    ErasureRequested
    | ErasureApproved
    | ErasureOrdered
    | ErasureDeclined
    | KeysDestroyed
    | ErasureCompleted
)


class Phase(StrEnum):
    """How far an erasure has come."""

    REQUESTED = "requested"
    APPROVED = "approved"
    ORDERED = "ordered"
    CARRIED_OUT = "carried_out"
    COMPLETED = "completed"
    DECLINED = "declined"


@dataclass(frozen=True)
class Erasure:
    """An erasure; ``epochs`` are those that wrapped the destroyed keys."""

    erasure: str
    person: str
    purposes: tuple[Purpose, ...]
    organisation: str
    phase: Phase = Phase.REQUESTED
    approver: str | None = None
    epochs: tuple[int, ...] = ()


def evolve(state: Erasure | None, event: ErasureEvent, told: Told) -> Erasure:
    """The erasure after an event of its stream. Never refuses."""
    if isinstance(event, ErasureRequested):
        return Erasure(told.stream, event.person, event.purposes, event.organisation)
    assert state is not None
    match event:
        case ErasureApproved():
            approver = getattr(told.actor, "person", None)
            return replace(state, phase=Phase.APPROVED, approver=approver)
        case ErasureOrdered():
            return replace(state, phase=Phase.ORDERED)
        case ErasureDeclined():
            return replace(state, phase=Phase.DECLINED)
        case KeysDestroyed():
            return replace(state, phase=Phase.CARRIED_OUT, epochs=event.epochs)
        case ErasureCompleted():
            return replace(state, phase=Phase.COMPLETED)
        case _:
            assert_never(event)
