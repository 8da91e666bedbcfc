"""A case remembers for how long it was held still, which no window of a stage counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from api.law import packs
from domain.calendar import Calendar
from domain.case.evolve import CaseEvent, evolve
from domain.case.objections import ObjectionEnded, ObjectionNoted
from domain.case.obstacles import obstacles_of
from domain.case.suspension import CaseResumed
from domain.case.withdrawal import CaseWithdrawn
from domain.policy.facts import Facts
from domain.policy.windows import Held
from domain.replacing import replace
from tests.domain.story import AT_THE_EMPLOYER, RESUBMITTED, RETURNED, SUSPENDED
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.case.state import Case

TENTH = datetime(2024, 5, 10, 4, tzinfo=UTC)
NOTED = ObjectionNoted(objection="objection-1", posting="posting-1")
SETTLED = ObjectionEnded(objection="objection-1", ending="dismissed", disposition=None)
RESUMED = CaseResumed(cause="investigation", investigation="investigation-1")


def after(*happened: tuple[CaseEvent, int], case: Case = AT_THE_EMPLOYER) -> Case:
    """The case after events so many days after the tenth of May."""
    for event, days in happened:
        case = evolve(case, event, told("case-1", at=TENTH + timedelta(days=days)))
    return case


def held(case: Case) -> list[tuple[date, date]]:
    return [(each.since, each.until) for each in case.held]


def day(of_may: int) -> date:
    return date(2024, 5, of_may)


def test_a_return_holds_it_until_it_is_filed_again() -> None:
    assert after((RETURNED, 0)).held_since == day(10)
    again = after((RETURNED, 0), (RESUBMITTED, 5))
    assert (held(again), again.held_since) == ([(day(10), day(15))], None)


def test_a_suspension_holds_it_until_it_goes_on() -> None:
    assert held(after((SUSPENDED, 0), (RESUMED, 20))) == [(day(10), day(30))]


def test_an_objection_holds_it_until_it_is_settled() -> None:
    assert held(after((NOTED, 1), (SETTLED, 4))) == [(day(11), day(14))]


def test_what_holds_it_for_several_reasons_is_counted_once() -> None:
    case = after((NOTED, 0), (SUSPENDED, 2), (SETTLED, 4), (RESUMED, 9))
    assert held(case) == [(day(10), day(19))]
    case = after((RETURNED, 0), (SUSPENDED, 2), (RESUMED, 4), (RESUBMITTED, 6))
    assert held(case) == [(day(10), day(16))]


def test_its_end_holds_nothing_any_more() -> None:
    ended = after((RETURNED, 0), (CaseWithdrawn(reason=None), 3))
    assert (held(ended), ended.held_since) == ([(day(10), day(13))], None)


def in_the_way(case: Case, batch: str, at: datetime) -> list[str]:
    law, facts = packs.load("yiyang-2024"), Facts(batch=batch)
    return [each.code for each in obstacles_of(law, facts, case, at, Calendar())]


def test_a_stage_forwards_in_the_window_of_its_own_batch() -> None:
    """Filed in May, the employer forwards on 5 November: the window of its batch is closed."""
    november = datetime(2024, 11, 5, 1, tzinfo=UTC)
    assert in_the_way(AT_THE_EMPLOYER, "2024H1", november) == ["STAGE_DEADLINE_MISSED"]
    assert in_the_way(AT_THE_EMPLOYER, "2024H2", november) == []


def test_a_stage_has_the_days_for_which_the_case_was_held_still() -> None:
    early = replace(AT_THE_EMPLOYER, held=AT_THE_EMPLOYER.held.joined(Held(day(10), day(15))))
    last, next_day = datetime(2024, 6, 5, 15, tzinfo=UTC), datetime(2024, 6, 5, 16, tzinfo=UTC)
    assert in_the_way(early, "2024H1", last) == []
    assert in_the_way(early, "2024H1", next_day) == ["STAGE_DEADLINE_MISSED"]
    assert in_the_way(AT_THE_EMPLOYER, "2024H1", last) == ["STAGE_DEADLINE_MISSED"]
