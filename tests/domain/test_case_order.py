"""Level by level: an organisation whose stage is still to come is told which come before it."""

from __future__ import annotations

import pytest

from domain.case.seats import refuse_ahead_of_turn
from domain.refusal import Refused
from tests.domain.invented import (
    BUREAU_HANDLER,
    BUREAU_LEADER,
    DEPARTMENT_HANDLER,
    SCHOOL_HANDLER,
    Office,
)
from tests.domain.story import (
    AT_THE_BUREAU,
    AT_THE_DEPARTMENT,
    AT_THE_EMPLOYER,
    DRAFT,
    WITH_THE_APPLICANT,
)


@pytest.mark.parametrize("office", [BUREAU_HANDLER, BUREAU_LEADER])
def test_the_stages_that_come_first_are_named(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        refuse_ahead_of_turn(AT_THE_EMPLOYER, office.around)
    (refusal,) = refused.value.refusals
    assert refusal.code == "STAGE_ORDER"
    assert refusal.chinese == (
        "须依次办理：本案尚未经过 employer、department，请待前面的环节办结上报后再办理。"
    )
    assert refusal.english == (
        "One step follows another: the case has still to pass employer、department;"
        " wait until it has been forwarded to yours."
    )
    assert [each.rule for each in refusal.citations] == ["ZZ-STAGE_ORDER"]


def test_whose_stage_it_is_or_was_is_told_nothing() -> None:
    refuse_ahead_of_turn(AT_THE_BUREAU, BUREAU_HANDLER.around)
    refuse_ahead_of_turn(AT_THE_DEPARTMENT, SCHOOL_HANDLER.around)
    refuse_ahead_of_turn(AT_THE_DEPARTMENT, DEPARTMENT_HANDLER.around)


def test_who_holds_no_seat_there_is_told_nothing() -> None:
    refuse_ahead_of_turn(AT_THE_EMPLOYER, BUREAU_HANDLER.within())


def test_a_case_that_is_at_no_stage_is_told_otherwise() -> None:
    refuse_ahead_of_turn(DRAFT, BUREAU_HANDLER.around)
    refuse_ahead_of_turn(WITH_THE_APPLICANT, BUREAU_HANDLER.around)
