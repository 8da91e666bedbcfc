"""Whether an act is in time, told whole: which window, until or from when, and why not."""

from __future__ import annotations

from datetime import UTC, date, time
from typing import TYPE_CHECKING, Any

import pytest

from domain.policy.admission import Admission, Timeliness, admission, strictest, undetermined
from domain.policy.silent import Silent
from domain.policy.when import ALWAYS
from domain.policy.windows import Batch, Window, batch_at, next_batch
from domain.refusal import Citation
from tests.policy.conftest import beijing, told
from tests.policy.tables import CITED, ENTERPRISE

if TYPE_CHECKING:
    from domain.policy.facts import Facts

D = date
ENTERPRISES = told(unit={"type": "enterprise"})
INSTITUTIONS = told(unit={"type": "institution"})


def window(name: str, opens: date | None, closes: date, **changed: Any) -> Window:  # noqa: ANN401 -- any field
    plain: dict[str, Any] = {
        "id": name,
        "batch": name,
        "binds": ("applicant",),
        "opens": opens,
        "closes": closes,
        "when": ALWAYS,
        "citations": (Citation(rule=name, clause="一", quote="原文", source="sample-2025"),),
    }
    return Window(**{**plain, **changed})


SPRING = window("B1", D(2024, 4, 10), D(2024, 5, 30))
AUTUMN = window("B2", D(2024, 10, 10), D(2024, 11, 20))
YEAR = [SPRING, AUTUMN]


def asked(
    windows: list[Window], moment: str, bound: str = "applicant", facts: Facts = ENTERPRISES
) -> Admission:
    return admission(windows, (), bound, beijing(moment), facts)


@pytest.mark.parametrize("moment", ["2024-04-10 00:00:00", "2024-05-30 23:59:59.999999"])
def test_in_its_window_an_act_is_in_time(moment: str) -> None:
    assert asked(YEAR, moment) == Admission(
        timeliness=Timeliness.OPEN,
        bound="applicant",
        batch="B1",
        opens=D(2024, 4, 10),
        closes=D(2024, 5, 30),
        citations=SPRING.citations,
    )


def test_before_every_window_an_act_is_too_early() -> None:
    early = asked(YEAR, "2024-04-09 23:59:59.999999")
    assert early.refusal is not None
    assert early == Admission(
        timeliness=Timeliness.NOT_OPEN,
        bound="applicant",
        batch="B1",
        opens=D(2024, 4, 10),
        closes=D(2024, 5, 30),
        next_opening=D(2024, 4, 10),
        citations=SPRING.citations,
        refusal=early.refusal,
    )
    assert early.refusal.code == "WINDOW_NOT_OPEN"
    assert early.refusal.chinese == "尚未到申报（提交）时间，自2024-04-10起受理。"
    assert early.refusal.citations == SPRING.citations


def test_between_two_windows_an_act_missed_the_first() -> None:
    late = asked(YEAR, "2024-05-31 00:00:00")
    assert late.refusal is not None
    assert late == Admission(
        timeliness=Timeliness.CLOSED,
        bound="applicant",
        batch="B1",
        opens=D(2024, 4, 10),
        closes=D(2024, 5, 30),
        next_opening=D(2024, 10, 10),
        citations=SPRING.citations,
        refusal=late.refusal,
    )
    assert late.refusal.chinese == (
        "申报（提交）时间已于2024-05-30截止，逾期不予受理；下一批自2024-10-10起。"
    )
    assert late.refusal.english == (
        "The window closed at the end of 2024-05-30; the next opens on 2024-10-10."
    )
    assert late.refusal.citations == SPRING.citations


def test_after_every_window_there_is_no_next() -> None:
    late = asked(YEAR, "2024-11-21 00:00:00")
    assert (late.batch, late.next_opening) == ("B2", None)
    assert late.refusal is not None
    assert late.refusal.chinese == (
        "申报（提交）时间已于2024-11-20截止，逾期不予受理；本通知无后续批次。"
    )
    assert late.refusal.english == (
        "The window closed at the end of 2024-11-20; this notice has no later batch."
    )


