"""A step at a served record: being refused or late is an answer, being unanswered is a breach."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from api.client import NotDoneError
from bench.town.served import process
from bench.town.served.door import BreachError
from bench.town.served.tally import Tally

if TYPE_CHECKING:
    from bench.town.served.town import ServedTown
    from bench.town.town import Choose, Town


def met(monkeypatch: pytest.MonkeyPatch, answer: Exception) -> Tally:
    """What a process notes of a step that is answered so."""

    def somebody_tries(town: Town, _choose: Choose) -> None:
        cast("ServedTown", town).door.sent += 1
        raise answer

    monkeypatch.setattr(process, "SERVED_ACTS", (somebody_tries,))
    tally = Tally()
    town = cast("ServedTown", SimpleNamespace(door=SimpleNamespace(sent=0)))
    process.step(town, random.Random(1), tally)  # noqa: S311 -- to be repeated, not secret
    return tally


@pytest.mark.parametrize(("status", "code"), [(409, "SAME_REVIEWER"), (412, "STALE")])
def test_a_refusal_is_an_answer(monkeypatch: pytest.MonkeyPatch, status: int, code: str) -> None:
    tally = met(monkeypatch, NotDoneError(status, code))
    assert (tally.steps, tally.refusals[code], tally.failures) == (1, 1, [])


@pytest.mark.parametrize(("status", "code"), [(500, "INTERNAL"), (503, "BUSY")])
def test_no_answer_is_a_breach(monkeypatch: pytest.MonkeyPatch, status: int, code: str) -> None:
    tally = met(monkeypatch, NotDoneError(status, code))
    assert tally.failures == [f"somebody tries: {status} {code}"]


def test_a_holder_who_is_kept_out_is_a_breach(monkeypatch: pytest.MonkeyPatch) -> None:
    tally = met(monkeypatch, BreachError("kept out"))
    assert tally.failures == ["somebody tries: kept out"]
