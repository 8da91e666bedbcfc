"""What happened stays what happened, whatever becomes of the pack under which it did."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import bench.town
from api.acts import folding
from api.law import packs
from api.law.book import LawBook
from api.office import Office
from bench.town.acts import ACTS
from bench.town.founding import founded
from bench.town.town import Town, _Door, evolved
from bench.walk import attempt
from domain.policy.law import Law
from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from api.signin import SignIn

TOWN = Path(bench.town.__file__).with_name("town.toml")
DEFAULT = packs.document(packs.PACKS / "national-default.toml")


def walked(seed: int, steps: int) -> Town:
    """A town in which some things have happened."""
    town, chance = founded(), random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
    tried = 0
    while tried < steps:
        tried += bool(attempt(town, chance.choice(ACTS), chance.choice))
    return town


def without(text: str, table: str) -> str:
    """A pack's text without its tables of one name."""
    kept, keeping = [], True
    for line in text.splitlines():
        if line.startswith("["):
            keeping = line.strip("[]") != table
        if keeping:
            kept.append(line)
    return "\n".join(kept)


def reread(town: Town, law: Law) -> Office:
    """The same record in the office of somebody who has another pack of that name."""
    laws = LawBook(packs.load_default(), [law])
    return Office(town.record, cast("SignIn", _Door()), laws)


def histories_are_the_same(town: Town, office: Office) -> None:
    """Every case, person and organisation reads as it read."""
    desk = office.desk()
    for name, before in town.cases.items():
        assert folding.case(desk.history(name)) == before
    for name, person in town.persons.items():
        assert desk.person(name) == person
    for name, organisation in town.organisations.items():
        assert desk.organisation(name) == organisation


EMPTIED = (
    ("conditions",),
    ("stages", "publicity"),
    ("sanctions",),
    ("labels", "routes"),
    ("retention",),
)
"""Tables that a pack can lose, with those that make no sense without them."""


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 10_000),
    gone=st.sets(st.sampled_from(EMPTIED), min_size=1),
    years=st.integers(2, 60),
)
def test_an_emptied_or_tightened_pack_gives_the_same_history(
    seed: int, gone: set[tuple[str, ...]], years: int
) -> None:
    town = walked(seed, 60)
    text = TOWN.read_text(encoding="utf-8").replace("years = 1, after", f"years = {years}, after")
    for table in (each for tables in gone for each in tables):
        text = without(text, table)
    assert tomllib.loads(text) != tomllib.loads(TOWN.read_text(encoding="utf-8"))
    law = load_law(DEFAULT, Document("town.toml", text), [])
    histories_are_the_same(town, reread(town, law))


def test_no_history_asks_any_law(monkeypatch: pytest.MonkeyPatch) -> None:
    town = walked(1, 300)

    def asked(*_given: object, **_named: object) -> NoReturn:
        pytest.fail("a history asked the law")

    for name, value in vars(Law).items():
        if callable(value) and not name.startswith("__"):
            monkeypatch.setattr(Law, name, asked)
    for kind in town.states.values():
        for stream, before in kind.items():
            state: object = None
            for each in town.record.load(stream).recorded:
                state = evolved(state, each)
            assert state == before


def test_a_state_that_depended_on_the_pack_would_be_noticed() -> None:
    town = walked(1, 60)
    case = next(iter(town.cases))
    town.cases[case] = town.cases[next(reversed(town.cases))]
    with pytest.raises(AssertionError):
        histories_are_the_same(town, town.office)
