"""One file removed for good (材料清除): a wrong or a classified one. Two persons, no way back.

The file's own key is destroyed; that it was there, its size and its digest stay in the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.remembered import PurgeProposal
from domain.case.seats import officer_objections
from domain.event import Event
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, same_reviewer

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class MaterialPurgeProposed(Event, topic="case:material-purge-proposed:1", chinese="提出材料清除"):
    """A handler proposed to remove a file; ``cause`` is a code such as CLASSIFIED."""

    material: str
    cause: str
    organisation: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class MaterialPurged(Event, topic="case:material-purged:1", chinese="材料已依法清除"):
    """A leader ordered it: the keys of these ids are destroyed by this event.

    Recorded again, by Mingjian itself, in a record restored from before the order.
    """

    material: str
    cause: str
    organisation: str
    keys: tuple[str, ...]


def propose_purge(
    case: Case, material: str, cause: str, reason: Personal, around: Circumstances
) -> tuple[MaterialPurgeProposed, ...]:
    """A handler of an organisation of the chain proposes to remove a file."""
    found = officer_objections(case, HANDLER, around)
    if material in case.purged or material not in {each.material for each in case.materials}:
        found.append(refusals.unknown_materials([material], "/material"))
    if found:
        raise Refused(*found)
    return (
        MaterialPurgeProposed(
            material=material,
            cause=cause,
            organisation=around.organisation.organisation,
            reason=reason,
        ),
    )


def order_purge(case: Case, material: str, around: Circumstances) -> tuple[MaterialPurged, ...]:
    """The leader of the same organisation orders it; never whoever proposed it."""
    found = officer_objections(case, LEADER, around)
    here = around.organisation.organisation
    proposal = next(
        (p for p in case.purges if (p.material, p.organisation) == (material, here)), None
    )
    if proposal is None:
        found.append(
            Refusal(
                "PURGE_NOT_PROPOSED",
                "须先由本单位经办人提出清除该材料，再由领导决定。",
                "The handler here proposes the removal before the leader orders it.",
            )
        )
    elif around.humans.same(around.actor.person, proposal.person):
        found.append(same_reviewer(around.law))
    if found or proposal is None:
        raise Refused(*found)
    key = f"{material}/{Purpose.MATERIAL.value}/1"
    return (
        MaterialPurged(material=material, cause=proposal.cause, organisation=here, keys=(key,)),
    )


Events = MaterialPurgeProposed | MaterialPurged
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case with a file of it removed, or proposed to be."""
    match event:
        case MaterialPurgeProposed():
            return _purge_proposed(state, event, by)
        case MaterialPurged():
            left = state.purges
            for each in state.chain:
                left = left.struck((event.material, each.organisation))
            return replace(state, purges=left, purged=state.purged.joined(event.material))
        case _:
            assert_never(event)


def _purge_proposed(state: Case, event: MaterialPurgeProposed, by: By) -> Case:
    """What an organisation of the chain proposed first stands, until the material is purged."""
    key = (event.material, event.organisation)
    if state.purges.under(key) is not None:
        return state
    proposal = PurgeProposal(event.material, event.cause, event.organisation, by.person)
    return replace(state, purges=state.purges.entered(key, proposal))
