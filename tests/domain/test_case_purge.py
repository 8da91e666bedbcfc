"""One file removed for good: proposed by a handler, ordered by the leader, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.case.purge import MaterialPurged, MaterialPurgeProposed, order_purge, propose_purge
from domain.separation import HANDLER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    CHEN,
    DEPARTMENT_LEADER,
    LIU,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import after

if TYPE_CHECKING:
    from domain.case.state import Case

WHY = words("误传他人证书")
PROPOSED = MaterialPurgeProposed(
    material="scan", cause="WRONG_FILE", organisation=SCHOOL, reason=WHY
)
PURGED = MaterialPurged(
    material="scan", cause="WRONG_FILE", organisation=SCHOOL, keys=("scan/material/1",)
)


@pytest.fixture
def a_case_with_a_file_to_be_removed(a_case_under_review: Case) -> Case:
    return after(a_case_under_review, (PROPOSED, BAI))


def test_a_handler_of_the_chain_proposes(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(
        propose_purge, "scan", "WRONG_FILE", WHY, SCHOOL_HANDLER.around
    ).then(PROPOSED)


def test_the_leader_of_the_same_organisation_orders(a_case_with_a_file_to_be_removed: Case) -> None:
    given(a_case_with_a_file_to_be_removed).when(order_purge, "scan", SCHOOL_LEADER.around).then(
        PURGED
    )
    purged = after(a_case_with_a_file_to_be_removed, (PURGED, CHEN))
    assert not purged.purges
    assert purged.purged == {"scan"}


def test_nothing_is_ordered_that_nobody_here_proposed(
    a_case_under_review: Case, a_case_with_a_file_to_be_removed: Case
) -> None:
    given(a_case_under_review).when(order_purge, "scan", SCHOOL_LEADER.around).refused(
        "PURGE_NOT_PROPOSED"
    )
    given(a_case_with_a_file_to_be_removed).when(
        order_purge, "scan", DEPARTMENT_LEADER.around
    ).refused("PURGE_NOT_PROPOSED")


def test_it_takes_two_human_beings(a_case_with_a_file_to_be_removed: Case) -> None:
    around = SCHOOL_LEADER.knowing(linked((BAI, CHEN)))
    given(a_case_with_a_file_to_be_removed).when(order_purge, "scan", around).refused(
        "SAME_REVIEWER"
    )


def test_the_applicant_is_neither_of_them(a_case_under_review: Case) -> None:
    around = SCHOOL_HANDLER.knowing(linked((BAI, AN)))
    given(a_case_under_review).when(propose_purge, "scan", "WRONG_FILE", WHY, around).refused(
        "SELF_REVIEW"
    )


def test_a_file_is_of_the_case_and_removed_once(
    a_case_under_review: Case, a_case_with_a_file_to_be_removed: Case
) -> None:
    stranger = person_at(LIU, house("organisation-elsewhere"), HANDLER)
    given(a_case_under_review).when(
        propose_purge, "other", "WRONG_FILE", WHY, stranger.around
    ).refused("NOT_IN_CHAIN", "NOT_IN_SEAT", "UNKNOWN_MATERIAL")
    purged = after(a_case_with_a_file_to_be_removed, (PURGED, CHEN))
    given(purged).when(propose_purge, "scan", "WRONG_FILE", WHY, SCHOOL_HANDLER.around).refused(
        "UNKNOWN_MATERIAL"
    )


def test_an_order_from_before_a_restore_stands_without_its_proposal(
    a_case_under_review: Case,
) -> None:
    assert after(a_case_under_review, (PURGED, CHEN)).purged == {"scan"}
