"""Indicators of separation (职责分离提示): two persons' acts that look as if one had done both.

One clerk who holds two passwords is beyond proof: what can be seen is that two acts came from the
same device, or within a minute of each other.
That is no finding and stops nobody; two colleagues may share a computer, or sit side by side.
It is put on record because it can't be found out later: which devices a sign-in acted from is
not part of the record and is forgotten after some months.
The absence of an indicator says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.case import handler_opinion, leader_decision, returning
from domain.case.amendment import AmendmentProposed, EntryAmended
from domain.case.purge import MaterialPurged, MaterialPurgeProposed
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.criticism.events import CircularCriticismIssued, CriticismDropped, CriticismProposed
from domain.erasure.events import ErasureApproved, ErasureDeclined, ErasureOrdered
from domain.event import Event
from domain.investigation.events import FindingProposed, InvestigationClosed, MisconductFound
from domain.law.events import (
    EditionConfirmed,
    EditionProposed,
    EditionStepConfirmed,
    EditionStepProposed,
)
from domain.objection.events import ObjectionDismissed, ObjectionInvestigated, ObjectionUpheld
from domain.person.binding_correction import RebindingConfirmed, RebindingProposed
from domain.person.link import LinkConfirmed, LinkProposed, LinkSevered, SeveranceProposed
from domain.person.person_renaming import RenamingConfirmed, RenamingProposed

AT_ONCE = timedelta(minutes=1)
"""Two acts that are no further apart than this are within a minute: 60 seconds are, 61 are not."""


class Sign(StrEnum):
    """What two persons' acts have in common."""

    SAME_DEVICE = "same_device"
    """The later act came from a device from which the sign-in of the earlier one acted, too."""
    WITHIN_A_MINUTE = "within_a_minute"
    """The later act was recorded at most 60 seconds after the earlier one."""


@dataclass(frozen=True, kw_only=True)
class SeparationIndicated(
    Event, topic="separation:indicated:1", chinese="职责分离提示（并非结论）"
):
    """The second of two persons acted from the first one's device, or within a minute (提示).

    ``subject`` is the stream of both acts, ``first`` and ``second`` their versions in it;
    ``first_account`` and ``first_person`` did the first, the actor of this event the second.
    ``stage`` and ``round`` say where in a case, ``organisation`` for whom the second acted.
    ``seconds`` are the whole seconds between the two.
    """

    subject: str
    organisation: str
    stage: str | None
    round: int | None
    first: int
    first_account: str
    first_person: str
    second: int
    signs: tuple[Sign, ...]
    seconds: int


_PAIRS: dict[type[Event], type[Event]] = {
    leader_decision.LeaderApproved: handler_opinion.HandlerOpinionGiven,
    leader_decision.CaseNotAccepted: handler_opinion.HandlerOpinionGiven,
    leader_decision.CaseRejected: handler_opinion.HandlerOpinionGiven,
    returning.CaseReturned: handler_opinion.HandlerOpinionGiven,
    ActRescinded: RescissionProposed,
    EntryAmended: AmendmentProposed,
    MaterialPurged: MaterialPurgeProposed,
    ObjectionUpheld: ObjectionInvestigated,
    ObjectionDismissed: ObjectionInvestigated,
    MisconductFound: FindingProposed,
    InvestigationClosed: FindingProposed,
    CircularCriticismIssued: CriticismProposed,
    CriticismDropped: CriticismProposed,
    ErasureOrdered: ErasureApproved,
    ErasureDeclined: ErasureApproved,
    LinkConfirmed: LinkProposed,
    LinkSevered: SeveranceProposed,
    RebindingConfirmed: RebindingProposed,
    RenamingConfirmed: RenamingProposed,
    EditionConfirmed: EditionProposed,
    EditionStepConfirmed: EditionStepProposed,
}
"""The acts that take two persons: the second one's, and the first one's that comes before it."""

_ABOUT = ("stage", "round", "material", "entry")


def first_act_of(second: Event) -> type[Event] | None:
    """The act of the other person before this one; None where no second person is needed."""
    return _PAIRS.get(type(second))


def belong_together(first: Event, second: Event) -> bool:
    """Whether two acts of one stream are about the same: stage and round, a file, an entry."""
    return all(getattr(first, name, None) == getattr(second, name, None) for name in _ABOUT)


def signs(first_at: datetime, second_at: datetime, *, same_device: bool) -> tuple[Sign, ...]:
    """What two acts have in common, by the instants at which they were recorded."""
    found = [Sign.SAME_DEVICE] if same_device else []
    if second_at - first_at <= AT_ONCE:
        found.append(Sign.WITHIN_A_MINUTE)
    return tuple(found)
