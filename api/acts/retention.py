"""What is known of somebody when their erasure is decided: affairs that are open, time that runs.

Which cases and matters there are is told by the views; how they stand is read from the record,
and checked when the decision is appended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain import beijing
from domain.erasure.obstacles import Affairs
from domain.person.events import AccountHeld, FilingBegun, FilingEnded
from domain.policy.periods import anniversary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from api.acts.desk import Desk
    from domain.account.events import Role


def affairs_of(desk: Desk, person: str, cases: Iterable[str], matters: Iterable[str]) -> Affairs:
    """What stands open about a person, and until when their cases are kept."""
    circle = desk.circle(person)
    retained, kept_until = _retention(desk, [each.person for each in circle])
    reviewers: frozenset[str] = frozenset()
    for case in cases:
        known = desk.case(case)
        reviewers |= known.reviewers() if known is not None else frozenset()
    return Affairs(
        circle=circle,
        roles_ever=_roles_ever(desk, [each.person for each in circle]),
        matters=tuple(each for each in matters if _is_open(desk, each)),
        retained=retained,
        kept_until=kept_until,
        reviewers=reviewers,
    )


def _is_open(desk: Desk, stream: str) -> bool:
    match stream.partition("-")[0]:
        case "investigation":
            known = desk.investigation(stream)
            return known is not None and (known.ended is None or known.review_open)
        case "objection":
            objection = desk.objection(stream)
            return objection is not None and objection.ending is None
        case "complaint":
            complaint = desk.complaint(stream)
            return complaint is not None and complaint.ending is None
        case "criticism":
            criticism = desk.criticism(stream)
            return criticism is not None and criticism.ended is None
        case _:
            return True


def _roles_ever(desk: Desk, persons: Iterable[str]) -> frozenset[Role]:
    return frozenset(
        role
        for person in persons
        for event in desk.history(person).events
        if isinstance(event, AccountHeld)
        for role in event.roles
    )


def _retention(desk: Desk, persons: Iterable[str]) -> tuple[bool, date | None]:
    """Whether anything is kept by law, and until when; None where a law has not set it."""
    kept: list[date] = []
    unset = False
    for person in persons:
        packs: dict[str, str] = {}
        for one in desk.history(person).recorded:
            if isinstance(one.event, FilingBegun):
                packs[one.event.case] = one.event.pack
            if isinstance(one.event, FilingEnded):
                years = desk.laws.law(packs[one.event.case]).retention().years
                if years is None:
                    unset = True
                else:
                    kept.append(anniversary(beijing.day(one.recorded_at), years=years))
    return bool(kept) or unset, None if unset or not kept else max(kept)
