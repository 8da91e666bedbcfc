"""What is kept of what somebody handed in, as an order to erase it has to know.

Of an objection, of a complaint, and of an employer's application for registration alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from domain.objection.events import (
    ComplaintClosed,
    ComplaintTakenUp,
    ObjectionDismissed,
    ObjectionNotAdmitted,
    ObjectionUpheld,
    ObjectionWithdrawn,
)
from domain.objection.kept import (
    FileHandedIn,
    WordsErased,
    WordsErasureAsked,
    WordsErasureCompleted,
    WordsErasureProposed,
)
from domain.organisation.accession import (
    AccessionApplied,
    AccessionApproved,
    AccessionCompleted,
    AccessionDeclined,
    AccessionWithdrawn,
)
from domain.personal import Purpose
from domain.replacing import replace
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import Event, Told

_ENDINGS = (
    ObjectionNotAdmitted,
    ObjectionUpheld,
    ObjectionDismissed,
    ObjectionWithdrawn,
    ComplaintTakenUp,
    ComplaintClosed,
    AccessionApproved,
    AccessionDeclined,
    AccessionWithdrawn,
)


@dataclass(frozen=True)
class Proposal:
    """Who proposed to erase the words, at which organisation, on which legal basis."""

    person: str
    organisation: str
    basis: str


@dataclass(frozen=True)
class Kept:
    """What is kept of one thing that was handed in; ``ended_at`` (UTC) is when it was over.

    ``asked`` says that whoever handed it in asked for its erasure.
    """

    stream: str
    files: Ledger[int, str] = field(default_factory=Ledger)
    proposal: Proposal | None = None
    asked: bool = False
    erased: bool = False
    completed: bool = False
    ended_at: datetime | None = None

    @property
    def purpose(self) -> Purpose:
        """What its own key is for."""
        applied = self.stream.startswith("accession-")
        return Purpose.ACCESSION if applied else Purpose.OBJECTION

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of the keys that seal its words and files."""
        own = f"{self.stream}/{self.purpose.value}/1"
        return (own, *(f"{file}/{Purpose.MATERIAL.value}/1" for file in self.files))

    @property
    def erasure(self) -> str | None:
        """How far its erasure has come: asked, proposed, erased or completed; None: not at all."""
        reached = {
            "completed": self.completed,
            "erased": self.erased,
            "proposed": self.proposal is not None,
            "asked": self.asked,
        }
        return next((each for each, so in reached.items() if so), None)


def evolve_kept(state: Kept | None, event: Event, told: Told) -> Kept:
    """What is kept after an event of the stream. Never refuses."""
    known = state or Kept(told.stream)
    if isinstance(event, _ENDINGS):
        return replace(known, ended_at=told.recorded_at)
    match event:
        case FileHandedIn():
            return _with_files(known, (event.file,))
        case AccessionApplied() | AccessionCompleted():
            return _with_files(known, (each.file for each in event.documents))
        case WordsErasureAsked():
            return replace(known, asked=True)
        case WordsErasureProposed():
            person = getattr(told.actor, "person", "")
            proposal = Proposal(person, event.organisation, event.basis)
            return replace(known, proposal=proposal)
        case WordsErased():
            return replace(known, erased=True)
        case WordsErasureCompleted():
            return replace(known, completed=True)
        case _:
            return known


def _with_files(known: Kept, files: Iterable[str]) -> Kept:
    held = known.files
    for file in files:
        held = held.added(file)
    return replace(known, files=held)
