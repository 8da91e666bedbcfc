"""Corrections: an official's slip rescinded, a window extended, a file withheld or released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.stage import ANY_SEAT, CASE, around_case, in_house
from domain.case import correction, purge
from domain.person.events import FilingBegun
from domain.person.titles import TitleRescinded
from domain.personal import Personal, Purpose
from domain.refusal import rules_of
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.case.correction import WithholdingCause
    from domain.case.state import Case


def propose_rescission(desk: Desk, case: Case, *, reason: str) -> Events:
    """Propose, as the handler, to rescind the last act of one's organisation as a slip."""
    words = Personal(reason, case.applicant, Purpose.APPLICANT)
    return correction.propose_rescission(case, words, in_house(desk, case))


def confirm_rescission(desk: Desk, case: Case) -> Events:
    """Confirm, as the leader, the correction that the handler proposed."""
    # an ending that is rescinded brings the filing under way again, and a title is not gained
    around = around_case(desk, case, desk.house)
    events = correction.confirm_rescission(case, around)
    desk.write(case.case, *events)
    person = desk.person(case.applicant)
    if events and person is not None and not case.is_open:
        if any(title.case == case.case for title in person.held):
            rescinded = TitleRescinded(case=case.case, rescinded_on=around.today)
            desk.write(case.applicant, rescinded)
        desk.write(case.applicant, FilingBegun(case=case.case, pack=case.law.pack))
    return ()


def extend_window(desk: Desk, case: Case, *, bound: str, until: date, reason: str) -> Events:
    """Extend a window for this one case, as the leader of an authority above."""
    around = in_house(desk, case)
    words = Personal(reason, case.applicant, Purpose.APPLICANT)
    upper = relation.above_case(desk, case)
    return correction.extend_window(case, bound, until, words, around, above=upper)


def withhold(desk: Desk, case: Case, *, material: str, cause: WithholdingCause) -> Events:
    """Show a file to nobody for now, for instance because it may be classified."""
    rules = rules_of(desk.law_of(case).behind(cause))
    around = in_house(desk, case)
    return correction.withhold_material(case, material, cause, rules, around)


def release(desk: Desk, case: Case, *, material: str) -> Events:
    """Show a withheld file again, as a leader of the chain."""
    return correction.release_material(case, material, in_house(desk, case))


def propose_purge(desk: Desk, case: Case, *, material: str, cause: str, reason: str) -> Events:
    """Propose, as a handler of the chain, to remove a file for good."""
    words = Personal(reason, case.applicant, Purpose.APPLICANT)
    return purge.propose_purge(case, material, cause, words, in_house(desk, case))


def order_purge(desk: Desk, case: Case, *, material: str) -> Events:
    """Order it, as the leader: from this answer on nobody is shown the file.

    Its key is destroyed by then, or once a backup or a rotation under way has ended.
    """
    return purge.order_purge(case, material, in_house(desk, case))


_HANDLER, _LEADER = (HANDLER,), (LEADER,)


def _slip(case: Case) -> bool:
    return correction.rescindable(case) is not None


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
EXTEND_WINDOW = Row(CASE, Act.EXTEND_WINDOW, extend_window, _LEADER, fresh=True)
WITHHOLD = Row(
    CASE, Act.WITHHOLD_MATERIAL, withhold, ANY_SEAT, when=lambda case: bool(case.materials)
)
RELEASE = Row(
    CASE, Act.WITHHOLD_MATERIAL, release, _LEADER, fresh=True, when=lambda case: bool(case.withheld)
)
PROPOSE_PURGE = Row(
    CASE, Act.PURGE_MATERIAL, propose_purge, _HANDLER, when=lambda case: bool(case.materials)
)
ORDER_PURGE = Row(
    CASE, Act.PURGE_MATERIAL, order_purge, _LEADER, fresh=True, when=lambda case: bool(case.purges)
)
