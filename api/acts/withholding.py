"""Files of a case that must not be seen: withheld and released, or removed for good (材料清除)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts.guard import Row
from api.acts.stage import ANY_SEAT, CASE, in_house
from domain.case import purge, withholding
from domain.personal import Personal, Purpose
from domain.refusal import rules_of
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.case.state import Case
    from domain.case.withholding import WithholdingCause


def withhold(desk: Desk, case: Case, *, material: str, cause: WithholdingCause) -> Events:
    """Show a file to nobody for now, for instance because it may be classified."""
    rules = rules_of(desk.law_of(case).behind(cause))
    around = in_house(desk, case)
    return withholding.withhold_material(case, material, cause, rules, around)


def release(desk: Desk, case: Case, *, material: str) -> Events:
    """Show a withheld file again, as a leader of the chain."""
    return withholding.release_material(case, material, in_house(desk, case))


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
