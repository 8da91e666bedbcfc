"""What becomes of an organisation after it was registered: renamed, moved, merged, closed.

Each is entered with its document and the day from which it counts. It counts from a day that has
come, and not from before what it takes the place of; what was done before keeps what it was done
under. An organisation never stands beneath itself, and one that has ended begins nothing new: no
accounts, appointments, filings or subordinates. What was filed there is brought to its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.organisation import credit_code
from domain.organisation.events import (
    CreditCodeCorrected,
    Kind,
    OrganisationClosed,
    OrganisationDescribed,
    OrganisationMergedInto,
    OrganisationPlaced,
    OrganisationRenamed,
    Ownership,
)
from domain.organisation.state import Organisation
from domain.refusal import Refusal, Refused
from domain.refusals.entries import day_of_change, nothing_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, kw_only=True)
class Entry:
    """By which document something counts, from which day, and on which day it is entered.

    Both days are days in Beijing.
    """

    document: str
    effective_on: date
    entered_on: date

    @property
    def late(self) -> bool:
        """Whether it is entered after the day from which it counts."""
        return self.effective_on < self.entered_on


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an organisation stands; ``uppers`` are its superior and its bureau, where known.

    ``above`` are these and everybody above them; ``astray`` says why it can't lie there.
    """

    level: str
    area: str
    superior: str | None
    bureau: str | None
    uppers: tuple[Organisation, ...]
    above: frozenset[str]
    astray: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Description:
    """What an organisation is; ``traits`` are the further facts that packs ask of it."""

    kind: Kind
    ownership: Ownership
    traits: tuple[str, ...]


def rename(state: Organisation, name: str, entry: Entry) -> tuple[OrganisationRenamed, ...]:
    """Give it another name. Raises ``Refused`` with all reasons."""
    _refuse(
        *_untimely(entry, state.named_on),
        *nothing_new(state),
        *_unchanged(name == state.name, "/name"),
    )
    return (
        OrganisationRenamed(
            name=name,
            effective_on=entry.effective_on,
            document=entry.document,
            late_entry=entry.late,
        ),
    )


def place(state: Organisation, to: Place, entry: Entry) -> tuple[OrganisationPlaced, ...]:
    """Put it in an area and beneath others. Raises ``Refused`` with all reasons."""
    now = (state.level, state.area, state.superior, state.bureau)
    _refuse(
        *_untimely(entry, state.placed_on),
        *nothing_new(state),
        *_unchanged((to.level, to.area, to.superior, to.bureau) == now, "/area"),
        *to.astray,
        *refused_uppers(to.uppers, to.superior),
        *_circle(state, to.above, "/superior"),
    )
    return (
        OrganisationPlaced(
            level=to.level,
            area=to.area,
            superior=to.superior,
            bureau=to.bureau,
            effective_on=entry.effective_on,
            document=entry.document,
            late_entry=entry.late,
        ),
    )


def describe(
    state: Organisation, as_: Description, entry: Entry
) -> tuple[OrganisationDescribed, ...]:
    """Enter anew what it is, and what laws ask of it. Raises ``Refused`` with all reasons."""
    now = Description(kind=state.kind, ownership=state.ownership, traits=state.traits)
    _refuse(
        *_untimely(entry, state.described_on),
        *nothing_new(state),
        *_unchanged(as_ == now, "/traits"),
    )
    return (
        OrganisationDescribed(
            kind=as_.kind,
            ownership=as_.ownership,
            traits=as_.traits,
            effective_on=entry.effective_on,
            document=entry.document,
            late_entry=entry.late,
        ),
    )


def merge(
    state: Organisation, into: Organisation, above: Collection[str], entry: Entry
) -> tuple[OrganisationMergedInto, ...]:
    """Let another carry on what was its own; ``above`` are that one and everybody above it.

    Raises ``Refused`` with all reasons.
    """
    _refuse(
        *_untimely(entry, state.registered_on),
        *nothing_new(state),
        *nothing_new(into, "/into"),
        *_circle(state, above, "/into"),
    )
    return (
        OrganisationMergedInto(
            into=into.organisation,
            effective_on=entry.effective_on,
            document=entry.document,
            late_entry=entry.late,
        ),
    )


def close(state: Organisation, entry: Entry) -> tuple[OrganisationClosed, ...]:
    """End it. Raises ``Refused`` with all reasons."""
    _refuse(*_untimely(entry, state.registered_on), *nothing_new(state))
    return (
        OrganisationClosed(
            effective_on=entry.effective_on, document=entry.document, late_entry=entry.late
        ),
    )


def correct_code(
    state: Organisation, entered: str, entry: Entry
) -> tuple[CreditCodeCorrected, ...]:
    """Enter its credit code, or put it right; that it is nobody else's, its stream says.

    Raises ``Refused`` with ``CREDIT_CODE``, or with all other reasons.
    """
    code = credit_code.read(entered)
    _refuse(
        *_untimely(entry, state.coded_on),
        *nothing_new(state),
        *_unchanged(code == state.credit_code, "/credit_code"),
    )
    return (
        CreditCodeCorrected(
            credit_code=code,
            effective_on=entry.effective_on,
            document=entry.document,
            late_entry=entry.late,
        ),
    )


def nothing_new(organisation: Organisation, pointer: str = "") -> tuple[Refusal, ...]:
    """Why an organisation that was merged or closed begins nothing new; else nothing."""
    ending = organisation.ended
    if ending is None:
        return ()
    how = ("撤销", "closed") if ending.into is None else ("并入其他单位", "merged into another")
    return (
        Refusal(
            "ORGANISATION_ENDED",
            f"「{organisation.name}」已自 {ending.on} 起{how[0]}，"
            "不再接收新的账号、任职、申报和下属单位。请到承接其职能的单位或其上级办理。",
            f"“{organisation.name}” was {how[1]} as of {ending.on}: it takes no new accounts,"
            " appointments, filings or subordinates. Turn to the organisation that carries on, or"
            " to the one above.",
            pointer=pointer,
        ),
    )


def refused_uppers(uppers: Iterable[Organisation], superior: str | None) -> tuple[Refusal, ...]:
    """Those of the organisations to stand above another that have ended."""
    return tuple(
        refusal
        for each in uppers
        for refusal in nothing_new(
            each, "/superior" if each.organisation == superior else "/bureau"
        )
    )


def _untimely(entry: Entry, earliest: date) -> tuple[Refusal, ...]:
    if earliest <= entry.effective_on <= entry.entered_on:
        return ()
    return (day_of_change(earliest, entry.entered_on),)


def _unchanged(same: bool, pointer: str) -> tuple[Refusal, ...]:  # noqa: FBT001 -- said by its name
    return (nothing_changes(pointer),) if same else ()


def _circle(state: Organisation, above: Collection[str], pointer: str) -> tuple[Refusal, ...]:
    if state.organisation not in above:
        return ()
    return (
        Refusal(
            "BENEATH_ITSELF",
            "单位不能成为自己的上级：所选单位就是本单位，或在其下。请先调整下级单位的隶属关系。",
            "An organisation can't stand beneath itself: the one that was chosen is it, or stands"
            " beneath it. Place the one beneath elsewhere first.",
            pointer=pointer,
        ),
    )


def _refuse(*refusals: Refusal) -> None:
    if refusals:
        raise Refused(*refusals)
