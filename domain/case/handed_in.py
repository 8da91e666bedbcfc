"""What of a case has been handed in: what its applicant states and attaches before is a draft.

A draft is the applicant's, and that of who files for them, be it of a first filing or of a returned
case that is being mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import draft
from domain.case.filing import CaseSubmitted
from domain.case.resubmission import CaseResubmitted
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.case.state import Case
    from domain.event import Event

DRAFTING = (
    draft.CaseOpened,
    draft.ApplicationStated,
    draft.MaterialAttached,
    draft.MaterialWithdrawn,
    draft.EligibilityAssessed,
)
"""What an applicant does before a filing."""
FILING = (CaseSubmitted, CaseResubmitted)
"""What hands in all that was done before."""


def unfiled(history: Sequence[Event]) -> frozenset[int]:
    """The versions of a case's stream that tell of a draft which has not been handed in since."""
    waiting: set[int] = set()
    for version, event in enumerate(history, start=1):
        if isinstance(event, FILING):
            waiting.clear()
        elif isinstance(event, DRAFTING):
            waiting.add(version)
    return frozenset(waiting)


def materials_of(history: Sequence[Event]) -> frozenset[str]:
    """The files that were ever handed in with a case."""
    filed = (event.materials for event in history if isinstance(event, FILING))
    return frozenset(each for materials in filed for each in materials)


def as_filed(case: Case, before: Case) -> Case:
    """A case without its draft; ``before`` is how it stood before that was begun."""
    return replace(
        case,
        application=before.application,
        worded=before.worded,
        materials=before.materials,
        vouched=before.vouched,
        judgements=before.judgements,
    )