def test_a_stage_that_is_late_missed_its_deadline() -> None:
    deadline = window("B1", None, D(2024, 5, 30), binds=("arrival:city_hr",))
    assert asked([deadline], "2024-05-30 23:59:59", "arrival:city_hr").opens is None
    assert asked([deadline], "1990-01-01 00:00:00", "arrival:city_hr").admitted
    late = asked([deadline], "2024-05-31 00:00:00", "arrival:city_hr")
    assert late.refusal is not None
    assert (late.refusal.code, late.timeliness) == ("STAGE_DEADLINE_MISSED", Timeliness.CLOSED)
    assert late.refusal.chinese == (
        "本环节应于2024-05-30前完成提交，现已逾期；可报请有权机关延期。"
    )
    assert late.refusal.citations == deadline.citations
    assert (late.bound, late.next_opening) == ("arrival:city_hr", None)


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        ("2024-05-30 17:00:00", True),
        ("2024-05-30 17:00:00.000001", False),
        ("2024-05-30 23:00:00", False),
    ],
)
def test_a_window_may_close_at_an_hour_of_its_last_day(moment: str, in_time: object) -> None:
    office = window("B1", D(2024, 5, 1), D(2024, 5, 30), closes_at=time(17))
    assert asked([office], moment).admitted is in_time
    assert office.over_at(beijing(moment)) is (not in_time)


def test_days_are_those_of_beijing_wherever_the_clock_stands() -> None:
    for moment, in_time in (("2024-04-10 00:00:00", True), ("2024-05-31 00:00:00", False)):
        elsewhere = beijing(moment).astimezone(UTC)
        assert admission(YEAR, (), "applicant", elsewhere, ENTERPRISES).admitted is in_time


def test_windows_bind_those_whom_they_name_and_describe() -> None:
    theirs = window("B1", D(2024, 4, 10), D(2024, 5, 30), when=ENTERPRISE)
    late = "2024-06-01 00:00:00"
    assert asked([theirs], late).timeliness is Timeliness.CLOSED
    assert asked([theirs], late, facts=INSTITUTIONS) == Admission(
        timeliness=Timeliness.UNBOUND, bound="applicant"
    )
    assert asked([theirs], late, facts=told()).timeliness is Timeliness.CLOSED
    assert asked([theirs], late, "city_hr") == Admission(
        timeliness=Timeliness.UNBOUND, bound="city_hr"
    )


def test_of_overlapping_windows_the_one_that_closes_first_is_taken() -> None:
    long = window("LONG", D(2024, 4, 1), D(2024, 12, 31))
    assert asked([long, SPRING], "2024-04-20 00:00:00").batch == "B1"
    assert asked([long, SPRING], "2024-04-05 00:00:00").batch == "LONG"
    assert asked([AUTUMN, SPRING], "2024-04-01 00:00:00").batch == "B1"
    assert asked([AUTUMN, SPRING], "2024-12-01 00:00:00").batch == "B2"


def test_dates_that_another_notice_sets_are_undetermined() -> None:
    other = Silent(
        id="it",
        about="dates",
        document="另行通知",
        english="another notice",
        when=ENTERPRISE,
        citations=CITED,
    )
    at = beijing("2024-04-20 00:00:00")
    answer = admission(YEAR, [other], "applicant", at, ENTERPRISES)
    assert answer == undetermined("applicant", CITED)
    assert answer == Admission(
        timeliness=Timeliness.UNDETERMINED, bound="applicant", citations=CITED
    )
    for facts in (INSTITUTIONS, told()):
        assert admission(YEAR, [other], "applicant", at, facts).batch == "B1"


