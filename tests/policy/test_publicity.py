"""How long something is shown, whose rule that is, and what a breach brings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.calendar import CalendarNotPublishedError
from tests.policy.conftest import beijing, told

if TYPE_CHECKING:
    from domain.calendar import Calendar
    from domain.policy.law import Law


def test_two_publicities_of_five_working_days_each(huzhou: Law) -> None:
    employer, result = huzhou.publicity("employer"), huzhou.publicity("result")
    assert employer is not None
    assert result is not None
    assert (employer.working_days, employer.before) == (5, "forward")
    assert (result.working_days, result.before) == (5, "issue")
    assert employer.length_source == "huzhou-2024"
    assert employer.on_breach == "refuse"


def test_a_length_that_the_notice_does_not_give_is_shown_as_the_default(
    yiyang: Law, yueyang: Law
) -> None:
    for law, on_breach in ((yiyang, "flag"), (yueyang, "refuse")):
        publicity = law.publicity("employer")
        assert publicity is not None
        assert (publicity.working_days, publicity.on_breach) == (5, on_breach)
        assert publicity.length_source == "national-default"
        assert "ND-PUBLICITY" in {citation.rule for citation in publicity.citations}


def test_where_the_notice_prescribes_none_there_is_none(luohe: Law, xunwu: Law) -> None:
    assert luohe.publicities() == ()
    assert xunwu.publicity("employer") is None


def test_a_publicity_over_national_day_counts_the_make_up_days(
    huzhou: Law, calendar: Calendar
) -> None:
    publicity = huzhou.publicity("employer")
    assert publicity is not None
    run = publicity.run(date(2024, 9, 27), calendar)
    assert [day.isoformat() for day in run.days] == [
        "2024-09-29",
        "2024-09-30",
        "2024-10-08",
        "2024-10-09",
        "2024-10-10",
    ]
    assert run.free_from == beijing("2024-10-11 00:00:00")
    early = publicity.too_short(run, beijing("2024-10-10 23:59:59"))
    assert early is not None
    assert "2024-10-10" in early.chinese
    assert publicity.too_short(run, beijing("2024-10-11 00:00:00")) is None


def test_a_publicity_into_a_year_without_calendar_is_refused(
    huzhou: Law, calendar: Calendar
) -> None:
    publicity = huzhou.publicity("result")
    assert publicity is not None
    with pytest.raises(CalendarNotPublishedError):
        publicity.run(date(2026, 12, 30), calendar)


def test_the_paper_form_is_due_two_weeks_after_the_result_publicity(
    huzhou: Law, calendar: Calendar
) -> None:
    (form,) = huzhou.paper_forms(told())
    due = form.due(date(2024, 9, 20), calendar)
    assert (due.reached, due.rest, due.moved) == (date(2024, 10, 4), True, date(2024, 10, 8))
    assert (form.copies, form.flag) == (2, "PAPER_OVERDUE")
