"""How an act done in a seat is remembered: who did it, and what it could still be rescinded to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.case.remembered import Act, LastAct
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.remembered import By
    from domain.case.state import Case
    from domain.shared_collections import Ledger


class SeatedEvent(Protocol):
    """An event that was done in a seat of a stage."""

    @property
    def topic(self) -> str:
        """What happened."""

    @property
    def stage(self) -> str:
        """At which stage."""

    @property
    def organisation(self) -> str:
        """At which organisation."""


def seated(state: Case, event: SeatedEvent, seat: str, by: By) -> Case:
    """Whoever did this in a seat can't fill the opposite one in this case (A-14)."""
    return replace(state, acts=_with_act(state, event, seat, by))


def reviewed(state: Case, event: SeatedEvent, seat: str, by: By) -> Case:
    """The same for a reviewing act, which may be rescinded until others build upon it."""
    last = LastAct(
        version=state.version + 1,
        topic=event.topic,
        stage=event.stage,
        organisation=event.organisation,
        seat=seat,
        before=state.phase,
        vouched=state.vouched,
    )
    acts = _with_act(state, event, seat, by)
    return replace(state, acts=acts, last_act=last, rescission=None)


def _with_act(state: Case, event: SeatedEvent, seat: str, by: By) -> Ledger[int, Act]:
    return state.acts.added(Act(state.round, event.stage, event.organisation, seat, by))
