"""No state hangs on sealed words: erasing them changes nothing but the words."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from api.acts import folding
from bench.town.acts import ACTS
from bench.town.founding import founded
from bench.walk import attempt
from domain.case.draft import StateApplication, state_application
from domain.personal import Personal
from tests.domain.invented import AN, BAI, words
from tests.domain.story import (
    APPLICATION,
    ATTACHED,
    DIPLOMA,
    OPENED,
    RETURNED,
    STATED,
    SUBMITTED,
    after,
    opinion_at,
)

if TYPE_CHECKING:
    from audit.record import History
    from domain.case.application import Application

STEPS, SEEDS = 500, (2, 4, 69)
KINDS = {
    "case": ("case",),
    "person": ("person",),
    "account": ("account",),
    "organisation": ("organisation",),
    "investigation": ("investigation",),
    "criticism": ("criticism",),
    "erasure": ("erasure",),
    "objection": ("objection", "kept"),
    "complaint": ("complaint", "kept"),
    "link": ("link",),
    "rebinding": ("rebinding",),
}
"""By which folds the state of a stream comes out of its events, by what it is about."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_stream_comes_to_the_same_state_without_its_words(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
    town, tried = founded(), 0
    while tried < STEPS:
        tried += bool(attempt(town, chance.choice(ACTS), chance.choice))
    folded = 0
    for stream in sorted({each.stream for each in town.log}):
        history = town.record.load(stream)
        for name in KINDS.get(stream.split("-")[0], ()):
            fold = getattr(folding, name)
            assert without_words(fold(history)) == without_words(fold(erased(history))), stream
            folded += 1
    assert folded > len(KINDS)


def test_what_a_stage_vouched_for_is_the_same_whatever_is_erased() -> None:
    told: list[tuple[Any, str]] = [
        (OPENED, AN),
        (replace(STATED, application=studied_at("一所大学")), AN),
        (ATTACHED, AN),
        (SUBMITTED, AN),
        (opinion_at("employer"), BAI),
        (RETURNED, BAI),
    ]
    elsewhere = StateApplication(application=studied_at("另一所大学"))
    (restated,) = state_application(after(None, *told), elsewhere)
    told.append((restated, AN))
    bare = [(without_words(event), actor) for event, actor in told]
    assert after(None, *told).asserted == after(None, *bare).asserted == {"prize", "work"}


def studied_at(school: str) -> Application:
    """The application of somebody who studied at a school."""
    return replace(APPLICATION, educations=(replace(DIPLOMA, school=words(school)),))


def erased(history: History) -> History:
    """The same history once every key is destroyed."""
    bare = tuple(replace(one, event=without_words(one.event)) for one in history.recorded)
    return replace(history, recorded=bare)


def without_words(value: Any) -> Any:  # noqa: ANN401 -- whatever holds words
    """The same without a word about anybody."""
    if isinstance(value, Personal):
        return replace(value, text=None)
    if is_dataclass(value) and not isinstance(value, type):
        held = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        return replace(value, **{name: without_words(each) for name, each in held.items()})
    if isinstance(value, (tuple, frozenset)):
        return type(value)(without_words(each) for each in value)
    if isinstance(value, dict):
        return {key: without_words(each) for key, each in value.items()}
    return value
