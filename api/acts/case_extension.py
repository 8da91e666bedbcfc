"""A window extended for one case (延期), by the leader of an authority above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.guard import Row
from api.acts.stage import CASE, in_house
from domain.case import extension
from domain.personal import Personal, Purpose
from domain.separation import LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.case.state import Case


def extend_window(desk: Desk, case: Case, *, bound: str, until: date, reason: str) -> Events:
    """Extend a window for this one case, as the leader of an authority above."""
    around = in_house(desk, case)
    words = Personal(reason, case.applicant, Purpose.APPLICANT)
    upper = relation.above_case(desk, case)
    return extension.extend_window(case, bound, until, words, around, above=upper)


EXTEND_WINDOW = Row(CASE, Act.EXTEND_WINDOW, extend_window, (LEADER,), fresh=True)
