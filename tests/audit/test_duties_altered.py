"""The proof on histories that nobody could have written: it never says more than they do."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from audit.duties.bindings import STREAMS, Bindings
from audit.duties.leaf import LeafUnreadableError
from audit.duties.proof import prove
from bench.town.acts import ACTS
from bench.town.founding import founded
from bench.walk import attempt
from tests.audit.altered import Alterations, Altered, Stored, about_case, leaves, stored_events
from tests.audit.slow_duties import History

if TYPE_CHECKING:
    from audit.duties.leaf import Leaf
    from audit.duties.passages import Verdict

STEPS, SEEDS = 500, (14, 16, 3)
BESIDE = 0.1
"""The share of what stands beside a case that is altered; of the case itself, all is."""
WANTED = {"returned", "withdrawn", "disqualified", "objection", "taken_over"}
"""The grounds on which a verdict has to rest somewhere, so that each is tried."""


@pytest.fixture(scope="module")
def towns() -> list[list[Stored]]:
    """What was stored in towns through which somebody walked at random."""
    return [_walked(seed) for seed in SEEDS]


def test_a_true_history_has_no_verdict_that_says_more_than_it(towns: list[list[Stored]]) -> None:
    found: Counter[tuple[str, str | None]] = Counter()
    for town in towns:
        for case in _cases(town):
            history = leaves(about_case(town, case))
            verdicts = _proven(case, history)
            assert list(History(case, history).wrong(verdicts)) == []
            found.update((each.verdict, each.basis) for each in verdicts)
    assert {basis for _, basis in found} >= WANTED, found
    assert {verdict for verdict, _ in found} >= {"DIFFERENT", "NOT_REQUIRED", "OPEN"}, found


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_no_alteration_makes_two_persons_of_less(towns: list[list[Stored]], number: int) -> None:
    town, chance = towns[number], random.Random(number)  # noqa: S311 -- to be repeated
    altering = Alterations(town, chance)
    tried = 0
    for case in _cases(town):
        for altered in altering.of(case, about_case(town, case), beside=BESIDE):
            tried += 1
            assert _wrong(case, altered) == [], altered.told
    assert tried > 1_000


def _wrong(case: str, altered: Altered) -> list[str]:
    history = leaves(altered.history)
    try:
        verdicts = _proven(case, history)
    except LeafUnreadableError:
        return []  # which is a finding, and no verdict
    return list(History(case, history).wrong(verdicts))


def _proven(case: str, history: list[Leaf]) -> list[Verdict]:
    bindings = Bindings.of(each for each in history if each.stream.startswith(STREAMS))
    return prove((each for each in history if each.stream == case), bindings)


def _cases(town: list[Stored]) -> list[str]:
    return [each["stream"] for each in town if each["topic"] == "case:opened:1"]


def _walked(seed: int) -> list[Stored]:
    chance = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
    town, tried = founded(), 0
    while tried < STEPS:
        tried += bool(attempt(town, chance.choice(ACTS), chance.choice))
    return stored_events(town.record.rows(0, town.record.head()))
