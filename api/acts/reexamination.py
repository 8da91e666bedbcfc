"""Re-examination (复查) of how a case ended: asked for by the applicant, decided by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import terms
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.stage import CASE, around_case
from domain import beijing
from domain.case import reexamination
from domain.case.law_answer import open_case
from domain.case.reexamination import (
    DecideReexamination,
    LapseSetAside,
    OutcomeSetAside,
    Reexamined,
    RequestReexamination,
)
from domain.person.events import FilingBegun
from domain.personal import Personal, Purpose
from domain.policy.process import REVIEW_DECISION, REVIEW_REQUEST
from domain.refusal import rules_of
from domain.separation import INTEGRITY_LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.case.state import Case


def request(desk: Desk, case: Case, *, grounds: str) -> Events:
    """Ask, as the applicant, for a re-examination of how the case ended."""
    law, today = desk.law_of(case), desk.acting.today
    ended_on = today if case.ending is None else case.ending.on
    command = RequestReexamination(
        grounds=Personal(grounds, case.applicant, Purpose.APPLICANT),
        ask_by=terms.last_day(desk, law, REVIEW_REQUEST, ended_on),
        decide_by=terms.last_day(desk, law, REVIEW_DECISION, today),
        rules=law.process_term(REVIEW_DECISION).rules,
    )
    return reexamination.request(case, command, today)


def decide(desk: Desk, case: Case, *, outcome: Reexamined, decision: str, reason: str) -> Events:
    """Decide it, as an integrity leader who had no part in the case."""
    law, today = desk.law_of(case), desk.acting.today
    returns = law.returns()
    command = DecideReexamination(
        outcome=outcome,
        decision=decision,
        reason=Personal(reason, case.applicant, Purpose.APPLICANT),
        due_at=beijing.end(returns.due_on(today)),
        due_rules=rules_of(returns.citations),
        in_the_way=(open_case(law),) if _files_elsewhere(desk, case) else (),
    )
    involved = {*case.involved(), *desk.investigators(case), *desk.objection_officers(case)}
    around = around_case(desk, case, desk.house, *sorted(involved))
    forum = forum_of(desk, case)
    events = reexamination.decide(case, command, around, forum=forum, involved=involved)
    desk.write(case.case, *events)
    if any(isinstance(each, (OutcomeSetAside, LapseSetAside)) for each in events):
        desk.write(case.applicant, FilingBegun(case=case.case, pack=case.law.pack))
    return ()


def forum_of(desk: Desk, case: Case) -> frozenset[str]:
    """The organisations that may decide on how a case ended."""
    if case.ending is None or not case.chain:
        return frozenset()
    decided = known(desk.organisation(case.stage(case.ending.stage).organisation))
    return terms.forum(desk, desk.law_of(case), decided)


def _files_elsewhere(desk: Desk, case: Case) -> bool:
    return any(
        filing != case.case for each in desk.circle(case.applicant) for filing in each.filings
    )


REQUEST = Row(CASE, Act.REQUEST_REEXAMINATION, request)
DECIDE = Row(CASE, Act.DECIDE_REEXAMINATION, decide, (INTEGRITY_LEADER,), fresh=True)
