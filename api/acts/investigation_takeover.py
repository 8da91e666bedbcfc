"""Taking over an investigation (提级办理、指定办理) that its office can't bring to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import matter_takeover, relation
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.investigation import INVESTIGATION, around_investigation, may_conduct, whereabouts
from domain.investigation import takeover
from domain.separation import INTEGRITY_LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.investigation.state import Investigation
    from domain.takeover import TakeoverCause


def take_over(
    desk: Desk,
    investigation: Investigation,
    *,
    organisation: str | None,
    cause: TakeoverCause,
    document: str,
) -> Events:
    """Take an investigation over, for the caller's office or for another."""
    new, case = matter_takeover.named(desk, organisation), known(desk.case(investigation.case))
    office = known(desk.organisation(investigation.organisation))
    command = matter_takeover.command(
        desk,
        new,
        cause,
        document,
        office=office.organisation,
        above=[each.organisation for each in relation.above(desk, office)],
        kept_from={case.employer},
        able=may_conduct(desk, new.organisation, investigation),
    )
    around = around_investigation(desk, case)
    there = whereabouts(desk, investigation)
    return takeover.take_over(investigation, case, command, there, around)


TAKE_OVER = Row(
    INVESTIGATION, Act.TAKE_OVER_INVESTIGATION, take_over, (INTEGRITY_LEADER,), fresh=True
)
