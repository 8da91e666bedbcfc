"""A reason is one of those that have a sentence, and rests on rules that the notice has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import handler_opinion, leader_decision, returning
from domain.case.reasons import REVIEWERS
from domain.case.values import Reason, Recommendation
from domain.separation import HANDLER
from tests.domain.given import given
from tests.domain.invented import SCHOOL_HANDLER, SCHOOL_LEADER
from tests.domain.story import REJECT, RETURN, opinion

if TYPE_CHECKING:
    from domain.case.leader_decision import DecideAsLeader
    from domain.case.state import Case

WRONG = [
    (Reason(code="YEARS", rules=("ZZ-1",)), "UNKNOWN_REASON", "/reasons/0/code", "YEARS_SHORT"),
    (Reason(code="YEARS_SHORT", rules=()), "REASON_WITHOUT_RULE", "/reasons/0/rules", "ZZ-1"),
    (Reason(code="YEARS_SHORT", rules=("YY-1",)), "UNKNOWN_RULE", "/reasons/0/rules", "ZZ-1"),
    (Reason(code="OBJECTION_UPHELD", rules=("ZZ-1",)), "UNKNOWN_REASON", "/reasons/0/code", ""),
]
wrong = pytest.mark.parametrize(("reason", "code", "pointer", "told"), WRONG)


@wrong
def test_a_handler_gives_no_other_reason(
    a_case_under_review: Case, reason: Reason, code: str, pointer: str, told: str
) -> None:
    command = replace(opinion(), reasons=(reason,))
    (refusal,) = (
        given(a_case_under_review)
        .when(handler_opinion.give_opinion, command, SCHOOL_HANDLER.around)
        .refused(code)
    )
    assert (refusal.pointer, told in refusal.chinese) == (pointer, True)


@wrong
@pytest.mark.parametrize("command", [REJECT, replace(REJECT, decision=Recommendation.NOT_ACCEPT)])
def test_nor_does_a_leader(
    a_case_before_the_leader: Case,
    command: DecideAsLeader,
    reason: Reason,
    code: str,
    pointer: str,
    told: str,
) -> None:
    (refusal,) = (
        given(a_case_before_the_leader)
        .when(
            leader_decision.decide_as_leader,
            replace(command, reasons=(reason,)),
            SCHOOL_LEADER.around,
        )
        .refused(code)
    )
    assert (refusal.pointer, told in refusal.chinese) == (pointer, True)


def test_an_item_of_a_return_cites_no_other_rule(a_case_under_review: Case) -> None:
    strange = replace(RETURN.items[0], rules=("YY-1",))
    command = replace(RETURN, items=(*RETURN.items, strange))
    (refusal,) = (
        given(a_case_under_review)
        .when(returning.return_for_revision, command, HANDLER, SCHOOL_HANDLER.around)
        .refused("UNKNOWN_RULE")
    )
    assert refusal.pointer == f"/items/{len(RETURN.items)}/rules"


def test_every_reason_is_a_sentence_of_its_own() -> None:
    assert len(set(REVIEWERS.values())) == len(REVIEWERS) > 1
