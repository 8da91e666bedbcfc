"""States of An's case, named as one would say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.domain import story

if TYPE_CHECKING:
    from domain.case.state import Case


@pytest.fixture
def a_draft() -> Case:
    """Stated, with one material, not filed."""
    return story.DRAFT


@pytest.fixture
def a_case_under_review() -> Case:
    """Filed; at the employer, where nobody has acted."""
    return story.AT_THE_EMPLOYER


@pytest.fixture
def a_case_before_the_leader() -> Case:
    """At the employer, with the handler's opinion."""
    return story.BEFORE_THE_LEADER


@pytest.fixture
def a_case_at_the_department() -> Case:
    """Passed by the employer."""
    return story.AT_THE_DEPARTMENT


@pytest.fixture
def a_case_at_the_bureau() -> Case:
    """Passed by the employer and the department."""
    return story.AT_THE_BUREAU


@pytest.fixture
def a_case_before_the_bureau_leader() -> Case:
    """One decision away from a title."""
    return story.BEFORE_THE_BUREAU_LEADER


@pytest.fixture
def a_returned_case() -> Case:
    """Returned by the employer's handler."""
    return story.WITH_THE_APPLICANT


@pytest.fixture
def a_case_in_round_two() -> Case:
    """Returned by the employer's handler and resubmitted."""
    return story.IN_ROUND_TWO


@pytest.fixture
def a_suspended_case() -> Case:
    """Held still at the employer."""
    return story.HELD_STILL


@pytest.fixture
def a_recognised_case() -> Case:
    """The title is recognised, no certificate issued yet."""
    return story.WITH_A_TITLE
