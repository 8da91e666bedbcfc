"""Complaints and clues (投诉举报、线索): by when they are dealt with, and how they end.

A complaint blocks nothing; it leads to an investigation or is closed with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.objection.events import ComplaintClosed, ComplaintTakenUp
from domain.objection.officers import complaint_objections, settled
from domain.policy.process import ACCEPTANCE, CONCLUSION
from domain.refusal import Refused
from domain.separation import INTEGRITY_HANDLER

if TYPE_CHECKING:
    from domain.calendar import Calendar
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.events import ComplaintOutcome
    from domain.objection.state import Complaint
    from domain.personal import Personal
    from domain.policy.law import Law


@dataclass(frozen=True)
class Terms:
    """The last days for accepting and for concluding, and the rules that set them."""

    accept_by: date
    conclude_by: date
    rules: tuple[str, ...]


def terms(law: Law, calendar: Calendar, on: date) -> Terms:
    """Until when to deal with what came in on a day in Beijing.

    Raises ``CalendarNotPublishedError`` where working days of an unknown year are counted.
    """
    accept, conclude = law.process_term(ACCEPTANCE), law.process_term(CONCLUSION)
    rules = dict.fromkeys((*accept.rules, *conclude.rules))
    return Terms(accept.last_day(on, calendar), conclude.last_day(on, calendar), tuple(rules))


def take_up(state: Complaint, investigation: str, organisation: str) -> ComplaintTakenUp:
    """A complaint leads to an investigation, which others decide on; once."""
    if state.ending is not None:
        raise Refused(settled())
    return ComplaintTakenUp(organisation=organisation, investigation=investigation)


def close(
    state: Complaint,
    case: Case | None,
    outcome: ComplaintOutcome,
    reason: Personal,
    around: Circumstances,
) -> ComplaintClosed:
    """An integrity handler with no part in the case closes what leads to nothing, with a reason."""
    objections = complaint_objections(case, (INTEGRITY_HANDLER,), around)
    if state.ending is not None:
        objections.append(settled())
    if objections:
        raise Refused(*objections)
    return ComplaintClosed(
        organisation=around.organisation.organisation,
        outcome=outcome,
        late=state.conclude_by is not None and around.today > state.conclude_by,
        reason=reason,
    )
