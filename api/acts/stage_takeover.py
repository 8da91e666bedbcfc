"""Taking over a stage of a case (提级办理、指定办理), where it can't be dealt with as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import competence, relation
from api.acts.competence import Concern, matter_of
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.review import about_applicant
from api.acts.seats import take_seat
from api.acts.stage import CHAIN, around_case, conflict
from domain.authority.power import EMPLOYER
from domain.case import takeover
from domain.case.takeover import TakeOver
from domain.organisation.changes import nothing_new
from domain.separation import LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.authority.power import Matter
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.case.values import ChainStage
    from domain.organisation.state import Organisation
    from domain.takeover import TakeoverCause


def take_over(
    desk: Desk,
    case: Case,
    *,
    stage: str,
    organisation: str | None,
    cause: TakeoverCause,
    reason: str,
    document: str,
) -> Events:
    """Take a stage over for the caller's organisation, or for another that has the power."""
    own, here = desk.house, _stage(case, stage)
    named = own if organisation is None else desk.organisation(organisation)
    new = known(named, "ORGANISATION_UNKNOWN")
    matter = matter_of(desk, case)
    if here is not None:
        _require_power(desk, case, here, own, matter)
    words = about_applicant(case, reason)
    assert words is not None
    command = TakeOver(
        stage=stage,
        organisation=new.organisation,
        cause=cause,
        reason=words,
        document=document,
        above=_above(desk, case, here),
        within_reach=_within_reach(desk, case, own, new),
        able=here is not None and _has(desk, new.organisation, here, matter),
        powerful=here is not None and _has(desk, here.organisation, here, matter),
        ended=tuple(dict.fromkeys((*nothing_new(own), *nothing_new(new)))),
    )
    take_seat(desk, own.organisation, (LEADER,))
    there = _around(desk, case, case.employer if here is None else here.organisation)
    return takeover.take_over(case, command, around_case(desk, case, own, *case.recused), there)


def _stage(case: Case, stage: str) -> ChainStage | None:
    return next((each for each in case.chain if each.stage == stage), None)


def _require_power(
    desk: Desk, case: Case, stage: ChainStage, own: Organisation, matter: Matter
) -> None:
    """Whoever takes a stage over could be its body. Raises the problem ``WITHOUT_POWER``."""
    relations = relation.to_case(desk, case) | relation.to_office(desk, stage.organisation)
    concern = Concern(office=own.organisation, matters=(matter,), bodies=(stage.body,))
    competence.require(desk, (Act.TAKE_OVER,), relations, concern)


def _has(desk: Desk, organisation: str, stage: ChainStage, matter: Matter) -> bool:
    """Whether an organisation has the power for a stage today; an employer needs none."""
    today = desk.acting.today
    granted = desk.authority(organisation).by_which((stage.body,), (matter,), today)
    return stage.body == EMPLOYER or granted is not None


def _above(desk: Desk, case: Case, stage: ChainStage | None) -> frozenset[str]:
    """The organisations above the employer, and above the stage's own."""
    houses = [case.employer, *([] if stage is None else [stage.organisation])]
    found = (relation.above(desk, known(desk.organisation(each))) for each in houses)
    return frozenset(upper.organisation for uppers in found for upper in uppers)


def _within_reach(desk: Desk, case: Case, own: Organisation, new: Organisation) -> frozenset[str]:
    """The organisations above the employer, and the new one if it is beneath the caller's."""
    uppers = {each.organisation for each in relation.above(desk, relation.registered(desk, case))}
    beneath = own.organisation in {each.organisation for each in relation.above(desk, new)}
    return frozenset(uppers | ({new.organisation} if beneath else set()))


def _around(desk: Desk, case: Case, organisation: str) -> Circumstances:
    """What is known of the organisation that has the stage, and of all who may act there."""
    seated = (each.person for each in desk.seats(organisation).open_on(desk.acting.today))
    named = (each.person for each in case.substitutes)
    house = known(desk.organisation(organisation))
    return around_case(desk, case, house, *seated, *named)


TAKE_OVER = Row(CHAIN, Act.TAKE_OVER, take_over, (LEADER,), fresh=True, noted=conflict)
