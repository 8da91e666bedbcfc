"""Titles that a self-evaluating unit reports in: by two of its people, about its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from api.law import packs
from domain.person.reported_title import (
    SELF_EVALUATING,
    CorrectReport,
    ReportTitle,
    confirm_report,
    correct_report,
    report_title,
)
from domain.person.state import Person, PersonEvent, evolve
from domain.person.titles import (
    Report,
    ReportConfirmed,
    Title,
    TitleCorrectionReported,
    TitleGained,
    TitleReported,
    TitleRescinded,
    TitleState,
    UnitsTitle,
)
from domain.personal import Personal, Purpose
from domain.shared_collections import Ledger
from tests.domain.given import given
from tests.domain.invented import house
from tests.domain.telling import told
from tests.domain.test_vacancy_statements import TODAY, by, officer

LAW = packs.load("huzhou-2024")
UNIT = replace(house("organisation-station").organisation, traits=(SELF_EVALUATING,))
GIVEN = UnitsTitle(
    series="高校教师",
    specialty="数学",
    level="assistant",
    label="初定",
    gained_on=TODAY,
    document="某学院发〔2024〕1号",
)
REPORT = ReportTitle(report="report-1", title=GIVEN)
REPORTED = TitleReported(report="report-1", organisation=UNIT.organisation, **vars(GIVEN))
TEACHER = replace(
    Person("person-9"), accounts=Ledger.of(("account-9", ("account-9", UNIT.organisation, ())))
)
TITLE = Title("report-1", "高校教师", "数学", "assistant", "初定", TODAY)
AWAITING = evolve(TEACHER, REPORTED, told("person-9", by("person-1"), 2))


def test_it_is_reported_by_the_handler_and_held_once_the_leader_confirmed_it() -> None:
    given(TEACHER).when(report_title, REPORT, UNIT, officer("person-1"), LAW).then(REPORTED)
    awaited = Report("report-1", UNIT.organisation, "person-1", GIVEN.document, TITLE)
    assert AWAITING.reports == (awaited,)
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
    other = replace(GIVEN, level="professor", gained_on=TODAY + timedelta(days=1))
    wrong = replace(REPORT, title=other)
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


HELD = evolve(
    evolve(
        AWAITING,
        ReportConfirmed(report="report-1", organisation=UNIT.organisation),
        told("person-9", by("person-2"), 3),
    ),
    TitleGained(
        case="report-1",
        series="高校教师",
        specialty="数学",
        level="assistant",
        label="初定",
        gained_on=TODAY,
    ),
    told("person-9", by("person-2"), 4),
)
BETTER = replace(GIVEN, specialty="物理")
CORRECT = CorrectReport(
    report="report-2",
    corrects="report-1",
    title=BETTER,
    reason=Personal("专业有误", "person-9", Purpose.APPLICANT),
)
CORRECTED = TitleCorrectionReported(organisation=UNIT.organisation, **vars(CORRECT))


def test_a_wrong_report_is_corrected_by_two_and_its_title_rescinded() -> None:
    given(HELD).when(correct_report, CORRECT, officer("person-1"), LAW).then(CORRECTED)
    waiting = evolve(HELD, CORRECTED, told("person-9", by("person-1"), 5))
    assert waiting.held == (TITLE,)
    confirmed = ReportConfirmed(report="report-2", organisation=UNIT.organisation)
    rescinded = TitleRescinded(case="report-1", rescinded_on=TODAY)
    gained = TitleGained(
        case="report-2",
        series="高校教师",
        specialty="物理",
        level="assistant",
        label="初定",
        gained_on=TODAY,
    )
    given(waiting).when(confirm_report, "report-2", officer("person-2"), LAW).then(
        confirmed, rescinded, gained
    )
    then = waiting
    happened: list[PersonEvent] = [confirmed, rescinded, gained]
    for version, event in enumerate(happened, start=6):
        then = evolve(then, event, told("person-9", by("person-2"), version))
    assert [(each.specialty, each.state) for each in then.titles] == [
        ("数学", TitleState.RESCINDED),
        ("物理", TitleState.HELD),
    ]
    given(then).when(correct_report, CORRECT, officer("person-1"), LAW).refused("NO_REPORTED_TITLE")
    further = replace(CORRECT, report="report-3", corrects="report-2", title=None)
    given(then).when(correct_report, further, officer("person-1"), LAW).then(
        replace(CORRECTED, report="report-3", corrects="report-2", title=None)
    )


def test_of_a_title_that_was_never_given_nothing_is_left() -> None:
    never = replace(CORRECTED, title=None)
    waiting = evolve(HELD, never, told("person-9", by("person-1"), 5))
    given(waiting).when(confirm_report, "report-2", officer("person-2"), LAW).then(
        ReportConfirmed(report="report-2", organisation=UNIT.organisation),
        TitleRescinded(case="report-1", rescinded_on=TODAY),
    )


def test_nobody_corrects_alone_nor_what_is_not_their_units() -> None:
    waiting = evolve(HELD, CORRECTED, told("person-9", by("person-1"), 5))
    given(waiting).when(confirm_report, "report-2", officer("person-1"), LAW).refused(
        "NOT_IN_SEAT", "SAME_REVIEWER"
    )
    given(HELD).when(correct_report, CORRECT, officer("person-2"), LAW).refused("NOT_IN_SEAT")
    (report,) = HELD.confirmed
    strange = replace(report, organisation="organisation-elsewhere")
    elsewhere = replace(HELD, confirmed=Ledger.of(("report-1", strange)))
    given(elsewhere).when(correct_report, CORRECT, officer("person-1"), LAW).refused(
        "NO_REPORTED_TITLE"
    )
    given(AWAITING).when(correct_report, CORRECT, officer("person-1"), LAW).refused(
        "NO_REPORTED_TITLE"
    )


def test_a_correction_says_something_else_and_something_possible() -> None:
    same = replace(CORRECT, title=GIVEN)
    given(HELD).when(correct_report, same, officer("person-1"), LAW).refused("REPORT_AS_IT_IS")
    numbered = replace(CORRECT, title=replace(GIVEN, document="某学院发〔2024〕2号"))
    assert correct_report(HELD, numbered, officer("person-1"), LAW)
    wrong = replace(GIVEN, level="professor", gained_on=TODAY + timedelta(days=1))
    given(HELD).when(
        correct_report, replace(CORRECT, title=wrong), officer("person-1"), LAW
    ).refused("LEVEL_UNKNOWN_HERE", "OCCURRED_LATER")


def test_what_was_reported_twice_is_confirmed_once() -> None:
    twice = evolve(HELD, replace(REPORTED, report="report-2"), told("person-9", by("person-1"), 5))
    given(twice).when(confirm_report, "report-2", officer("person-2"), LAW).refused(
        "TITLE_HELD_ALREADY"
    )
