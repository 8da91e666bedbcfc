"""What stands in the way of erasing somebody (不得删除的情形), all of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.account.events import Role
from domain.erasure import refusals
from domain.person.state import Person
from domain.personal import Purpose
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.person.integrity import IntegrityEntry
    from domain.separation import CitingLaw


@dataclass(frozen=True, kw_only=True)
class Affairs:
    """What is known of somebody when their erasure is decided.

    ``circle`` are all persons of the record who are the same human being. ``matters`` are
    streams of objections, complaints, investigations and reviews about them that are still open.
    ``ended_on`` is the last day on which a case of theirs ended, ``kept_until`` the last day of
    its retention; None with ``retained`` where nobody has set how long it is.
    """

    circle: tuple[Person, ...]
    roles_ever: frozenset[Role]
    matters: tuple[str, ...]
    retained: bool
    kept_until: date | None
    reviewers: frozenset[str]


def obstacles(
    affairs: Affairs, purposes: Iterable[Purpose], on: date, law: CitingLaw
) -> list[Refusal]:
    """Why a person's keys must not be destroyed on a day in Beijing; empty where they may."""
    found = _of_the_person(affairs, on)
    if affairs.retained:
        found += refusals.of_time(affairs.kept_until, on)
    if Purpose.OFFICIAL in purposes and affairs.roles_ever - {Role.APPLICANT}:
        found.append(refusals.accountable_acts(law, pointer="/purposes"))
    return found


def _of_the_person(affairs: Affairs, on: date) -> list[Refusal]:
    found = []
    if all(person.forgotten for person in affairs.circle):
        found.append(
            Refusal(
                "PERSON_FORGOTTEN",
                "本人的姓名、证件等全部信息已依法删除，无可再删。",
                "Everything by which this person was known has been erased already.",
            )
        )
    if any(person.filings for person in affairs.circle):
        found.append(refusals.case_under_way())
    if any(person.held for person in affairs.circle):
        found.append(
            Refusal(
                "TITLE_IN_FORCE",
                "本人持有有效职称，其评审依据不得删除。",
                "The person holds a title in force, and what it rests on stays.",
            )
        )
    if any(_lasts(entry, on) for person in affairs.circle for entry in person.entries):
        found.append(refusals.record_active())
    if affairs.matters:
        found.append(refusals.matter_open())
    if any(person.holds for person in affairs.circle):
        found.append(refusals.on_hold())
    return found


def _lasts(entry: IntegrityEntry, on: date) -> bool:
    """Whether an entry bars, or will: one that begins only later could find nobody to follow."""
    return not entry.annulled and on <= entry.ends_on
