"""Bytes once stored are read for ever."""

from __future__ import annotations

import pytest

from audit.leaf.envelope import to_leaf
from audit.leaf.wire import personal_in
from tests.audit import golden

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
