"""Titles that a self-evaluating unit reports in: by two of its people, about its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from api.law import packs
from domain.growing import Ledger
from domain.person.events import ReportConfirmed, TitleGained, TitleReported
from domain.person.reporting import SELF_EVALUATING, ReportTitle, confirm_report, report_title
from domain.person.state import Person, Report, Title, evolve
from tests.domain.given import given
from tests.domain.invented import house
from tests.domain.telling import told
from tests.domain.test_vacancy_statements import TODAY, by, officer

LAW = packs.load("huzhou-2024")
UNIT = replace(house("organisation-station").organisation, traits=(SELF_EVALUATING,))
REPORT = ReportTitle(
    report="report-1",
    series="高校教师",
    specialty="数学",
    level="assistant",
    label="初定",
    gained_on=TODAY,
    document="某学院发〔2024〕1号",
)
REPORTED = TitleReported(organisation=UNIT.organisation, **vars(REPORT))
TEACHER = replace(
    Person("person-9"), accounts=Ledger.of(("account-9", ("account-9", UNIT.organisation, ())))
)
TITLE = Title("report-1", "高校教师", "数学", "assistant", "初定", TODAY)
AWAITING = evolve(TEACHER, REPORTED, told("person-9", by("person-1"), 2))


def test_it_is_reported_by_the_handler_and_held_once_the_leader_confirmed_it() -> None:
    given(TEACHER).when(report_title, REPORT, UNIT, officer("person-1"), LAW).then(REPORTED)
    assert AWAITING.reports == (Report(UNIT.organisation, "person-1", REPORT.document, TITLE),)
    assert not AWAITING.held
    gained = TitleGained(
        case="report-1",
        series="高校教师",
        specialty="数学",
        level="assistant",
        label="初定",
        gained_on=TODAY,
    )
    confirmed = ReportConfirmed(report="report-1", organisation=UNIT.organisation)
    given(AWAITING).when(confirm_report, "report-1", officer("person-2"), LAW).then(
        confirmed, gained
    )
    held = evolve(
        evolve(AWAITING, confirmed, told("person-9", by("person-2"), 3)),
        gained,
        told("person-9", by("person-2"), 4),
    )
    assert (held.held, len(held.reports)) == ((TITLE,), 0)
    given(held).when(report_title, REPORT, UNIT, officer("person-1"), LAW).refused(
        "TITLE_HELD_ALREADY"
    )
    given(held).when(confirm_report, "report-1", officer("person-2"), LAW).refused("NO_SUCH_REPORT")


def test_everything_that_is_wrong_with_a_report_is_told_at_once() -> None:
    wrong = replace(REPORT, level="professor", gained_on=TODAY + timedelta(days=1))
    elsewhere = replace(TEACHER, accounts=Ledger())
    plain = replace(UNIT, traits=("unit.autonomous=false",))
    given(elsewhere).when(report_title, wrong, plain, officer("person-2"), LAW).refused(
        "NOT_IN_SEAT",
        "NOT_SELF_EVALUATING",
        "NOT_ITS_STAFF",
        "LEVEL_UNKNOWN_HERE",
        "OCCURRED_LATER",
    )


def test_nobody_reports_or_confirms_their_own_and_nobody_does_both() -> None:
    own = replace(TEACHER, person="person-1")
    given(own).when(report_title, REPORT, UNIT, officer("person-1"), LAW).refused("SELF_REVIEW")
    leader = replace(AWAITING, person="person-2")
    given(leader).when(confirm_report, "report-1", officer("person-2"), LAW).refused("SELF_REVIEW")
    given(AWAITING).when(confirm_report, "report-1", officer("person-1"), LAW).refused(
        "NOT_IN_SEAT", "SAME_REVIEWER"
    )
    strange = replace(AWAITING.reports[0], organisation="organisation-elsewhere")
    other = replace(AWAITING, reports=Ledger.of(("report-1", strange)))
    given(other).when(confirm_report, "report-1", officer("person-2"), LAW).refused(
        "NO_SUCH_REPORT"
    )
