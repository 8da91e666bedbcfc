"""Going on after a publicity (公示后上报): who lets a case go on, and why it may not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.next_stage import onward, paused
from domain.case.phase import InPublicity, Publicised, UnderPublicity
from domain.case.posting_proof import unproven
from domain.case.publicity import close_publicity, publicity_objections
from domain.case.seats import seat_objections
from domain.refusal import Refusal, Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.event import Event


def go_on(case: Case, around: Circumstances) -> tuple[Event, ...]:
    """After a publicity, handler or leader of the stage lets the case go on.

    Whoever is sooner than the timekeeper after the last day closes the publicity with it.
    """
    if not isinstance(case.phase, InPublicity):
        raise Refused(refusals.wrong_phase(case, "上报", "forwarded"))
    stage = case.stage(case.phase.stage)
    _, objections = seat_objections(case, stage, LEADER, around)
    if objections and not goes_on_by_leader(case):
        _, objections = seat_objections(case, stage, HANDLER, around)
    objections += not_over(case, around)
    objections += paused(case, around)
    objections += around.onward
    if objections:
        raise Refused(*objections)
    _, marks = publicity_objections(case, around)
    return (*close_publicity(case, around.at), *marks, *onward(case, stage, around))


def not_over(case: Case, around: Circumstances) -> list[Refusal]:
    """Why a case may not go on from its publicity yet, whoever lets it."""
    objections, _ = publicity_objections(case, around)
    if isinstance(case.phase, (UnderPublicity, Publicised)):
        objections += unproven(case.phase.posting, around.law)
    return objections


def goes_on_by_leader(case: Case) -> bool:
    """Whether only the leader lets a case go on after a publicity, not the handler as well.

    To recognition the leader does, who decided it; and wherever the posting was entered after its
    day, for that it was shown elsewhere takes the leader's word.
    """
    assert isinstance(case.phase, InPublicity)
    late = isinstance(case.phase, (UnderPublicity, Publicised)) and case.phase.posting.late
    return late or case.after(case.phase.stage) is None
