"""The duty to name at once everything that has to be mended (一次性告知, A-15).

A later return may still raise what was overlooked: the applicant must not be better or worse
off for it. That it was raised late is noted, for those who watch over how reviews are done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.state import EarlierReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.events import CaseReturned
    from domain.case.state import Case


def remembered(case: Case, event: CaseReturned) -> EarlierReturn:
    """What is to be remembered of a return."""
    return EarlierReturn(
        version=case.version + 1,
        organisation=event.organisation,
        named=frozenset(each.subject for each in event.items),
        worded=case.worded,
        materials=case.materials,
    )


def raised_late(case: Case, organisation: str, subjects: Iterable[str]) -> tuple[str, ...]:
    """What the organisation names only now, though it stood there unchanged at a return before."""
    overlooked: set[str] = set()
    for each in case.returns:
        if each.organisation == organisation:
            unchanged = {claim for claim, _ in case.worded & each.worded}
            there = {material.material for material in each.materials}
            overlooked |= (unchanged | there) - each.named
    return tuple(sorted(overlooked.intersection(subjects)))
