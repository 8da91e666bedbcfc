"""What grows in a state is shared with the state before it, and no state alters another."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.acts import folding
from domain import shared_collections
from domain.actor import AccountActor
from domain.shared_collections import Ledger, Several
from tests.domain.dull import STREAMS, stream_of
from tests.domain.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 10_000
FEW = 64
"""A tuple that grew with every sixth event would be copied a hundred and more for each."""
KINDS = [name.split()[0] for name in STREAMS]
FOLDS = {name: getattr(folding, kind) for name, kind in zip(STREAMS, KINDS, strict=True)}
KEPT = {
    "objection": folding.kept,
    "complaint": folding.kept,
    "organisation": folding.names,
}

KEYS = st.integers(0, 9)
DONE = st.lists(
    st.tuples(st.sampled_from(("entered", "struck", "back")), KEYS, st.integers()), max_size=60
)


@pytest.fixture(scope="module", params=[2, 3, 32])
def thin(request: pytest.FixtureRequest) -> Iterator[None]:
    """Layers that stay thin until they hold so many things."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shared_collections, "THIN", request.param)
        yield


@pytest.mark.usefixtures("thin")
@given(DONE)
def test_a_ledger_is_the_dictionary_that_was_copied_each_time(
    done: list[tuple[str, int, int]],
) -> None:
    """An entry that goes on from an earlier ledger leaves the later ones as they are."""
    pairs: list[tuple[Ledger[int, int], dict[int, int]]] = [(Ledger(), {})]
    for what, key, value in done:
        ledger, known = pairs[value % len(pairs) if what == "back" else -1]
        if what == "struck":
            known = {k: v for k, v in known.items() if k != key}
            pairs.append((ledger.struck(key), known))
        else:
            pairs.append((ledger.entered(key, value), {**known, key: value}))
    for ledger, known in pairs:
        assert ledger == tuple(known.values())
        assert len(ledger) == len(known)
        assert {key: ledger.under(key) for key in known} == known
        assert all(ledger.under(key) is None for key in set(range(10)) - known.keys())


@pytest.mark.usefixtures("thin")
@given(st.lists(st.integers(), max_size=100))
def test_a_ledger_that_is_only_added_to_is_read_like_a_tuple(values: list[int]) -> None:
    ledger = Ledger[int, int]()
    for each in values:
        ledger = ledger.added(each)
    assert ledger == tuple(values) == ledger[:]
    assert hash(ledger) == hash(tuple(values))
    assert list(ledger) == values
    assert Ledger[int, int]().added(*values) == ledger


@pytest.mark.usefixtures("thin")
@given(st.lists(st.tuples(st.booleans(), KEYS), max_size=60))
def test_several_are_the_set_that_was_copied_each_time(done: list[tuple[bool, int]]) -> None:
    one, known = Several[int](), frozenset[int]()
    for joins, each in done:
        one = one.joined(each) if joins else one.left(each)
        known = known | {each} if joins else known - {each}
        assert one == known
    assert (one | {10}, one - {1, 2}, one & known) == (known | {10}, known - {1, 2}, known)
    assert hash(one) == hash(Several(known))


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many things were copied each time that something grew, or was read as a whole."""
    sizes: list[int] = []
    laid, read = shared_collections.laid, Ledger.__iter__

    def counting(*said: Any) -> Any:  # noqa: ANN401 -- as ``laid`` itself
        layers = laid(*said)
        sizes.append(len(layers[-1]))
        return layers

    def counting_read(ledger: Ledger[Any, Any]) -> Iterator[Any]:
        sizes.append(len(ledger))
        return read(ledger)

    monkeypatch.setattr(shared_collections, "laid", counting)
    monkeypatch.setattr(Ledger, "__iter__", counting_read)
    return sizes


def new_in(after: object, before: object) -> int:
    """How many things the tuples, sets and dictionaries hold that only the later state has."""
    if after is before:
        return 0
    if isinstance(after, tuple | frozenset | dict):
        return len(after)
    if not is_dataclass(after):
        return 0
    names = (each.name for each in fields(after))
    return sum(new_in(getattr(after, name), getattr(before, name, None)) for name in names)


@pytest.mark.parametrize(
    ("name", "fold"),
    [*FOLDS.items(), *KEPT.items()],
    ids=[*FOLDS, *(f"beside {name}" for name in KEPT)],
)
def test_each_of_very_many_events_copies_only_a_few_things(
    name: str, fold: folding.Fold[Any], copied: list[int]
) -> None:
    state, plain = None, 0
    for version, event in enumerate(stream_of(name, MANY), start=1):
        who = AccountActor("account", f"person-{version}", None, None, None, "session", "password")
        before = state
        state = fold.evolve(state, event, told(f"{name}-1", who, version))
        plain += new_in(state, before)
    assert plain + sum(copied) < FEW * MANY


def test_every_fold_has_its_stream_of_many_events() -> None:
    declared = {name for name, each in vars(folding).items() if isinstance(each, folding.Fold)}
    assert declared == {*KINDS, "kept", "names", "root"}


def test_what_was_reckoned_from_values_is_reckoned_anew_from_others() -> None:
    asked: list[int] = []

    def total(ledger: Ledger[int, int]) -> int:
        asked.append(sum(ledger))
        return asked[-1]

    few: Ledger[int, int] = Ledger[int, int]().added(1, 2)
    more = few.added(4)
    assert [few.reckoned("sum", lambda: total(few)) for _ in range(3)] == [3, 3, 3]
    assert more.reckoned("sum", lambda: total(more)) == 7
    assert few.reckoned("sum", lambda: total(few)) == 3
    assert asked == [3, 7]
    assert [few.reckoned(each, lambda each=each: each) for each in range(20)] == [*range(20)]  # type: ignore[misc] # bound now
    assert few.reckoned("sum", lambda: total(few)) == 3
    assert asked == [3, 7, 3]
