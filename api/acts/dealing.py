"""Who deals with a case, and so reads its files and words in clear (查阅材料).

Whoever holds a seat, today, of a stage at which it is or was, or stands in for one; and who
decides about it: on an objection, in an investigation, on a re-examination. Nobody who is recused
from it, or filed it for its applicant. Of an organisation through which it passes all others read
it with the words masked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Relation
from api.acts.investigation import INVESTIGATION
from api.acts.objection import OBJECTION
from api.acts.reexamination import forum_of
from api.acts.seats import seats_at_home
from domain.case.reexamination import reviewable
from domain.separation import HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk
    from domain.case.state import Case


def deals_with(desk: Desk, case: Case) -> bool:
    """Whether the caller deals with a case, or did at a stage of which they hold a seat still."""
    person = desk.acting.actor.person
    outside = case.recused | case.helpers
    if outside and desk.humans([person, *outside]).among(person, outside):
        return False
    return (
        _seated(desk, case)
        or _investigates(desk, case)
        or _settles_objection(desk, case)
        or _reexamines(desk, case)
    )


def _seated(desk: Desk, case: Case) -> bool:
    account = desk.acting.actor.account
    if account in {each.account for each in case.substitutes}:
        return True
    own = desk.acting.actor.organisation
    here = (each for each in case.reached if each.organisation == own)
    seats = {seat for each in here for seat in each.seats or (HANDLER,)}
    return bool(seats_at_home(desk, *seats))


def _investigates(desk: Desk, case: Case) -> bool:
    """As an integrity officer of the authority, or of the one above while a review waits there."""
    for each in case.investigations:
        investigation = desk.investigation(each)
        if investigation is None:
            continue
        stands = INVESTIGATION.stands(desk, investigation)
        under_way = investigation.ended is None or investigation.review_open
        if Relation.ORGANISATION in stands and under_way:
            return True
        if Relation.SUBORDINATE in stands and investigation.review_open:
            return True
    return False


def _settles_objection(desk: Desk, case: Case) -> bool:
    return any(
        each.ending is None and Relation.ORGANISATION in OBJECTION.stands(desk, each)
        for each in desk.objections_to(case)
    )


def _reexamines(desk: Desk, case: Case) -> bool:
    if not reviewable(case) or case.ending is None or case.ending.decide_by is None:
        return False
    own = desk.acting.actor.organisation
    return own in forum_of(desk, case) and bool(seats_at_home(desk, INTEGRITY_LEADER))
