"""The duty to name at once everything that has to be mended (一次性告知, A-15).

A later return may still raise what was overlooked: the applicant must not be better or worse
off for it. That it was raised late is noted, for those who watch over how reviews are done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.events import CaseReturned
    from domain.case.state import Case


@dataclass(frozen=True)
class EarlierReturn:
    """What an organisation had before it when it returned the case, and what it named then.

    ``version`` is that of the return in the stream of the case; ``worded`` are the claims, each
    with the version that worded it so.
    """

    version: int
    organisation: str
    named: frozenset[str]
    worded: frozenset[tuple[str, int]]
    materials: frozenset[str]


def remembered(case: Case, event: CaseReturned) -> EarlierReturn:
    """What is to be remembered of a return."""
    return EarlierReturn(
        version=case.version + 1,
        organisation=event.organisation,
        named=frozenset(each.subject for each in event.items),
        worded=case.worded,
        materials=frozenset(each.material for each in case.materials),
    )


def raised_late(case: Case, organisation: str, subjects: Iterable[str]) -> tuple[str, ...]:
    """What the organisation names only now, though it stood there unchanged at a return before."""
    overlooked: set[str] = set()
    for each in case.returns:
        if each.organisation == organisation:
            unchanged = {claim for claim, _ in case.worded & each.worded}
            overlooked |= (unchanged | each.materials) - each.named
    return tuple(sorted(overlooked.intersection(subjects)))
