"""Titles that a self-evaluating unit gave by itself (自主评聘), and reported in.

Such a unit deals with the titles of its own people (HZ-45); nothing is filed here. What its handler
reports counts once its leader, another person, has confirmed it: then the title is held like any
other, and further filings are judged by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.person.events import ReportConfirmed, TitleGained, TitleReported
from domain.refusal import Refusal, Refused
from domain.refusals import not_in_seat, occurred_later
from domain.separation import HANDLER, LEADER, same_reviewer, self_review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.organisation.seats import Officer
    from domain.organisation.state import Organisation
    from domain.person.state import Person
    from domain.policy.law import Law

SELF_EVALUATING = "unit.autonomous=true"
"""What the registry says of a unit that evaluates by itself."""


@dataclass(frozen=True, kw_only=True)
class ReportTitle:
    """A title that the unit gave to one of its people, by a document of its own.

    ``label`` is how they gained it, in the notice's word (初定, 评审, …).
    """

    report: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    document: str


def report_title(
    state: Person, command: ReportTitle, unit: Organisation, officer: Officer, law: Law
) -> tuple[TitleReported, ...]:
    """The unit's handler reports it; it counts once it is confirmed.

    Raises ``Refused`` with all reasons.
    """
    refused = list(_about_the_officer(state, officer, HANDLER, law))
    if SELF_EVALUATING not in unit.traits:
        refused.append(_not_self_evaluating())
    if all(where != unit.organisation for _, where, _ in state.accounts):
        refused.append(_not_its_own())
    if command.level not in law.whole.levels:
        refused.append(_unknown_level(law))
    if command.gained_on > officer.today:
        refused.append(occurred_later(command.gained_on, "/gained_on"))
    if any((e.series, e.level) == (command.series, command.level) for e in state.held):
        refused.append(_held_already())
    if refused:
        raise Refused(*refused)
    return (TitleReported(organisation=unit.organisation, **vars(command)),)


def confirm_report(
    state: Person, report: str, officer: Officer, law: Law
) -> tuple[ReportConfirmed | TitleGained, ...]:
    """The unit's leader confirms what another of the unit reported: the title is held.

    Raises ``Refused`` with all reasons.
    """
    reported = state.reports.under(report)
    if reported is None or reported.organisation != officer.seats.organisation:
        raise Refused(_no_such_report())
    refused = list(_about_the_officer(state, officer, LEADER, law))
    if officer.humans.same(officer.person, reported.by):
        refused.append(same_reviewer(law))
    if refused:
        raise Refused(*refused)
    title = reported.title
    gained = TitleGained(
        case=report,
        series=title.series,
        specialty=title.specialty,
        level=title.level,
        label=title.label,
        gained_on=title.gained_on,
    )
    return (ReportConfirmed(report=report, organisation=reported.organisation), gained)


def _about_the_officer(state: Person, officer: Officer, seat: str, law: Law) -> Iterator[Refusal]:
    if not officer.sits(seat):
        yield not_in_seat(seat)
    if officer.humans.same(officer.person, state.person):
        yield self_review(law)


def _not_self_evaluating() -> Refusal:
    return Refusal(
        "NOT_SELF_EVALUATING",
        "本单位未登记为职称自主评聘单位，不能报送职称。请由申报人依通知申报；登记有误的，请登记机关更正。",
        "Your unit is not registered as one that evaluates by itself; its people file under the"
        " notice. If the register is wrong, ask the registry.",
    )


def _not_its_own() -> Refusal:
    return Refusal(
        "NOT_ITS_STAFF",
        "只能报送本单位人员的职称。请先在本单位为其开立账号。",
        "A unit reports the titles of its own people, who have an account there.",
    )


def _unknown_level(law: Law) -> Refusal:
    return Refusal(
        "LEVEL_UNKNOWN_HERE",
        f"没有这一级别，可用：{'、'.join(law.whole.levels)}。",
        f"There is no such level; there are {', '.join(law.whole.levels)}.",
        pointer="/level",
    )


def _held_already() -> Refusal:
    return Refusal(
        "TITLE_HELD_ALREADY",
        "此人在该系列已有这一级别的职称，无需再报送。",
        "This person holds a title of this level in the series already.",
        pointer="/level",
    )


def _no_such_report() -> Refusal:
    return Refusal(
        "NO_SUCH_REPORT",
        "本单位没有这项待确认的报送，或者已经确认。",
        "Your unit has no such report that waits to be confirmed.",
    )
