"""Which passages the proof sees: stages skipped, acts rescinded, ends that need two persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.duties.leaf import LeafUnreadableError, read_leaf
from tests.audit.test_duties import BUREAU, SCHOOL, SYSTEM, Story, acting, story

if TYPE_CHECKING:
    from audit.duties.leaf import Leaf

__all__ = ["story"]


def forwarded_to(story: Story, stage: str, *, since: str = "employer") -> None:
    at = {"from_stage": since, "to_stage": stage, "organisation": stage, "round": 1}
    story.tell("case", "case:forwarded:1", SYSTEM, **at)


def rescinded(story: Story, act: Leaf) -> None:
    story.tell(
        "case",
        "case:act-rescinded:1",
        acting("bob"),
        act=act.version,
        organisation=SCHOOL,
        stage="employer",
    )


def recognised(story: Story) -> None:
    story.tell("case", "case:recognised:1", SYSTEM, stage="bureau", organisation=BUREAU, round=1)


def test_a_stage_that_was_skipped_is_incomplete_and_says_so() -> None:
    story = Story()
    story.tell("case", "case:opened:1", SYSTEM, applicant="person-applicant")
    seats = ["handler", "leader"]
    chain = [{"stage": s, "organisation": s, "seats": seats} for s in ("first", "second", "third")]
    story.tell("case", "case:submitted:1", SYSTEM, chain=chain, round=1)
    forwarded_to(story, "third", since="first")
    found = {each.stage: (each.verdict, each.flaws) for each in story.proof()}
    assert found["second"] == ("INCOMPLETE", ("3: the stage was skipped",))
    assert found["third"] == ("OPEN", ())


def test_a_stage_that_was_skipped_is_passed_over_once() -> None:
    story = Story()
    story.tell("case", "case:opened:1", SYSTEM, applicant="person-applicant")
    seats = ["handler", "leader"]
    chain = [{"stage": s, "organisation": s, "seats": seats} for s in ("first", "second", "bureau")]
    story.tell("case", "case:submitted:1", SYSTEM, chain=chain, round=1)
    forwarded_to(story, "bureau", since="first")
    recognised(story)
    assert [each.stage for each in story.proof()] == ["first", "second", "bureau"]


def test_a_vote_against_it_is_a_decision_that_takes_two_persons(story: Story) -> None:
    story.opinion("ann")
    at = {"stage": "employer", "organisation": SCHOOL, "round": 1}
    story.tell("case", "case:rejected-by-vote:1", SYSTEM, **at)
    assert story.verdicts() == ["INCOMPLETE"]


@pytest.mark.parametrize(
    "topic",
    [
        "case:judgement-recorded:1",
        "case:votes-recorded:1",
        "case:publicity-opened:1",
        "case:rescission-proposed:1",
    ],
)
def test_who_acts_beside_the_review_as_a_handler_does_not_decide(story: Story, topic: str) -> None:
    story.official("bobs-other", SCHOOL, "handler", person="person-bob")
    story.opinion("ann")
    at = {"stage": "employer", "organisation": SCHOOL, "round": 1, "seat": "handler"}
    story.tell("case", topic, acting("bobs-other", "person-bob"), **at)
    story.approval("bob")
    assert story.verdicts() == ["SAME"]


def test_a_title_is_incomplete_where_the_last_stage_had_no_two_persons(story: Story) -> None:
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    recognised(story)
    assert story.verdicts() == ["DIFFERENT", "INCOMPLETE"]


def test_a_title_passes_over_the_stages_to_which_the_case_never_came(story: Story) -> None:
    story.opinion("ann")
    story.approval("bob")
    recognised(story)
    found = {each.stage: (each.verdict, each.flaws) for each in story.proof()}
    assert found["bureau"] == ("INCOMPLETE", ("9: the case was never here",))


def test_an_approval_that_was_rescinded_is_no_evidence_and_its_stage_is_open(story: Story) -> None:
    story.opinion("ann")
    approval = story.approval("bob")
    story.forwarded()
    assert story.verdicts() == ["DIFFERENT", "OPEN"]
    rescinded(story, approval)
    assert [(each.stage, each.verdict) for each in story.proof()] == [("employer", "OPEN")]


def test_a_rescission_opens_no_stage_but_its_own_again(story: Story) -> None:
    story.official("carl", BUREAU, "handler")
    story.official("dora", BUREAU, "leader")
    story.approval("bob")
    story.forwarded()
    story.opinion("carl", stage="bureau")
    approval = story.approval("dora", stage="bureau")
    recognised(story)
    at = {"act": approval.version, "organisation": BUREAU, "stage": "bureau"}
    story.tell("case", "case:act-rescinded:1", acting("dora"), **at)
    assert story.verdicts() == ["INCOMPLETE", "OPEN"]


def test_who_was_rescinded_still_sat_in_the_seat(story: Story) -> None:
    story.opinion("ann")
    rescinded(story, story.approval("bob"))
    story.approval("bob", person="person-ann")
    assert story.verdicts() == ["SAME"]


def test_a_rescission_belongs_to_its_stage_where_one_office_has_two() -> None:
    story = Story()
    story.official("ann", BUREAU, "handler")
    story.official("bob", BUREAU, "leader")
    story.tell("case", "case:opened:1", SYSTEM, applicant="person-applicant")
    seats = ["handler", "leader"]
    chain = [{"stage": s, "organisation": BUREAU, "seats": seats} for s in ("first", "second")]
    story.tell("case", "case:submitted:1", SYSTEM, chain=chain, round=1)
    story.opinion("ann", stage="first")
    approval = story.approval("bob", stage="first")
    forwarded_to(story, "second", since="first")
    at = {"act": approval.version, "organisation": BUREAU, "stage": "first"}
    story.tell("case", "case:rescission-proposed:1", acting("ann"), **at)
    story.tell("case", "case:act-rescinded:1", acting("bob"), **at)
    assert [(each.stage, each.verdict) for each in story.proof()] == [("first", "OPEN")]
    story.approval("bob", stage="first")
    forwarded_to(story, "second", since="first")
    assert story.verdicts() == ["DIFFERENT", "OPEN"]


def test_different_persons_at_two_levels_are_not_marked(story: Story) -> None:
    story.official("carl", BUREAU, "handler")
    story.official("dora", BUREAU, "leader")
    story.opinion("ann")
    story.approval("bob")
    story.forwarded()
    story.opinion("carl", stage="bureau")
    story.approval("dora", stage="bureau")
    assert [each.cross_level for each in story.proof()] == [False, False]


def test_an_act_that_names_no_organisation_belongs_to_none(story: Story) -> None:
    opinion = {"stage": "employer", "round": 1}
    story.tell("case", "case:handler-opinion-given:1", acting("ann"), **opinion)
    assert [each.organisation for each in story.proof()] == [SCHOOL, ""]


def test_bytes_that_leave_a_member_out_are_no_event() -> None:
    with pytest.raises(LeafUnreadableError, match="position 7"):
        read_leaf(7, b'{"stream": "a"}')


def test_a_stage_that_the_chain_does_not_name_needs_two_persons_all_the_same(story: Story) -> None:
    forwarded_to(story, "elsewhere")
    recognised(story)
    found = {each.stage: each.verdict for each in story.proof()}
    assert found["elsewhere"] == "INCOMPLETE"


def test_a_stage_with_other_seats_asks_for_no_two_persons() -> None:
    story = Story()
    story.tell("case", "case:opened:1", SYSTEM, applicant="person-applicant")
    chain = [{"stage": "committee", "organisation": BUREAU, "seats": ["committee"]}]
    story.tell("case", "case:submitted:1", SYSTEM, chain=chain, round=1)
    (found,) = story.proof()
    assert (found.verdict, found.basis) == ("NOT_REQUIRED", "seats")


def test_a_case_that_is_filed_again_is_reviewed_by_two_again(story: Story) -> None:
    story.opinion("ann")
    returned = {"stage": "employer", "organisation": SCHOOL, "round": 1, "seat": "leader"}
    story.tell("case", "case:returned:1", acting("bob"), **returned)
    story.tell("case", "case:resubmitted:1", SYSTEM, resume_stage="employer", round=2)
    assert [(each.round, each.verdict) for each in story.proof()] == [
        (1, "DIFFERENT"),
        (2, "OPEN"),
    ]


def test_who_sits_in_the_other_seat_of_a_later_round_breaks_that_round_alone(story: Story) -> None:
    story.official("bobs-other", SCHOOL, "handler", person="person-bob")
    story.opinion("ann")
    returned = {"stage": "employer", "organisation": SCHOOL, "round": 1, "seat": "leader"}
    story.tell("case", "case:returned:1", acting("bob"), **returned)
    story.tell("case", "case:resubmitted:1", SYSTEM, resume_stage="employer", round=2)
    opinion = {"stage": "employer", "organisation": SCHOOL, "round": 2}
    actor = acting("bobs-other", "person-bob")
    story.tell("case", "case:handler-opinion-given:1", actor, **opinion)
    assert [(each.round, each.verdict) for each in story.proof()] == [
        (1, "DIFFERENT"),
        (2, "SAME"),
    ]
