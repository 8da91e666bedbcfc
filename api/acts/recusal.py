"""Recusal in a case: declared by a reviewer, or applied for and decided by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import circumstances
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.review import about_applicant
from api.acts.seats import take_seat
from api.acts.stage import CASE
from api.identifiers import new_stream
from domain.account.events import Role
from domain.case import recusal
from domain.case.recusal import ApplyForRecusal, DecideRecusal, DeclareRecusal
from domain.case.recusal_refusals import recusal_not_pending
from domain.personal import Personal, Purpose
from domain.refusal import Refused

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


def declare_recusal(
    desk: Desk, case: Case, *, stage: str, seat: str, ground: str, words: str | None
) -> Events:
    """Recuse oneself from a case; nothing more is done in it from then on."""
    around = _around_stage(desk, case, stage)
    own = desk.acting.actor.person
    command = DeclareRecusal(
        recusal=new_stream("recusal", around.at),
        stage=stage,
        seat=seat,
        ground=ground,
        grounds=desk.law_of(case).recusal_grounds(),
        words=None if words is None else Personal(words, own, Purpose.OFFICIAL),
    )
    take_seat(desk, around.organisation.organisation, (seat,))
    return recusal.declare(case, command, around)


def apply_for_recusal(
    desk: Desk,
    case: Case,
    *,
    stage: str,
    seat: str,
    account: str | None,
    ground: str,
    words: str | None,
) -> Events:
    """Apply for the recusal of who fills a seat; they do nothing until that is decided."""
    around = _around_stage(desk, case, stage)
    command = ApplyForRecusal(
        application=new_stream("recusal", around.at),
        stage=stage,
        seat=seat,
        account=account,
        ground=ground,
        grounds=desk.law_of(case).recusal_grounds(),
        words=about_applicant(case, words),
    )
    return recusal.apply(case, command, around)


def decide_recusal(
    desk: Desk, case: Case, *, application: str, granted: bool, reason: str
) -> Events:
    """Decide, as somebody else of the organisation, whether a reviewer is recused."""
    asked = case.recusal_application(application)
    if asked is None:
        raise Refused(recusal_not_pending())
    around = _around_stage(desk, case, asked.stage)
    acting, here = desk.acting, around.organisation.organisation
    command = DecideRecusal(
        application=application,
        granted=granted,
        reason=Personal(reason, case.applicant, Purpose.APPLICANT),
        administers=Role.ADMINISTRATOR in acting.roles and acting.actor.organisation == here,
    )
    if desk.seats(here).holder(acting.actor.account, asked.decided_by, acting.today) is not None:
        take_seat(desk, here, (asked.decided_by,))
    return recusal.decide(case, command, around)


def _around_stage(desk: Desk, case: Case, stage: str) -> Circumstances:
    """What is judged at the organisation of a stage; at the employer where there is no such."""
    where = next((each.organisation for each in case.chain if each.stage == stage), case.employer)
    house, law = known(desk.organisation(where)), desk.law_of(case)
    waiting = (each.person for each in case.recusal_applications)
    return circumstances.of(desk, house, law, (case.applicant, *case.recused, *waiting), case)


DECLARE = Row(CASE, Act.DECLARE_RECUSAL, declare_recusal)
APPLY = Row(CASE, Act.APPLY_FOR_RECUSAL, apply_for_recusal)
DECIDE = Row(CASE, Act.DECIDE_RECUSAL, decide_recusal, fresh=True)
