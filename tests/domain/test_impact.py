"""What a draft would change for a filing: whether it is taken, or what it would come to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.beijing import day
from domain.case.impact import Impact, Judged, at_filing
from domain.person.state import Person
from domain.person.titles import Title
from domain.replacing import replace
from domain.shared_collections import Ledger
from tests.domain.invented import NOON
from tests.domain.test_case_facts import about
from tests.domain.test_erasure import ENTRY

FILED = day(NOON)


def title(case: str, gained_on: date) -> Title:
    return Title(case, "中小学教师", "数学", "yuan", "认定", gained_on)


def judged(outcome: str, *, taken: bool = True) -> Judged:
    return Judged(taken=taken, outcome=outcome, level="assistant", reasons=())


def test_a_title_gained_since_counts_under_neither_law() -> None:
    earlier = title("case-0", FILED - timedelta(days=400))
    titles = (earlier, title("case-1", FILED), title("case-2", FILED + timedelta(days=1)))
    person = replace(Person("person-1"), titles=Ledger.of(*enumerate(titles)))
    known = replace(about(), applicant=(person,), case="case-1")
    assert [*at_filing(known, NOON).applicant[0].titles] == [earlier]


def test_no_draft_may_ask_who_is_on_the_integrity_record() -> None:
    entered = replace(Person("person-1"), entries=Ledger.of(("entry-1", ENTRY)))
    known = replace(about(), applicant=(entered,), following=(ENTRY,))
    assert known.entries
    assert at_filing(known, NOON).entries == ()


@pytest.mark.parametrize(
    ("before", "after", "flips", "invited"),
    [
        (judged("eligible"), judged("eligible"), False, False),
        (judged("eligible"), judged("undetermined"), True, False),
        (judged("eligible"), judged("ineligible", taken=False), True, False),
        (judged("ineligible", taken=False), judged("eligible"), True, True),
        (judged("ineligible", taken=False), judged("eligible", taken=False), False, False),
    ],
)
def test_it_flips_where_it_is_taken_otherwise_or_comes_to_something_else(
    before: Judged,
    after: Judged,
    flips: bool,  # noqa: FBT001 -- what is expected
    invited: bool,  # noqa: FBT001 -- what is expected
) -> None:
    told = Impact(case="case-1", applicant="person-1", filed_at=NOON, before=before, after=after)
    assert (told.flips, told.invited) == (flips, invited)
