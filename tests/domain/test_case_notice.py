"""Everything to be mended is named at once; what is raised later is noted (A-15)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import returning
from domain.case.draft import ApplicationStated
from domain.case.rescission import ActRescinded
from domain.case.values import ReturnItem
from domain.separation import HANDLER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    CHEN,
    DENG,
    DEPARTMENT_HANDLER,
    SCHOOL,
    SCHOOL_HANDLER,
    words,
)
from tests.domain.story import (
    APPLICATION,
    PRIZE,
    RESUBMITTED,
    RETURN,
    RETURNED,
    after,
    passed,
)

if TYPE_CHECKING:
    from domain.case.state import Case


def naming(*subjects: str) -> tuple[ReturnItem, ...]:
    return tuple(
        ReturnItem(item=str(number), subject=each, problem=words("…"), rules=("ZZ-5",))
        for number, each in enumerate(subjects, start=1)
    )


def raised_late(case: Case, *subjects: str) -> tuple[str, ...]:
    """What a second return by the school's handler is noted to have raised late."""
    command = replace(RETURN, items=naming(*subjects))
    (returned,) = returning.return_for_revision(case, command, HANDLER, SCHOOL_HANDLER.around)
    return tuple(getattr(returned, "raised_late", ()))


def test_a_first_return_raises_nothing_late(a_case_under_review: Case) -> None:
    assert raised_late(a_case_under_review, "work", "scan") == ()


def test_what_was_there_unchanged_and_unnamed_is_raised_late(a_case_in_round_two: Case) -> None:
    assert raised_late(a_case_in_round_two, "work", "scan", "application") == ("scan", "work")


def test_what_was_named_before_is_not(a_case_in_round_two: Case) -> None:
    assert raised_late(a_case_in_round_two, "diploma") == ()


def test_what_was_changed_since_is_not(a_returned_case: Case) -> None:
    mended = replace(APPLICATION, achievements=(replace(PRIZE, year=2022),))
    restated = ApplicationStated(application=mended, unchanged=("diploma", "work"))
    again = after(a_returned_case, (restated, AN), (RESUBMITTED, AN))
    assert raised_late(again, "prize", "work") == ("work",)


def test_another_organisation_raises_what_it_sees_for_the_first_time(
    a_case_in_round_two: Case,
) -> None:
    there = after(a_case_in_round_two, *passed("employer", "department", BAI, CHEN, in_round=2))
    command = replace(RETURN, items=naming("work"))
    expected = replace(
        RETURNED,
        round=2,
        stage="department",
        organisation="organisation-department",
        items=command.items,
    )
    given(there).when(
        returning.return_for_revision, command, HANDLER, DEPARTMENT_HANDLER.around
    ).then(expected)


def test_a_return_that_was_rescinded_counts_for_nothing(a_returned_case: Case) -> None:
    rescinded = ActRescinded(
        act=a_returned_case.version,
        act_topic="case:returned:1",
        stage="employer",
        organisation=SCHOOL,
    )
    again = after(a_returned_case, (rescinded, CHEN))
    assert again.returns == ()
    assert raised_late(again, "work") == ()


@pytest.mark.parametrize("person", [BAI, DENG])
def test_it_is_the_organisation_that_counts_and_not_who_acts_for_it(
    a_case_under_review: Case, person: str
) -> None:
    again = after(a_case_under_review, (RETURNED, person), (RESUBMITTED, AN))
    assert raised_late(again, "work") == ("work",)
