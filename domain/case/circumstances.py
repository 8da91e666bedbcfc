"""Who acts when, and what is known of the persons and the organisation that acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from domain import beijing
from domain.account.state import Account
from domain.actor import AccountActor
from domain.organisation.seats import Seats
from domain.organisation.state import Organisation
from domain.refusal import Refusal
from domain.separation import CitingLaw, Humans


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What a reviewing act is judged by, beside the case itself.

    ``organisation`` is the one that acts at the case's present stage, ``seats`` are its seats,
    ``at`` the server's time at receipt (UTC), ``outcome_label`` the pack's word for recognising
    a title.
    """

    actor: AccountActor
    at: datetime
    humans: Humans
    organisation: Organisation
    seats: Seats
    law: CitingLaw
    outcome_label: str
    onward: tuple[Refusal, ...] = ()
    """Why the law does not let the case go on from its stage now: late, papers, fee."""
    against: tuple[Refusal, ...] = ()
    """Why the law lets nobody speak in favour now: a condition refuted, or a fact still open."""
    investigators: frozenset[str] = frozenset()
    """Whoever investigated this case; none of them reviews it afterwards."""
    objection_officers: frozenset[str] = frozenset()
    """Whoever dealt with an objection to this case, screening included; nor do they."""
    one_level_each: bool = False
    """Whether the law lets nobody act in a case at two levels; else that is marked."""
    no_substitutes: bool = False
    """Whether the law lets nobody be designated for a seat of one case."""
    secrets: Mapping[str, Account] = field(default_factory=dict)
    """The accounts by which it is judged whose hands held whose secret, by their ids."""
    public_from: date | None = None
    """The first day on which the case may have been posted: its approval's, or when a posting
    before was taken down; None where it was never approved."""

    @cached_property
    def today(self) -> date:
        """The day of the act in Beijing."""
        return beijing.day(self.at)

    def sits(self, seat: str) -> bool:
        """Whether the actor's account holds a seat of the organisation today."""
        return seat in self._held

    @cached_property
    def _held(self) -> frozenset[str]:
        held = self.seats.held_by(self.actor.account, self.today)
        return frozenset(each.seat for each in held)
