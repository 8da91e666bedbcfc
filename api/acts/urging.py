"""Who does nothing is told so by the timekeeper, and then the office above (催办)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import relation, window_extension
from api.acts.desk import known
from api.acts.guard import act_as
from api.acts.stage import facts_of
from domain import beijing
from domain.actor import TIMEKEEPER
from domain.case.obstacles import last_day_here
from domain.case.phase import Publicised
from domain.case.urging import APPLICANT, Urge, turn_of, urge
from domain.policy.process import URGING

if TYPE_CHECKING:
    from datetime import date, datetime

    from api.acts.acting import Answer
    from api.acts.desk import Desk
    from api.office import Office
    from domain.case.state import Case


def urge_who_does_nothing(office: Office, case_id: str, command: str, at: datetime) -> Answer:
    """Tell, as the timekeeper, who has left a case waiting; the case decides whether it is late."""

    def decide(desk: Desk) -> None:
        case = desk.case(case_id)
        turn = None if case is None else turn_of(case)
        if case is None or turn is None or _unscreened(desk, case):
            return
        asked = Urge(
            patience=desk.law_of(case).process_term(URGING),
            due_on=None if turn[1] == APPLICANT else last_day(desk, case, at),
            above=_above(desk, case, turn[0]),
        )
        desk.because(case_id)
        desk.write(case_id, *urge(case, asked, beijing.day(at), desk.calendar))

    return act_as(office.desk, TIMEKEEPER, command, at, decide)


def _unscreened(desk: Desk, case: Case) -> bool:
    """Whether an objection that nobody has screened keeps it from going on from its publicity."""
    return isinstance(case.phase, Publicised) and bool(desk.unscreened(case))


def last_day(desk: Desk, case: Case, at: datetime) -> date | None:
    """The last day on which a case can go on from its stage, with what was added to it."""
    law = desk.law_of(case)
    law = window_extension.extended(law, window_extension.of_case(desk, law, case))
    return last_day_here(law, facts_of(desk, case), case, at, desk.calendar)


def _above(desk: Desk, case: Case, stage: str) -> str | None:
    """The office nearest above the one that has a stage, which is still there."""
    house = known(desk.organisation(case.stage(stage).organisation))
    standing_above = (e.organisation for e in relation.above(desk, house) if e.ended is None)
    return next(standing_above, None)