def test_who_refuses_is_stricter_than_who_admits_and_that_than_who_does_not_mind() -> None:
    open_, early = asked(YEAR, "2024-04-20 00:00:00"), asked(YEAR, "2024-04-01 00:00:00")
    unbound = asked([], "2024-04-20 00:00:00")
    assert strictest([unbound, open_, early]) == early
    assert strictest([unbound, open_]) == open_
    assert strictest([unbound]) == unbound
    unknown = undetermined("applicant", CITED)
    assert strictest([open_, unknown, early]) == unknown


@pytest.mark.parametrize(
    ("day", "batch"),
    [
        (D(2024, 1, 1), "B1"),
        (D(2024, 5, 30), "B1"),
        (D(2024, 5, 31), "B2"),
        (D(2024, 11, 20), "B2"),
        (D(2024, 11, 21), None),
    ],
)
def test_a_filing_falls_in_the_batch_that_closes_next(day: date, batch: str | None) -> None:
    assert batch_at([AUTUMN, SPRING], ENTERPRISES, day) == batch


def test_batches_are_those_of_filings_and_arrivals() -> None:
    day = D(2024, 1, 1)
    arrival = window("A", None, D(2024, 5, 1), binds=("city_hr", "arrival:city_hr"))
    stage = window("S", None, D(2024, 4, 1), binds=("city_hr",))
    theirs = window("T", None, D(2024, 3, 1), when=ENTERPRISE)
    assert batch_at([SPRING, arrival, stage], ENTERPRISES, day) == "A"
    assert batch_at([SPRING, stage], ENTERPRISES, day) == "B1"
    assert batch_at([SPRING, theirs], ENTERPRISES, day) == "T"
    assert batch_at([SPRING, theirs], INSTITUTIONS, day) == "B1"
    assert batch_at([SPRING, theirs], told(), day) == "T"


def batch(name: str, reference: date | None = None) -> Batch:
    return Batch(id=name, chinese=name, english=name, reference=reference, citations=CITED)


@pytest.mark.parametrize(
    ("after", "reached", "found"),
    [
        (D(2024, 5, 30), D(2024, 5, 30), "B1"),
        (D(2024, 5, 31), D(2024, 5, 1), "B2"),
        (D(2024, 1, 1), D(2024, 5, 31), "B2"),
        (D(2024, 1, 1), D(2024, 11, 20), "B2"),
        (D(2024, 1, 1), D(2024, 11, 21), None),
        (D(2024, 11, 20), D(2024, 1, 1), "B2"),
        (D(2024, 11, 21), D(2024, 1, 1), None),
    ],
)
def test_the_next_batch_is_the_first_that_is_open_when_all_is_reached(
    after: date, reached: date, found: str | None
) -> None:
    batches = {"B1": batch("B1"), "B2": batch("B2")}
    assert next_batch([AUTUMN, SPRING], batches, ENTERPRISES, after, reached) == found


def test_the_next_batch_measures_on_its_own_date_and_binds_the_applicant() -> None:
    batches = {
        "B1": batch("B1", D(2024, 12, 31)),
        "B2": batch("B2"),
        "S": batch("S", D(2024, 12, 31)),
    }
    day = D(2024, 1, 1)
    assert next_batch(YEAR, batches, ENTERPRISES, day, D(2024, 12, 31)) == "B1"
    assert next_batch(YEAR, batches, ENTERPRISES, day, D(2025, 1, 1)) is None
    stage = window("S", None, D(2024, 4, 1), binds=("city_hr",))
    assert next_batch([stage, *YEAR], batches, ENTERPRISES, day, day) == "B1"
    theirs = window("S", None, D(2024, 4, 1), when=ENTERPRISE)
    assert next_batch([theirs, *YEAR], batches, ENTERPRISES, day, day) == "S"
    assert next_batch([theirs, *YEAR], batches, INSTITUTIONS, day, day) == "B1"
    assert next_batch([theirs, *YEAR], batches, told(), day, day) == "S"
