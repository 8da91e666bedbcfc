"""Rescission of an official's slip (纠错撤回): proposed by the handler, confirmed by the leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.stage import CASE, around_case, in_house
from domain.case import rescission
from domain.person.events import FilingBegun
from domain.person.titles import TitleRescinded
from domain.personal import Personal, Purpose
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.case.state import Case


def propose_rescission(desk: Desk, case: Case, *, reason: str) -> Events:
    """Propose, as the handler, to rescind the last act of one's organisation as a slip."""
    words = Personal(reason, case.applicant, Purpose.APPLICANT)
    return rescission.propose_rescission(case, words, in_house(desk, case))


def confirm_rescission(desk: Desk, case: Case) -> Events:
    """Confirm, as the leader, the correction that the handler proposed."""
    # an ending that is rescinded brings the filing under way again, and a title is not gained
    around = around_case(desk, case, desk.house)
    events = rescission.confirm_rescission(case, around)
    desk.write(case.case, *events)
    person = desk.person(case.applicant)
    if events and person is not None and not case.is_open:
        if any(title.case == case.case for title in person.held):
            rescinded = TitleRescinded(case=case.case, rescinded_on=around.today)
            desk.write(case.applicant, rescinded)
        desk.write(case.applicant, FilingBegun(case=case.case, pack=case.law.pack))
    return ()


_HANDLER, _LEADER = (HANDLER,), (LEADER,)


def _slip(case: Case) -> bool:
    return rescission.rescindable(case) is not None


PROPOSE_RESCISSION = Row(
    CASE, Act.RESCIND, propose_rescission, _HANDLER, when=_slip, blank=empty(propose_rescission)
)
CONFIRM_RESCISSION = Row(
    CASE,
    Act.RESCIND,
    confirm_rescission,
    _LEADER,
    fresh=True,
    when=lambda case: case.rescission is not None,
    blank={},
)
