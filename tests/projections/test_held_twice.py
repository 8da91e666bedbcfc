"""A case that an objection holds still, and then an investigation, goes on from where it stood."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from projections.course import Course, Stand
from projections.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

PUBLICISED = Stand("publicised", 1, "employer", "school", "handler")


def course_of(topics: Iterable[str], **fields: Any) -> Stand:  # noqa: ANN401 -- of the events
    """Where a case stands that was publicised, after these events."""
    course = Course((), PUBLICISED, None)
    at = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
    for version, topic in enumerate(topics, 1):
        stored = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        course = course.follow(
            Fact(version, "-", "case-1", version, topic, stored, at, fields, actor={})
        )
    return course.stand


@pytest.mark.parametrize("holds", [1, 2, 3])
def test_however_often_it_was_held_it_goes_on_where_it_stood(holds: int) -> None:
    held = ["case:suspended:1"] * holds
    assert course_of(held).phase == "suspended"
    assert course_of(held).before == "publicised"
    assert course_of([*held, "case:resumed:1"], due_at=None) == PUBLICISED
