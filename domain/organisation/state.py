"""The register entry of an organisation: what it is, and beneath whom it stands.

Who sits in its seats, what it may do, which windows it extended and which rolls it filed are told
in streams of their own, so that a decision is bound to what it rests on and to nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.organisation.events import Kind, Ownership

if TYPE_CHECKING:
    from domain.event import Told
    from domain.organisation.events import OrganisationRegistered

Part = Literal["seats", "windows", "rolls", "authority"]
"""What an organisation tells of in a stream of its own, beside its register entry."""


@dataclass(frozen=True)
class Organisation:
    """An organisation as it stands in the register; ``organisation`` is its stream and its id."""

    organisation: str
    name: str
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None


def evolve(state: Organisation | None, event: OrganisationRegistered, told: Told) -> Organisation:
    """The register entry after an event of its stream. Never refuses."""
    assert state is None
    return entry(told.stream, event)


def entry(organisation: str, event: OrganisationRegistered) -> Organisation:
    """What the register says of an organisation when it is entered."""
    return Organisation(
        organisation=organisation,
        name=event.name,
        kind=event.kind,
        ownership=event.ownership,
        level=event.level,
        area=event.area,
        traits=event.traits,
        superior=event.superior,
        bureau=event.bureau,
    )


def stream_of(part: Part, organisation: str) -> str:
    """The stream of a part of an organisation: ``seats-…`` beside ``organisation-…``."""
    return f"{part}-{organisation.removeprefix('organisation-')}"


def organisation_of(stream: str) -> str:
    """The organisation to which such a stream belongs."""
    return f"organisation-{stream.partition('-')[2]}"
