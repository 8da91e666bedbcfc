"""The documents that follow from the program say what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import domain.vocabulary  # noqa: F401 -- registers every topic
from api.access import TABLE, Act
from api.documents import DOCUMENTS
from domain.event import topics

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("place", DOCUMENTS, ids=lambda place: place.name)
def test_a_document_is_as_the_program_writes_it(place: Path) -> None:
    assert place.read_text("utf-8") == DOCUMENTS[place](), "run `python -m api.documents`"


def test_every_event_has_a_chinese_name() -> None:
    nameless = [
        topic
        for topic, event in topics().items()
        if event.__module__.startswith("domain.") and event.chinese == topic
    ]
    assert not nameless


def test_the_table_of_access_speaks_of_every_act() -> None:
    assert set(TABLE) == set(Act)
