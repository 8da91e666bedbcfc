"""A list of which only some entries are known: what it may lack is open, what is there counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from domain.policy.asking import read_when
from domain.policy.facts import Facts
from domain.policy.records import Title
from domain.policy.verdict import Outcome
from tests.policy.conftest import told
from tests.policy.tables import reader_of

if TYPE_CHECKING:
    from domain.policy.truth import Truth

YIYANG = packs.load("yiyang-2024")
NONE, SOME = {"title": "none"}, {"title": "some"}
HIGHER, LOWER = {"title": {"level": "assistant"}}, {"title": {"level": "yuan"}}
TWO = {"title": {"level": "yuan", "count": 2}}
REVOKED = (Title(level="yuan", revoked=True),)


@pytest.mark.parametrize(
    ("asked", "whole", "partly"),
    [
        (SOME, True, True),
        (NONE, False, False),
        (LOWER, True, True),
        (HIGHER, False, None),
        (TWO, False, None),
        ({"unless": HIGHER}, True, None),
    ],
)
def test_what_a_list_may_lack_is_open(asked: dict[str, Any], whole: Truth, partly: Truth) -> None:
    test = read_when(reader_of({"when": asked}))
    facts = told(assume="door", titles=[{"level": "yuan"}])
    assert (test.holds(facts), test.open_on(facts)) == (whole, frozenset())
    less = replace(facts, partly=frozenset({"title"}))
    assert test.holds(less) is partly
    assert test.open_on(less) == (frozenset({"title"}) if partly is None else frozenset())


def test_a_title_that_was_lost_is_known_and_whether_there_are_others_is_asked() -> None:
    facts = Facts(titles=REVOKED, applied="assistant", assumes_stated=False)
    whole = YIYANG.assess(facts)
    silent = YIYANG.assess(replace(facts, partly=frozenset({"title"})))
    asked = {each.name: each for each in silent.open}
    assert "title" not in {each.name for each in whole.open}
    assert [each.rule for each in asked["title"].citations] == ["YY-07"]
    assert silent.case_type == whole.case_type == "after_revocation"


def test_a_title_that_is_known_refuses_whatever_else_there_is() -> None:
    facts = Facts(
        titles=(Title(level="yuan"),),
        applied="assistant",
        partly=frozenset({"title"}),
        assumes_stated=False,
    )
    verdict = YIYANG.assess(facts)
    assert (verdict.outcome, verdict.open) == (Outcome.INELIGIBLE, ())
    assert "ALREADY_TITLED" in {each.code for each in verdict.refusals}
