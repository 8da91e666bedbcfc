"""A file of a case withheld (材料停止显示): shown to nobody for now, and released by a leader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.seats import kept_out, officer_objections
from domain.event import Event
from domain.refusal import Refused
from domain.replacing import replace
from domain.separation import LEADER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


class WithholdingCause(StrEnum):
    """Why a material is shown to nobody for now."""

    CLASSIFIED_SUSPECTED = "CLASSIFIED_SUSPECTED"
    """It may be classified: its case pauses (YY-29, YU-11)."""
    WRONG_FILE = "WRONG_FILE"
    UNREADABLE = "UNREADABLE"


@dataclass(frozen=True, kw_only=True)
class MaterialWithheld(Event, topic="case:material-withheld:1", chinese="材料停止显示"):
    """A material is shown to nobody for now."""

    material: str
    cause: WithholdingCause
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MaterialReleased(Event, topic="case:material-released:1", chinese="材料恢复显示"):
    """A withheld material may be shown again."""

    material: str
    cause: str


def withhold_material(
    case: Case,
    material: str,
    cause: WithholdingCause,
    rules: tuple[str, ...],
    around: Circumstances,
) -> tuple[MaterialWithheld, ...]:
    """Somebody of an organisation of the chain suspects that a file must not be here."""
    objections = []
    if material not in {each.material for each in case.materials}:
        objections.append(refusals.unknown_materials([material], "/material"))
    if around.organisation.organisation not in {each.organisation for each in case.chain}:
        objections.append(refusals.not_in_chain())
    objections += kept_out(case, around.actor.person, around)
    if objections:
        raise Refused(*objections)
    if material in case.withheld:
        return ()
    return (MaterialWithheld(material=material, cause=cause, rules=rules),)


def release_material(
    case: Case, material: str, around: Circumstances
) -> tuple[MaterialReleased, ...]:
    """A leader of an organisation of the chain releases a file that was withheld."""
    objections = []
    if material not in case.withheld:
        objections.append(refusals.unknown_materials([material], "/material"))
    objections += officer_objections(case, LEADER, around)
    if objections:
        raise Refused(*objections)
    return (MaterialReleased(material=material, cause="released"),)


Events = MaterialWithheld | MaterialReleased
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case with a file that is shown to nobody, or to whom it was before."""
    match event:
        case MaterialWithheld():
            classified = event.cause is WithholdingCause.CLASSIFIED_SUSPECTED
            suspected = (event.material,) if classified else ()
            return replace(
                state,
                withheld=state.withheld.joined(event.material),
                suspected=state.suspected.joined(*suspected),
            )
        case MaterialReleased():
            return replace(
                state,
                withheld=state.withheld.left(event.material),
                suspected=state.suspected.left(event.material),
            )
        case _:
            assert_never(event)
