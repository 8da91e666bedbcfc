"""Whatever becomes of the language, an old text says what it said, and decides as it decided."""

from __future__ import annotations

import json

import pytest

from domain.policy.language import LANGUAGE
from tests.policy.keeping import KEPT, answers, examples, kept_law

LANGUAGES = [str(number) for number in range(1, LANGUAGE + 1)]


def test_every_language_that_was_ever_spoken_is_kept() -> None:
    assert sorted(each.name for each in KEPT.iterdir()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_was_kept_is_the_same_law_and_decides_the_same(language: str) -> None:
    folder = KEPT / language
    told = json.loads((folder / "answers.json").read_text("utf-8"))
    law, asked = kept_law(folder), examples(folder)
    assert law.digest == told["digest"]
    assert law.whole.fees["recognition"].fen == 4200
    for example, before, now in zip(asked, told["answers"], answers(law, asked), strict=True):
        kept = [{key: each[key] for key in was} for was, each in zip(before, now, strict=True)]
        assert kept == before, example["id"]
