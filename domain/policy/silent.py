"""Where a notice is silent and another document has the answer: it was not supplied, see there.

One list for all of it: the years of a route, the dates of filing, a text that is only named.
Nothing is guessed: what turns on it is undetermined, or judged by people. ``when`` says for whom
the notice is silent, such as one level whose years stand elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader

YEARS, DATES, TEXT = "years", "dates", "text"
ABOUT = (YEARS, DATES, TEXT)


@dataclass(frozen=True, kw_only=True)
class Silent:
    """One silence: about the years, the dates, or a text that the notice only names.

    ``document`` is what the notice calls the text that has the answer, ``english`` the same in
    English, where the pack gives it.
    """

    id: str
    about: str
    document: str
    english: str
    when: When
    citations: tuple[Citation, ...]


def read_silent(reader: Reader) -> Silent:
    """Read one ``[[silent]]`` table."""
    document = reader.text("document")
    return Silent(
        id=reader.text("id"),
        about=reader.one_of("about", ABOUT),
        document=document,
        english=reader.text("en", document),
        when=read_when(reader),
        citations=reader.citations(),
    )
