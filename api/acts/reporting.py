"""Reporting in the titles that a self-evaluating unit gave by itself (自主评聘)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts import standing
from api.acts.guard import Row
from api.acts.person import PERSON
from api.identifiers import new_id
from domain.person import reporting
from domain.person.reporting import ReportTitle
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.person.state import Person


def report_title(
    desk: Desk,
    person: Person,
    /,
    *,
    series: str,
    specialty: str,
    level: str,
    label: str,
    gained_on: date,
    document: str,
) -> Events:
    """Report, as the unit's handler, a title that the unit gave to one of its people."""
    unit = standing.own_organisation(desk)
    command = ReportTitle(
        report=f"report-{new_id(desk.acting.at)}",
        series=series,
        specialty=specialty,
        level=level,
        label=label,
        gained_on=gained_on,
        document=document,
    )
    officer = standing.officer(desk, unit.organisation, [person.person])
    law = desk.laws.for_area(unit.area)
    return reporting.report_title(person, command, unit, officer, law)


def confirm_report(desk: Desk, person: Person, /, *, report: str) -> Events:
    """Confirm, as the unit's leader, what its handler reported: the title is held."""
    unit = standing.own_organisation(desk)
    known = [person.person, *(each.by for each in person.reports)]
    officer = standing.officer(desk, unit.organisation, known)
    return reporting.confirm_report(person, report, officer, desk.laws.for_area(unit.area))


REPORT = Row(PERSON, Act.REPORT_TITLE, report_title, (HANDLER,))
CONFIRM = Row(
    PERSON,
    Act.REPORT_TITLE,
    confirm_report,
    (LEADER,),
    fresh=True,
    when=lambda person: bool(person.reports),
)
