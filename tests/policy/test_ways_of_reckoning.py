"""Which stretches of time each way of reckoning counts, and from which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.periods import Period
from domain.policy.reckoning import FOREVER, WAYS, Counting, Stretch
from domain.policy.records import Education
from tests.policy.conftest import told
from tests.policy.occasions import occasion
from tests.policy.tables import like

D = date
EMPTY = Stretch((), lasting=False)


def counted(
    way: str,
    counting: Counting | None = None,
    **facts: Any,  # noqa: ANN401 -- whatever may be said
) -> object:
    return WAYS[way](counting or Counting(), told(**facts), None, occasion())


@pytest.mark.parametrize("way", ["work", "tenure", "post", "station", "since"])
def test_what_is_not_mentioned_is_not_counted_as_nothing(way: str) -> None:
    turns_on = {"tenure": "title", "station": "education", "since": ""}
    assert counted(way) == frozenset({turns_on.get(way, way)})


def test_work_counts_to_the_end_of_its_last_day() -> None:
    work = [{"from": D(2020, 1, 1), "to": D(2020, 12, 31)}, {"from": D(2022, 1, 1)}]
    assert counted("work", work=work) == Stretch(
        (Period(D(2020, 1, 1), D(2021, 1, 1)), Period(D(2022, 1, 1), FOREVER)), lasting=True
    )
    assert counted("work", work=[]) == EMPTY


@pytest.mark.parametrize(
    ("relations", "years"),
    [((), {2016, 2017, 2018, 2019}), (("same",), {2016}), (("same", "close"), {2016, 2017})],
)
def test_work_counts_by_its_relation_to_the_specialty(
    relations: tuple[str, ...], years: set[int]
) -> None:
    kinds = ("same", "close", "professional", "other")
    work = [
        {"from": D(2016 + n, 1, 1), "to": D(2016 + n, 12, 30), "relation": kind}
        for n, kind in enumerate(kinds)
    ]
    found = counted(
        "work",
        Counting(where=like("work", relation=list(relations)) if relations else None),
        work=work,
    )
    assert isinstance(found, Stretch)
    assert {period.start.year for period in found.periods} == years


def test_practice_in_the_time_of_study_is_no_work() -> None:
    assert counted("work", work=[{"from": D(2020, 1, 1), "nature": "internship"}]) == EMPTY


@pytest.mark.parametrize(
    ("asked_for", "evidence", "counts"),
    [(True, False, False), (True, True, True), (True, None, True), (False, False, True)],
)
def test_work_without_evidence_counts_only_where_none_is_asked_for(
    asked_for: object, evidence: object, counts: object
) -> None:
    work = {"from": D(2020, 1, 1), **({} if evidence is None else {"evidence": evidence})}
    asked = occasion(needs_evidence=bool(asked_for))
    found = WAYS["work"](Counting(), told(work=[work]), None, asked)
    assert found == (Stretch((Period(D(2020, 1, 1), FOREVER),), lasting=True) if counts else EMPTY)


@pytest.mark.parametrize(
    ("last_day", "lasting"), [(D(2024, 6, 28), False), (D(2024, 6, 29), True), (None, True)]
)
def test_work_up_to_the_reference_date_goes_on(last_day: date | None, lasting: object) -> None:
    found = counted("work", work=[{"from": D(2020, 1, 1), "to": last_day}])
    assert isinstance(found, Stretch)
    assert found.lasting is lasting


def test_work_before_a_milestone_does_not_go_on() -> None:
    for_ever = [{"from": D(2020, 1, 1)}]
    assert counted("work", Counting(end=D(2030, 1, 1)), work=for_ever) == Stretch(
        (Period(D(2020, 1, 1), D(2030, 1, 1)),), lasting=False
    )
    assert counted("work", Counting(start=D(2021, 2, 3)), work=for_ever) == Stretch(
        (Period(D(2021, 2, 3), FOREVER),), lasting=True
    )


@pytest.mark.parametrize(
    ("counted_from", "begins"),
    [
        ("day", D(2020, 5, 17)),
        ("month", D(2020, 5, 1)),
        ("next_month", D(2020, 6, 1)),
        ("year", D(2020, 1, 1)),
    ],
)
def test_time_is_counted_from_the_day_or_the_first_of_its_month_or_year(
    counted_from: str, begins: date
) -> None:
    facts = told(work=[{"from": D(2020, 5, 17)}])
    beginning = (Period(begins, FOREVER),)
    whole = Counting(counted_from=counted_from)
    assert WAYS["work"](whole, facts, None, occasion()) == Stretch(beginning, lasting=True)
    earlier = told(work=[{"from": D(2010, 1, 1)}])
    since = Counting(start=D(2020, 5, 17), counted_from=counted_from)
    assert WAYS["work"](since, earlier, None, occasion()) == Stretch(beginning, lasting=True)


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ({"appointed": D(2020, 2, 1), "date": D(2020, 1, 1)}, D(2020, 2, 1)),
        ({"date": D(2020, 1, 1)}, D(2020, 1, 1)),
        ({}, None),
        ({"appointed": D(2020, 2, 1), "revoked": True}, None),
        ({"appointed": D(2020, 2, 1), "level": "intermediate"}, None),
    ],
)
def test_tenure_begins_with_the_appointment_to_a_title_of_the_level(
    title: dict[str, Any], begins: date | None
) -> None:
    found = counted(
        "tenure",
        Counting(where=like("title", level="assistant")),
        titles=[{"level": "assistant", **title}],
    )
    assert found == (Stretch((Period(begins, FOREVER),), lasting=True) if begins else EMPTY)


def test_time_in_the_post_begins_when_it_was_taken_up() -> None:
    since = Stretch((Period(D(2020, 2, 1), FOREVER),), lasting=True)
    assert counted("post", current_post={"since": D(2020, 2, 1)}) == since
    assert counted("post", current_post={"series": "会计"}) == EMPTY
    assert counted("post", current_post=None) == EMPTY


@pytest.mark.parametrize(
    ("stay", "stretch"),
    [
        (
            Education(level="postdoc", entered=D(2020, 1, 1), left=D(2021, 12, 31)),
            Stretch((Period(D(2020, 1, 1), D(2022, 1, 1)),), lasting=False),
        ),
        (
            Education(level="postdoc", entered=D(2020, 1, 1)),
            Stretch((Period(D(2020, 1, 1), FOREVER),), lasting=True),
        ),
        (
            Education(level="postdoc", entered=D(2020, 1, 1), left=D(2021, 12, 31), withdrew=True),
            EMPTY,
        ),
        (Education(level="postdoc"), EMPTY),
        (None, EMPTY),
    ],
)
def test_a_stay_at_a_station_counts_unless_it_was_broken_off(
    stay: Education | None, stretch: Stretch
) -> None:
    asked = told(education=[])
    assert WAYS["station"](Counting(), asked, stay, occasion()) == stretch


def test_time_since_a_named_date() -> None:
    counting = Counting(fact="licence")
    since = Stretch((Period(D(2020, 2, 1), FOREVER),), lasting=True)
    assert counted("since", counting, licence=D(2020, 2, 1)) == since
    assert counted("since", counting, licence=None) == EMPTY
    assert counted("since", counting, work=[]) == frozenset({"licence"})


def test_a_stretch_is_cut_at_the_reference_date_which_is_not_counted() -> None:
    stretch = Stretch((Period(D(2020, 1, 1), D(2025, 1, 1)),), lasting=True)
    assert stretch.until(D(2024, 6, 30)) == (Period(D(2020, 1, 1), D(2024, 6, 30)),)
