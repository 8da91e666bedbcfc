"""Bytes once stored are read for ever."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from audit.leaf.envelope import to_leaf
from audit.leaf.wire import personal_in, shape_of
from domain.personal import Personal, Purpose
from tests.audit import golden, slow_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit.leaf.wire import Unseal

WRONG: tuple[Any, ...] = (None, True, 1, 1.5, "2024-02-30", [1], {"é": 1})
"""What may stand in the place of anything, and nearly always must not."""
TOPICS = golden.topics_of_the_vocabulary()


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_a_topic_has_a_golden_file_that_is_still_read(topic: str) -> None:
    files = golden.files_of(topic)
    assert files, f"write it with: python -m tests.audit.golden (topic {topic})"
    for path in files:
        envelope = golden.read(path, topic)
        assert type(envelope.event) is TOPICS[topic]
        assert envelope.actor == golden.ACTOR
        for words in personal_in(envelope.event):
            assert words.text == golden.WORDS


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_the_newest_golden_file_is_written_again_byte_for_byte(topic: str) -> None:
    newest = golden.files_of(topic)[-1]
    envelope = golden.read(newest, topic)
    assert to_leaf(envelope, golden.as_it_was_sealed) == newest.read_bytes()


def test_no_topic_was_dropped() -> None:
    files = {path for topic in TOPICS for path in golden.files_of(topic)}
    assert files == set(golden.DIRECTORY.glob("*.json"))


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_it_is_read_as_it_is_read_slowly_whatever_stands_in_the_place_of_anything(
    topic: str,
) -> None:
    kind = TOPICS[topic]
    for path in golden.files_of(topic):
        for stored in otherwise(orjson.loads(path.read_bytes())["fields"]):
            fast = outcome(shape_of(kind).read, stored)
            assert fast == outcome(partial(slow_reading.read, kind), stored), stored


def otherwise(stored: Any) -> Iterator[Any]:  # noqa: ANN401 -- any JSON
    """The same, and once for each of its members with that one wrong, missing or doubled."""
    yield stored
    if isinstance(stored, dict):
        yield {**stored, "more": 1}
        for name, value in stored.items():
            yield {other: one for other, one in stored.items() if other != name}
            for one in (*WRONG, *otherwise(value)):
                yield {**stored, name: one}
    elif isinstance(stored, list):
        for place, value in enumerate(stored):
            for one in (*WRONG, *otherwise(value)):
                yield [*stored[:place], one, *stored[place + 1 :]]


def outcome(read: Callable[[Any, str, Unseal], object], stored: Any) -> object:  # noqa: ANN401 -- any JSON
    """What was read, or that it was refused."""
    try:
        return read(stored, "/fields", named)
    except ValueError:
        return ValueError


def named(pointer: str, stored: Any) -> Personal:  # noqa: ANN401 -- any JSON
    """Words that tell where they stood and what stood there."""
    return Personal(f"{pointer}: {stored}", "person-1", Purpose.APPLICANT)
