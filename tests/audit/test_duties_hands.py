"""The proof of separation where a secret went through a hand that it should not have."""

from __future__ import annotations

import pytest

from tests.audit.test_duties import SCHOOL, SYSTEM, Story, acting

ISSUER, CODE = "issuer", "code"


def given(story: Story, name: str, *hands: str, means: str = CODE) -> None:
    """The secret of somebody's account, out of these hands."""
    parts = ("whole",) if len(hands) == 1 else ("first", "second")
    for part, hand in zip(parts, hands, strict=True):
        actor = acting(hand) if hand else SYSTEM
        told = {"part": part, "means": means, "issuer": None}
        story.tell(f"account-{name}", "account:secret-given:1", actor, **told)


def school(handler: tuple[str, ...], leader: tuple[str, ...]) -> Story:
    """A handler and a leader, each with a secret out of these hands; a case is filed."""
    story = Story()
    story.official("bai", SCHOOL, "handler")
    story.official("chen", SCHOOL, "leader")
    given(story, "bai", *handler)
    given(story, "chen", *leader)
    story.filed()
    return story


def verdict(story: Story) -> str:
    story.opinion("bai")
    story.approval("chen")
    story.forwarded()
    return story.verdicts()[0]


@pytest.mark.parametrize(
    ("handler", "leader", "said"),
    [
        (("a", "b"), ("c", "d"), "DIFFERENT"),
        (("",), ("",), "DIFFERENT"),
        (("chen", "b"), ("c", "d"), "ONE_HAND"),
        (("a", "chen"), ("c", "d"), "ONE_HAND"),
        (("a", "b"), ("bai", "d"), "ONE_HAND"),
        (("a", "b"), ("c", "b"), "ONE_HAND"),
        (("a",), ("a",), "ONE_HAND"),
    ],
)
def test_nobody_had_a_hand_in_both(
    handler: tuple[str, ...], leader: tuple[str, ...], said: str
) -> None:
    assert verdict(school(handler, leader)) == said


def test_human_beings_are_compared() -> None:
    story = school(("a", "b"), ("c", "d"))
    story.tell("person-b", "person:linked:1", SYSTEM, other="person-d")
    assert verdict(story) == "ONE_HAND"


def test_what_turns_out_later_is_said_as_corrected() -> None:
    story = school(("a", "b"), ("c", "d"))
    assert verdict(story) == "DIFFERENT"
    story.tell("person-b", "person:linked:1", SYSTEM, other="person-chen")
    (proven, _) = story.proof()
    assert (proven.verdict, proven.corrected) == ("DIFFERENT", "ONE_HAND")


def test_a_new_secret_afterwards_cleans_no_act_before() -> None:
    story = school(("chen", "b"), ("c", "d"))
    story.opinion("bai")
    given(story, "bai", "e", "f")
    story.approval("chen")
    story.forwarded()
    assert story.verdicts()[0] == "ONE_HAND"


def test_a_new_secret_before_is_what_counts() -> None:
    story = school(("chen", "b"), ("c", "d"))
    given(story, "bai", "e", "f")
    assert verdict(story) == "DIFFERENT"


def test_half_a_secret_opens_nothing() -> None:
    story = school(("a", "b"), ("c", "d"))
    told = {"part": "first", "means": CODE, "issuer": None}
    story.tell("account-bai", "account:secret-given:1", acting("chen"), **told)
    assert verdict(story) == "DIFFERENT"


def test_a_binding_counts_beside_a_code_until_it_is_released() -> None:
    story = school(("a", "b"), ("c", "d"))
    given(story, "bai", "chen", "e", means=ISSUER)
    assert verdict(story) == "ONE_HAND"
    story = school(("a", "b"), ("c", "d"))
    given(story, "bai", "chen", "e", means=ISSUER)
    story.tell("account-bai", "account:identity-released:1", SYSTEM)
    assert verdict(story) == "DIFFERENT"
