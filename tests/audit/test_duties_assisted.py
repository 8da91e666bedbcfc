"""The proof of separation where who filed a case for its applicant acted in it all the same.

The domain lets no such history come about; these are written by hand.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.audit import test_duties
from tests.audit.slow_duties import History
from tests.audit.test_duties import BUREAU, SCHOOL, SYSTEM, Story, acting


@pytest.fixture
def story() -> Story:
    """A case that Eve filed for its applicant, at a school with a handler and a leader."""
    told = Story()
    told.official("ann", SCHOOL, "handler")
    told.official("bob", SCHOOL, "leader")
    told.tell("account-eve", "account:opened:1", SYSTEM, person="person-eve")
    told.tell("case", "case:opened:1", acting("eve"), applicant="person-applicant")
    said: dict[str, Any] = {"organisation": SCHOOL, "form": "form", "signed_on": "2024-10-10"}
    told.tell("case", "case:assistance-begun:1", acting("eve"), **said)
    chain = [
        {"stage": "employer", "organisation": SCHOOL, "seats": ["handler", "leader"]},
        {"stage": "bureau", "organisation": BUREAU, "seats": ["handler", "leader"]},
    ]
    told.tell("case", "case:submitted:1", acting("eve"), chain=chain, round=1)
    return told


def passed(story: Story, handler: str, leader: str) -> str:
    """What is said of the employer's stage when these two have passed the case on."""
    story.opinion(handler, f"person-{handler}" if handler in ("ann", "bob") else "person-eve")
    story.approval(leader, f"person-{leader}" if leader in ("ann", "bob") else "person-eve")
    story.forwarded()
    assert not list(History("case", story.leaves).wrong(story.proof()))
    return story.verdicts()[0]


def test_two_others_are_different(story: Story) -> None:
    assert passed(story, "ann", "bob") == "DIFFERENT"


@pytest.mark.parametrize(
    ("seat", "handler", "leader"), [("handler", "eves", "bob"), ("leader", "ann", "eves")]
)
def test_who_helped_is_in_neither_seat(story: Story, seat: str, handler: str, leader: str) -> None:
    story.official("eves", SCHOOL, seat, person="person-eve")
    assert passed(story, handler, leader) == "SAME"


def test_nor_is_another_document_of_theirs(story: Story) -> None:
    story.tell("person-eve", "person:linked:1", SYSTEM, other="person-ann", link="link")
    assert passed(story, "ann", "bob") == "SAME"


def test_that_it_was_theirs_is_said_as_corrected_where_it_turns_out_later(story: Story) -> None:
    assert passed(story, "ann", "bob") == "DIFFERENT"
    story.tell("person-eve", "person:linked:1", SYSTEM, other="person-bob", link="link")
    first = story.proof()[0]
    assert (first.verdict, first.corrected) == ("DIFFERENT", "SAME")


def test_the_end_of_the_help_cleans_nothing(story: Story) -> None:
    story.official("eves", SCHOOL, "handler", person="person-eve")
    story.tell("case", "case:assistance-ended:1", acting("applicant"))
    assert passed(story, "eves", "bob") == "SAME"


@pytest.mark.parametrize(
    ("officer", "said"), [("person-officer", "NOT_REQUIRED"), ("person-eve", "INCOMPLETE")]
)
def test_who_helped_settles_no_objection(story: Story, officer: str, said: str) -> None:
    (verdict,) = test_duties.TestAnUpheldObjection().upheld(story, officer=officer)
    assert verdict.verdict == said


def test_who_helped_takes_no_stage_over(story: Story) -> None:
    assert passed(story, "ann", "bob") == "DIFFERENT"
    story.official("eves", "organisation-city", "leader", person="person-eve")
    taken = {
        "stage": "bureau",
        "from_organisation": BUREAU,
        "to_organisation": "organisation-city",
        "by_organisation": "organisation-city",
    }
    by = acting("eves", "person-eve")
    story.tell("case", "case:stage-taken-over:1", by, round=1, **taken)
    flawed = story.proof()[1]
    assert (flawed.organisation, flawed.verdict) == (BUREAU, "OPEN")
    assert any("with a part in it" in each for each in flawed.flaws)
