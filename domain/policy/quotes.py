"""Whether the words that a pack quotes stand in its notice, letter for letter.

White space is left out on both sides; ``……`` in a quote stands for words left out.
Words that a pack marks as its own are not looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.header import Quoted

OMISSION = "……"


@dataclass(frozen=True)
class QuoteCheck:
    """The notice in which most of the quotes stand, and the rules whose words do not.

    ``notice`` is None where no text contains any of them.
    """

    notice: str | None
    quoted: int
    missing: tuple[str, ...]


def bare_text(text: str) -> str:
    """A text without any white space."""
    return "".join(text.split())


def contains(notice: str, quote: str) -> bool:
    """Whether every part of the quote stands in the bare notice, in order."""
    position = 0
    for part in quote.split(OMISSION):
        found = notice.find(bare_text(part), position)
        if found < 0:
            return False
        position = found + len(bare_text(part))
    return True


def check_quotes(rules: Mapping[str, Quoted], notices: Mapping[str, str]) -> QuoteCheck:
    """Find the notice that a pack quotes, and what it quotes wrongly.

    ``rules`` are those of one pack, ``notices`` the texts by name.
    """
    quotes = {rule: each.citation.quote for rule, each in rules.items() if not each.own_words}
    best = QuoteCheck(None, len(quotes), tuple(quotes))
    for name, text in notices.items():
        bare = bare_text(text)
        missing = tuple(rule for rule, quote in quotes.items() if not contains(bare, quote))
        if len(missing) < len(best.missing):
            best = QuoteCheck(name, len(quotes), missing)
    return best
