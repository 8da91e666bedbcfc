"""What a row of the separation trail makes of the acts that stand in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.separation import HANDLER, LEADER
from projections.same import Same
from projections.trail import Act, Trail, judge

HANDLED = Act(
    seat=HANDLER,
    act="case:handler-opinion-given:1",
    person="person-handler",
    account=None,
    appointment=None,
    sign_in=None,
    substitute=False,
    position=10,
    version=4,
    at="2024-10-15T01:00:00.000000Z",
    counts=True,
)
TAKEN_BACK = replace(HANDLED, counts=False)
LED = replace(HANDLED, seat=LEADER, person="person-leader", position=20, version=5)
LATER = replace(HANDLED, position=30, version=6)
RESCINDED = replace(LED, counts=False, position=40, version=7)


def row(*acts: Act) -> Trail:
    return Trail(
        case="case-1",
        stage="employer",
        organisation="organisation-1",
        round=1,
        label="employer",
        number="1",
        applicant="person-applicant",
        two_seats=True,
        acts=acts,
        entered=5,
        entered_at=datetime(2024, 10, 15, tzinfo=UTC),
        left=50,
        ended_by="forwarded",
    )


@pytest.mark.parametrize(
    ("acts", "handler", "verdict"),
    [
        ((HANDLED, LED), HANDLED, "DIFFERENT"),
        ((HANDLED, LED, LATER), HANDLED, "DIFFERENT"),
        ((LED, LATER), None, "INCOMPLETE"),
        ((HANDLED, LATER), LATER, "INCOMPLETE"),
        ((HANDLED, RESCINDED), HANDLED, "INCOMPLETE"),
        ((HANDLED, LED, RESCINDED), HANDLED, "DIFFERENT"),
        ((LED,), None, "INCOMPLETE"),
        ((TAKEN_BACK, LED), None, "INCOMPLETE"),
    ],
)
def test_a_handler_acts_before_the_last_act_of_the_leader_that_counts(
    acts: tuple[Act, ...], handler: Act | None, verdict: str
) -> None:
    trail = row(*acts)
    assert trail.handler == handler
    judge(trail, [trail], Same(()), acted=True)
    assert (trail.verdict, trail.corrected) == (verdict, verdict)
