"""The leaf: what is stored, hashed and proved."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from audit.leaf import canonical
from audit.leaf.envelope import LARGEST_LEAF, Envelope, EventTooLargeError, from_leaf, to_leaf
from audit.leaf.hashing import leaf_hash
from audit.leaf.wire import UnreadableError
from domain.actor import AccountActor, Actor, PublicActor, SystemActor
from tests.audit.said import NOON, ZHANG, Detail, Numbered
from tests.audit.test_wire import AN_EVENT, from_clear, in_clear

ENVELOPE = Envelope(
    event=Numbered(number=7),
    origin="mingjian/test",
    stream="case-1",
    version=2,
    actor=SystemActor("timekeeper"),
    recorded_at=NOON,
    command="command-1",
    request=None,
    causation=5,
    previous=bytes(32),
)


def test_the_leaf_is_exactly_these_bytes() -> None:
    assert to_leaf(ENVELOPE, in_clear) == (
        b'{"actor":{"job":"timekeeper","type":"system"},"causation":5,"command":"command-1",'
        b'"fields":{"number":7},"format":"mingjian-event/1","origin":"mingjian/test",'
        b'"previous":"' + b"00" * 32 + b'","recorded_at":"2024-10-15T04:00:00.000000Z",'
        b'"request":null,"stream":"case-1","topic":"test:numbered:1","version":2}'
    )


@pytest.mark.parametrize(
    "actor",
    [
        AccountActor("account-1", "person-1", None, None, None, "sign-in-1", "password"),
        AccountActor(
            "account-1", "person-1", "organisation-1", "leader", "appointment-1", "s", "m"
        ),
        PublicActor("receipt-1"),
        SystemActor("timekeeper"),
    ],
)
def test_every_kind_of_actor_comes_back(actor: Actor) -> None:
    said = replace(ENVELOPE, event=AN_EVENT, actor=actor, causation=None, previous=None)
    assert from_leaf(to_leaf(said, in_clear), from_clear) == said


def test_the_hash_of_a_leaf_is_that_of_rfc_6962() -> None:
    assert leaf_hash(b"") == sha256(b"\x00").digest()
    assert leaf_hash(b"L123456") == sha256(b"\x00L123456").digest()


@pytest.mark.parametrize(
    "change",
    [
        {"format": "mingjian-event/2"},
        {"topic": "test:unheard:1"},
        {"version": 0},
        {"version": "2"},
        {"causation": 0},
        {"previous": "00"},
        {"previous": "AB" * 32},
        {"recorded_at": "2024-10-15"},
        {"request": 1},
        {"actor": None},
        {"actor": {"type": "nobody"}},
        {"actor": {"type": "system", "job": "x", "more": 1}},
        {"fields": {"number": 7, "more": 1}},
        {"fields": {}},
        {"fields": None},
        {"extra": 1},
    ],
)
def test_a_leaf_that_says_something_else_is_refused(change: dict[str, Any]) -> None:
    stored = canonical.decode(to_leaf(ENVELOPE, in_clear))
    assert isinstance(stored, dict)
    with pytest.raises(UnreadableError):
        from_leaf(canonical.encode({**stored, **change}), from_clear)


def test_a_leaf_without_a_member_is_refused() -> None:
    stored = canonical.decode(to_leaf(ENVELOPE, in_clear))
    assert isinstance(stored, dict)
    for member in stored:
        rest = {name: value for name, value in stored.items() if name != member}
        with pytest.raises(UnreadableError):
            from_leaf(canonical.encode(rest), from_clear)


def test_an_event_of_more_than_65535_bytes_is_refused() -> None:
    spare = LARGEST_LEAF - len(to_leaf(of_text(""), in_clear))
    assert len(to_leaf(of_text("a" * spare), in_clear)) == LARGEST_LEAF
    with pytest.raises(EventTooLargeError):
        to_leaf(of_text("a" * (spare + 1)), in_clear)


def of_text(text: str) -> Envelope:
    return replace(ENVELOPE, event=replace(AN_EVENT, text=text))


def test_events_show_whose_words_they_hold_and_not_the_words() -> None:
    event = replace(AN_EVENT, detail=Detail("x", replace(ZHANG, text="李四")))
    assert "李四" not in repr(event)
    assert "张三" not in repr(event)
