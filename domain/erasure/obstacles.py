"""What stands in the way of erasing somebody (不得删除的情形), all of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.account.events import Role
from domain.person.state import IntegrityEntry, Person
from domain.personal import Purpose
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    found = [*_of_the_person(affairs, on), *_of_time(affairs, on)]
    if Purpose.OFFICIAL in purposes and affairs.roles_ever - {Role.APPLICANT}:
        found.append(
            Refusal(
                "ACCOUNTABLE_ACTS",
                "本人曾以公职身份办理事项，责任须可追溯，其公职信息不得删除。",
                "The person has held an office and answers for its acts; these words stay.",
                law.behind("ACCOUNTABLE_ACTS"),
                pointer="/purposes",
            )
        )
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
        found.append(
            Refusal(
                "CASE_UNDER_WAY",
                "本人有申报正在办理，办结前不得删除。",
                "A case of the person is under way; wait until it has ended.",
            )
        )
    if any(person.held for person in affairs.circle):
        found.append(
            Refusal(
                "TITLE_IN_FORCE",
                "本人持有有效职称，其评审依据不得删除。",
                "The person holds a title in force, and what it rests on stays.",
            )
        )
    if any(_lasts(entry, on) for person in affairs.circle for entry in person.entries):
        found.append(
            Refusal(
                "RECORD_ACTIVE",
                "本人的诚信档案记录尚在有效期内，不得删除。",
                "An entry on the person's integrity record is active; wait until it has expired.",
            )
        )
    if affairs.matters:
        found.append(
            Refusal(
                "MATTER_OPEN",
                "涉及本人的异议、举报、核查或复核尚未办结，不得删除。",
                "An objection, complaint, investigation or review about the person is still open.",
            )
        )
    if any(person.holds for person in affairs.circle):
        found.append(
            Refusal(
                "ON_HOLD",
                "纪检或审计已要求保全本人的信息，解除前不得删除。",
                "An inspector has asked to keep what is known of the person; the hold comes first.",
            )
        )
    return found


def _lasts(entry: IntegrityEntry, on: date) -> bool:
    """Whether an entry bars, or will: one that begins only later could find nobody to follow."""
    return not entry.annulled and on <= entry.ends_on


def _of_time(affairs: Affairs, on: date) -> list[Refusal]:
    if not affairs.retained:
        return []
    if affairs.kept_until is None:
        return [
            Refusal(
                "RETENTION_NOT_SET",
                "保存期限尚未确定，确定前不得删除。请先在政策包中写明保存年限。",
                "Nobody has set how long records are kept; set it in a policy pack first.",
            )
        ]
    if on > affairs.kept_until:
        return []
    return [
        Refusal(
            "RETENTION_RUNS",
            f"保存期限至 {affairs.kept_until:%Y-%m-%d} 24 时届满，届满前不得删除。",
            f"Records are kept until the end of {affairs.kept_until}.",
        )
    ]
