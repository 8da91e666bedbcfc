"""Reporting in the titles that a self-evaluating unit gave by itself (自主评聘)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.guard import Row
from api.acts.person import PERSON
from api.acts.seats import acting_officer
from api.identifiers import new_id
from domain.person import reported_title
from domain.person.reported_title import CorrectReport, ReportTitle
from domain.person.titles import UnitsTitle
from domain.personal import Personal, Purpose
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events
    from domain.person.state import Person


def report_title(desk: Desk, person: Person, *, command: UnitsTitle) -> Events:
    """Report, as the unit's handler, a title that the unit gave to one of its people."""
    unit = desk.house
    reported = ReportTitle(report=_new_report(desk), title=command)
    officer = acting_officer(desk, unit.organisation, [person.person])
    law = desk.own_law
    return reported_title.report_title(person, reported, unit, officer, law)


def correct_report(
    desk: Desk, person: Person, *, report: str, title: UnitsTitle | None, reason: str
) -> Events:
    """Report, as the unit's handler, what its confirmed report should have said."""
    unit = desk.house
    command = CorrectReport(
        report=_new_report(desk),
        corrects=report,
        title=title,
        reason=Personal(reason, person.person, Purpose.APPLICANT),
    )
    officer = acting_officer(desk, unit.organisation, [person.person])
    return reported_title.correct_report(person, command, officer, desk.own_law)


def confirm_report(desk: Desk, person: Person, /, *, report: str) -> Events:
    """Confirm, as the unit's leader, what its handler reported: it holds from here on."""
    unit = desk.house
    known = [person.person, *(each.by for each in person.reports)]
    officer = acting_officer(desk, unit.organisation, known)
    return reported_title.confirm_report(person, report, officer, desk.own_law)


def _new_report(desk: Desk) -> str:
    return f"report-{new_id(desk.acting.at)}"


_BLANK = UnitsTitle(series="", specialty="", level="", label="", gained_on=date.min, document="")
REPORT = Row(PERSON, Act.REPORT_TITLE, report_title, (HANDLER,), blank={"command": _BLANK})
CORRECT = Row(
    PERSON,
    Act.REPORT_TITLE,
    correct_report,
    (HANDLER,),
    when=lambda person: bool(person.confirmed),
    blank=lambda person: (
        {"report": each.report, "title": None, "reason": ""} for each in person.confirmed
    ),
)
CONFIRM = Row(
    PERSON,
    Act.REPORT_TITLE,
    confirm_report,
    (LEADER,),
    fresh=True,
    when=lambda person: bool(person.reports),
    blank=lambda person: ({"report": each.report} for each in person.reports),
)
