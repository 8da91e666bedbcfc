"""What the end of an objection brings for its case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case.objections import (
    ObjectionEnded,
    ObjectionNoted,
    RejectedOnObjection,
    ReturnedOnObjection,
    UpheldObjection,
    settle_objection,
)
from domain.case.phase import Ended, Returned, Suspended
from domain.case.rescission import propose_rescission
from domain.case.suspension import CaseSuspended
from domain.case.values import ReturnItem
from domain.objection.events import Disposition
from domain.refusal import Refused
from tests.domain.given import given
from tests.domain.invented import (
    BUREAU,
    BUREAU_HANDLER,
    INTEGRITY_LEADER_OF_BUREAU,
    KONG,
    words,
)
from tests.domain.story import DUE, SUSPENDED, after
from tests.domain.test_objections import CASE

if TYPE_CHECKING:
    from domain.case.state import Case

AROUND = INTEGRITY_LEADER_OF_BUREAU.around
NOTED = ObjectionNoted(objection="objection-1", posting="posting-1")
DISMISSED = ObjectionEnded(objection="objection-1", ending="dismissed", disposition=None)
UPHELD = ObjectionEnded(objection="objection-1", ending="upheld", disposition="return")
FOLLOWS = UpheldObjection(
    disposition=Disposition.RETURN,
    summary=words("须更正"),
    due_at=DUE,
    notice="notice-1",
    rules=("ZZ-15",),
)
RETURNED = ReturnedOnObjection(
    objection="objection-1",
    round=1,
    stage="employer",
    organisation=BUREAU,
    items=(ReturnItem(item="1", subject="application", problem=words("须更正"), rules=("ZZ-15",)),),
    return_to="applicant",
    resume_stage="employer",
    due_at=DUE,
    due_rules=("ZZ-15",),
)
REJECTED = RejectedOnObjection(
    objection="objection-1",
    round=1,
    stage="employer",
    organisation=BUREAU,
    notice="notice-1",
    rules=("ZZ-15",),
    explanation=words("须更正"),
)
HELD = CaseSuspended(cause="objection", investigation=None)


@pytest.fixture
def a_disputed_case() -> Case:
    """Under publicity at the employer, with an objection."""
    return after(CASE, (NOTED, ""))


def test_a_dismissed_objection_brings_nothing(a_disputed_case: Case) -> None:
    given(a_disputed_case).when(settle_objection, DISMISSED, None, AROUND).then(DISMISSED)
    assert after(a_disputed_case, (DISMISSED, "")).objections == frozenset()


def test_an_upheld_objection_may_return_the_case(a_disputed_case: Case) -> None:
    given(a_disputed_case).when(settle_objection, UPHELD, FOLLOWS, AROUND).then(UPHELD, RETURNED)
    returned = after(a_disputed_case, (UPHELD, KONG), (RETURNED, KONG))
    assert isinstance(returned.phase, Returned)


def test_an_upheld_objection_may_reject_the_case(a_disputed_case: Case) -> None:
    rejecting = replace(FOLLOWS, disposition=Disposition.REJECT)
    given(a_disputed_case).when(settle_objection, UPHELD, rejecting, AROUND).then(UPHELD, REJECTED)
    assert after(a_disputed_case, (REJECTED, KONG)).phase == Ended("rejected")


def test_an_upheld_objection_may_hold_the_case_for_an_investigation(
    a_disputed_case: Case,
) -> None:
    holding = replace(FOLLOWS, disposition=Disposition.INVESTIGATE)
    given(a_disputed_case).when(settle_objection, UPHELD, holding, AROUND).then(UPHELD, HELD)
    assert isinstance(after(a_disputed_case, (HELD, KONG)).phase, Suspended)


def test_an_upheld_objection_changes_nothing_in_a_case_that_is_over(a_disputed_case: Case) -> None:
    over = replace(a_disputed_case, phase=Ended("withdrawn"))
    given(over).when(settle_objection, UPHELD, FOLLOWS, AROUND).then(UPHELD)


class TestACaseThatIsHeldStill:
    """Is moved by no objection until what holds it is over."""

    @pytest.fixture
    def a_held_case(self, a_disputed_case: Case) -> Case:
        return after(a_disputed_case, (SUSPENDED, ""))

    @pytest.mark.parametrize("disposition", [Disposition.RETURN, Disposition.REJECT])
    def test_is_not_moved(self, a_held_case: Case, disposition: Disposition) -> None:
        (refusal,) = (
            given(a_held_case)
            .when(settle_objection, UPHELD, replace(FOLLOWS, disposition=disposition), AROUND)
            .refused("STAGE_ORDER")
        )
        assert "不能按异议处理" in refusal.chinese

    def test_is_held_already(self, a_held_case: Case) -> None:
        holding = replace(FOLLOWS, disposition=Disposition.INVESTIGATE)
        given(a_held_case).when(settle_objection, UPHELD, holding, AROUND).then(UPHELD)

    def test_may_hear_that_an_objection_was_dismissed(self, a_held_case: Case) -> None:
        given(a_held_case).when(settle_objection, DISMISSED, None, AROUND).then(DISMISSED)


@pytest.mark.parametrize("settled", [RETURNED, REJECTED], ids=["return", "rejection"])
def test_how_an_objection_was_settled_is_no_slip_to_take_back(
    settled: ReturnedOnObjection | RejectedOnObjection,
) -> None:
    case = after(CASE, (NOTED, KONG), (UPHELD, KONG), (settled, KONG))
    with pytest.raises(Refused) as refused:
        propose_rescission(case, words("误录"), BUREAU_HANDLER.around)
    assert [each.code for each in refused.value.refusals] == ["NOTHING_TO_RESCIND"]


def test_who_settled_an_objection_is_no_reviewer_and_may_settle_the_next() -> None:
    case = after(CASE, (NOTED, KONG), (UPHELD, KONG), (RETURNED, KONG))
    assert KONG not in case.reviewers()
    assert case.reviewers() == CASE.reviewers()
