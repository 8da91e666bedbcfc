"""What can't be seen is no text, and no name turns the words around it (C5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from marshmallow import ValidationError

from api.conventions.fields import Name, Text

if TYPE_CHECKING:
    from tests.api.world import World

UNSEEN = ["\u200b", "\u3164", "\u2060", "\u2800", " \ufeff\u00ad ", "\u202e", "\ufe0f"]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_cannot_be_seen_says_nothing(text: str) -> None:
    for field in (Text(), Name()):
        with pytest.raises(ValidationError, match="nothing that can be seen"):
            field.deserialize(text)
        assert not re.search(field.metadata["pattern"], text)


@pytest.mark.parametrize("text", ["某\u202e甲", "\u2066某甲", "某甲\u200f"])
def test_a_name_does_not_turn_the_words_around_it(text: str) -> None:
    with pytest.raises(ValidationError, match="direction"):
        Name().deserialize(text)
    assert not re.search(Name().metadata["pattern"], text)
    assert Text().deserialize(text) == text


@pytest.mark.parametrize("name", ["欧阳·若兰", "Müller", "葛\U000e0100", "某 甲"])
def test_names_are_taken_as_they_are(name: str) -> None:
    assert Name().deserialize(name) == name
    assert re.search(Name().metadata["pattern"], name)


def test_it_is_told_in_chinese_with_its_place(world: World) -> None:
    body = {
        "name": "某校\u202e",
        "kind": "institution",
        "ownership": "state",
        "level": "county",
        "area": world.area,
    }
    answer = world.system.post("/v1/organisations", body)
    assert answer.status == 422
    (said,) = answer.body["errors"]
    assert (said["pointer"], "方向" in said["detail"]) == ("/name", True)
