"""Titles that a self-evaluating unit gave by itself (自主评聘), and reported in.

Such a unit deals with the titles of its own people (HZ-45); nothing is filed here. What its handler
reports counts once its leader, another person, has confirmed it: then the title is held like any
other, and further filings are judged by it. What was reported wrongly is corrected in the same two
steps; what was filed on it meanwhile stays as it was judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.person.titles import (
    ReportConfirmed,
    TitleCorrectionReported,
    TitleGained,
    TitleReported,
    TitleRescinded,
    UnitsTitle,
    units_title,
)
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.seats import not_in_seat
from domain.separation import HANDLER, LEADER, same_reviewer, self_review

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.organisation.seats import Officer
    from domain.organisation.state import Organisation
    from domain.person.state import Person
    from domain.person.titles import Report, Title
    from domain.policy.law import Law

SELF_EVALUATING = "unit.autonomous=true"
"""What the registry says of a unit that evaluates by itself."""


@dataclass(frozen=True, kw_only=True)
class ReportTitle:
    """A title that the unit gave to one of its people; ``report`` names the report of it."""

    report: str
    title: UnitsTitle


@dataclass(frozen=True, kw_only=True)
class CorrectReport:
    """What a confirmed report, ``corrects``, should have said; None: the unit gave no title."""

    report: str
    corrects: str
    title: UnitsTitle | None
    reason: Personal


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
    refused += _about_the_title(command.title, state.held, officer, law)
    if refused:
        raise Refused(*refused)
    given = vars(command.title)
    return (TitleReported(report=command.report, organisation=unit.organisation, **given),)


def correct_report(
    state: Person, command: CorrectReport, officer: Officer, law: Law
) -> tuple[TitleCorrectionReported, ...]:
    """The unit's handler reports what its report should have said; it counts once confirmed.

    Raises ``Refused`` with all reasons.
    """
    wrong = _still_held(state, state.confirmed.under(command.corrects), officer)
    refused = list(_about_the_officer(state, officer, HANDLER, law))
    if command.title is not None:
        others = [each for each in state.held if each.case != wrong.report]
        refused += _about_the_title(command.title, others, officer, law, "/title")
        said = (units_title(wrong.report, command.title), command.title.document)
        if said == (wrong.title, wrong.document):
            refused.append(_nothing_corrected())
    if refused:
        raise Refused(*refused)
    return (TitleCorrectionReported(organisation=wrong.organisation, **vars(command)),)


def confirm_report(
    state: Person, report: str, officer: Officer, law: Law
) -> tuple[ReportConfirmed | TitleRescinded | TitleGained, ...]:
    """The unit's leader confirms what another of the unit reported: the title is held.

    Where it corrects another report, the title of that is rescinded. Raises ``Refused`` with all
    reasons.
    """
    reported = state.reports.under(report)
    if reported is None or reported.organisation != officer.seats.organisation:
        raise Refused(_no_such_report())
    refused = list(_about_the_officer(state, officer, LEADER, law))
    if officer.humans.same(officer.person, reported.by):
        refused.append(same_reviewer(law))
    corrects = reported.corrects
    if corrects is not None:
        _still_held(state, state.confirmed.under(corrects), officer)
    title = reported.title
    others = [each for each in state.held if each.case != corrects]
    if title is not None and _holds(others, title.series, title.level):
        refused.append(_held_already())
    if refused:
        raise Refused(*refused)
    confirmed = ReportConfirmed(report=report, organisation=reported.organisation)
    return (confirmed, *_rescinded(corrects, officer), *_gained(report, title))


def _rescinded(corrects: str | None, officer: Officer) -> Iterator[TitleRescinded]:
    if corrects is not None:
        yield TitleRescinded(case=corrects, rescinded_on=officer.today)


def _gained(report: str, title: Title | None) -> Iterator[TitleGained]:
    if title is not None:
        yield TitleGained(
            case=report,
            series=title.series,
            specialty=title.specialty,
            level=title.level,
            label=title.label,
            gained_on=title.gained_on,
        )


def _still_held(state: Person, report: Report | None, officer: Officer) -> Report:
    """A confirmed report of the officer's unit whose title is in force. Raises ``Refused``."""
    own = report is not None and report.organisation == officer.seats.organisation
    if report is None or not own or all(each.case != report.report for each in state.held):
        raise Refused(_nothing_to_correct())
    return report


def _about_the_officer(state: Person, officer: Officer, seat: str, law: Law) -> Iterator[Refusal]:
    if not officer.sits(seat):
        yield not_in_seat(seat)
    if officer.humans.same(officer.person, state.person):
        yield self_review(law)


def _about_the_title(
    title: UnitsTitle, held: Iterable[Title], officer: Officer, law: Law, at: str = ""
) -> Iterator[Refusal]:
    """Why it can't be one that somebody holds beside the ``held`` ones; ``at`` is its place."""
    if title.level not in law.whole.levels:
        yield _unknown_level(law, at)
    if title.gained_on > officer.today:
        yield occurred_later(title.gained_on, f"{at}/gained_on")
    if _holds(held, title.series, title.level):
        yield _held_already(at)


def _holds(held: Iterable[Title], series: str, level: str) -> bool:
    return any((each.series, each.level) == (series, level) for each in held)


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


def _unknown_level(law: Law, at: str) -> Refusal:
    return Refusal(
        "LEVEL_UNKNOWN_HERE",
        f"没有这一级别，可用：{'、'.join(law.whole.levels)}。",
        f"There is no such level; there are {', '.join(law.whole.levels)}.",
        pointer=f"{at}/level",
    )


def _held_already(at: str = "") -> Refusal:
    return Refusal(
        "TITLE_HELD_ALREADY",
        "此人在该系列已有这一级别的职称，无需再报送。",
        "This person holds a title of this level in the series already.",
        pointer=f"{at}/level",
    )


def _no_such_report() -> Refusal:
    return Refusal(
        "NO_SUCH_REPORT",
        "本单位没有这项待确认的报送，或者已经确认。",
        "Your unit has no such report that waits to be confirmed.",
    )


def _nothing_to_correct() -> Refusal:
    return Refusal(
        "NO_REPORTED_TITLE",
        "本单位没有报送并确认过这项职称，或者它已被更正。",
        "Your unit reported no such title, or it was corrected already.",
    )


def _nothing_corrected() -> Refusal:
    return Refusal(
        "REPORT_AS_IT_IS",
        "更正后的内容与原报送相同。请核对本单位的文件。",
        "That is what the report says already; look at the unit's document.",
        pointer="/title",
    )
