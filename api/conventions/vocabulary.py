"""Words of closed vocabularies: asked for by their ids, understood by their Chinese names too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from marshmallow import ValidationError, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

Names = Mapping[str, str]
"""The Chinese name of each word, by its id."""

_ASIDE = re.compile(r"\(.*\)")
"""What a name says further of itself, such as ``硕士（研究生）``; nobody has to write it."""


_OF_YEAR = re.compile(r"(.*)(\.[0-9]{4})")


class Word(fields.String):
    """One word of a vocabulary. Whatever else is sent is told every word that there is.

    ``names`` is the vocabulary, or what gives it when a request comes, for words that the
    policy packs in force define. What is read is the id, as the key that stands in ``names``.
    """

    def __init__(self, names: Names | Callable[[], Names], **options: Any) -> None:  # noqa: ANN401 -- as marshmallow's fields
        self._names = names
        super().__init__(**options)
        if not callable(names):
            nothing = [None] if self.allow_none else []
            described = {str(each): name for each, name in names.items()}
            told = {"enum": [*described, *nothing], "x-names": described}
            self.metadata = {**told, **self.metadata}

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> str:
        said = super()._deserialize(value, attr, data, **kwargs)
        names = self._names() if callable(self._names) else self._names
        word = word_of(said, names)
        if word is None:
            msg = f"Must be one of: {', '.join(told(names))}."
            raise ValidationError(msg)
        return word

    def called(self, word: str) -> str:
        """The Chinese name of a word."""
        names = self._names() if callable(self._names) else self._names
        return names.get(word, word)


class WordOfYear(Word):
    """A word after which a year may stand, for what is stated year by year: ``hours.2024``."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> str:
        dated = _OF_YEAR.fullmatch(value) if isinstance(value, str) else None
        word, year = dated.groups() if dated else (value, "")
        return super()._deserialize(word, attr, data, **kwargs) + year


OR = "／"
"""Between the names of a word that is called differently by several who use it."""


def word_of(said: str, names: Names) -> str | None:
    """The word that somebody means by its id or its Chinese name; None where there is none."""
    levelled = _levelled(said)
    return next((word for word in names if word == levelled), None) or next(
        (word for word, name in names.items() if levelled in _spellings(word, name)), None
    )


def told(names: Names) -> list[str]:
    """Each word as whoever got one wrong is told it."""
    return [_shown(word, name) for word, name in names.items()]


def _spellings(word: str, name: str) -> Iterator[str]:
    yield str(word)
    for each in (name, *name.split(OR)):
        yield _levelled(each)
        yield _ASIDE.sub("", _levelled(each))


def _shown(word: str, name: str) -> str:
    return f"{word}（{name}）" if name != word else str(word)


def _levelled(text: str) -> str:
    """Without differences of width and of spaces around it."""
    return normalize("NFKC", text).strip()
