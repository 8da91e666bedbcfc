"""The register entry of an organisation: what it is, and beneath whom it stands.

Who sits in its seats, what it may do, which windows it extended and which rolls it filed are told
in streams of their own, so that a decision is bound to what it rests on and to nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, assert_never

from domain import beijing
from domain.organisation.events import (
    CreditCodeAppliedFor,
    CreditCodeClaimed,
    CreditCodeCorrected,
    CreditCodeReleased,
    Kind,
    OrganisationClosed,
    OrganisationDescribed,
    OrganisationMergedInto,
    OrganisationPlaced,
    OrganisationRegistered,
    OrganisationRenamed,
    Ownership,
)
from domain.replacing import replace
from domain.shared_collections import Ledger, Several

if TYPE_CHECKING:
    from domain.event import Told
    from domain.organisation.events import CreditCodeEvent, OrganisationEvent

Part = Literal["seats", "windows", "rolls", "authority"]
"""What an organisation tells of in a stream of its own, beside its register entry."""


@dataclass(frozen=True)
class Ending:
    """That an organisation is no more from a day in Beijing on; ``into`` carries on, if any."""

    on: date
    into: str | None


@dataclass(frozen=True)
class Organisation:
    """An organisation as it stands in the register; ``organisation`` is its stream and its id.

    ``named_on``, ``placed_on`` and ``coded_on`` are the days in Beijing from which its name, its
    place and its credit code count; ``former`` are the names that it had before;
    ``ended`` is None while it is there.
    """

    organisation: str
    name: str
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None
    credit_code: str | None = None
    registered_on: date = date.min
    named_on: date = date.min
    placed_on: date = date.min
    described_on: date = date.min
    coded_on: date = date.min
    former: Several[str] = field(default_factory=Several)
    ended: Ending | None = None

    @property
    def uppers(self) -> tuple[str, ...]:
        """Who stands directly above it, and who carries on what was its own."""
        into = None if self.ended is None else self.ended.into
        return tuple(each for each in (self.superior, self.bureau, into) if each is not None)


def evolve(state: Organisation | None, event: OrganisationEvent, told: Told) -> Organisation:
    """The register entry after an event of its stream. Never refuses."""
    if isinstance(event, OrganisationRegistered):
        return entry(told.stream, event, beijing.day(told.recorded_at))
    assert state is not None
    match event:
        case OrganisationRenamed():
            former = state.former.joined(state.name)
            return replace(state, name=event.name, named_on=event.effective_on, former=former)
        case OrganisationPlaced():
            return replace(
                state,
                level=event.level,
                area=event.area,
                superior=event.superior,
                bureau=event.bureau,
                placed_on=event.effective_on,
            )
        case OrganisationMergedInto():
            return replace(state, ended=Ending(event.effective_on, event.into))
        case OrganisationClosed():
            return replace(state, ended=Ending(event.effective_on, None))
        case OrganisationDescribed():
            return replace(
                state,
                kind=event.kind,
                ownership=event.ownership,
                traits=event.traits,
                described_on=event.effective_on,
            )
        case CreditCodeCorrected():
            return replace(state, credit_code=event.credit_code, coded_on=event.effective_on)
        case _:
            assert_never(event)


@dataclass(frozen=True)
class Named:
    """What an organisation is called from a position of the record on."""

    name: str
    since: int


Names = Ledger[int, Named]
"""Everything that an organisation was called, the oldest first."""


def evolve_names(state: Names | None, event: OrganisationEvent, told: Told) -> Names:
    """The names after an event of a register entry."""
    known: Names = state or Ledger()
    if isinstance(event, OrganisationRegistered | OrganisationRenamed):
        return known.added(Named(event.name, told.position))
    return known


def entry(organisation: str, event: OrganisationRegistered, day: date) -> Organisation:
    """What the register says of an organisation when it is entered, on a day in Beijing."""
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
        credit_code=event.credit_code,
        registered_on=day,
        named_on=day,
        placed_on=day,
        described_on=day,
        coded_on=day,
    )


@dataclass(frozen=True)
class CreditCode:
    """A credit code; ``organisation`` is whose it is, None where it is nobody's.

    ``accession`` is the last application for the registration of whoever has it.
    """

    code: str
    organisation: str | None = None
    accession: str | None = None


def evolve_code(state: CreditCode | None, event: CreditCodeEvent, told: Told) -> CreditCode:
    """The code after an event of its stream. Never refuses."""
    code = told.stream.partition("-")[2]
    assert state is None or state.code == code
    known = state or CreditCode(code)
    match event:
        case CreditCodeClaimed():
            return replace(known, organisation=event.organisation)
        case CreditCodeReleased():
            return replace(known, organisation=None)
        case CreditCodeAppliedFor():
            return replace(known, accession=event.accession)
        case _:
            assert_never(event)


def stream_of_code(code: str) -> str:
    """The stream of a credit code: whoever begins it, has it."""
    return f"creditcode-{code}"


def stream_of(part: Part, organisation: str) -> str:
    """The stream of a part of an organisation: ``seats-…`` beside ``organisation-…``."""
    return f"{part}-{organisation.removeprefix('organisation-')}"


def organisation_of(stream: str) -> str:
    """The organisation to which such a stream belongs."""
    return f"organisation-{stream.partition('-')[2]}"
