"""How a query is written: terms side by side, each a qualifier with the values that it may have.

``status:returned,under_review -stage:county leader:person-… decided:2026-07-01..2026-09-30``
All terms have to hold; of the values of a term one. ``-`` before a term turns it round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r'[^\s,，"<>=≥≤][^\s,，"]*')
LONGEST, MOST_TERMS, MOST_VALUES = 2000, 20, 50

_GRAMMAR = r"""
start: term*
term: NOT? NAME _COLON value (_COMMA value)*
value: SIGN? (WORD | QUOTED)

NOT: "-"
NAME: /[^\s:：,，"<>=≥≤-][^\s:：,，"<>=≥≤]*/
SIGN: ">=" | "<=" | ">" | "<" | "≥" | "≤"
WORD: /[^\s,，"<>=≥≤][^\s,，"]*/
QUOTED: /"[^"]*"/
_COLON: ":" | "："
_COMMA: "," | "，"
%ignore /\s+/
"""


@dataclass(frozen=True)
class Value:
    """One value as it was written, ``sign`` before it, at a place of the query."""

    text: str
    sign: str
    at: int


@dataclass(frozen=True)
class Term:
    """A qualifier with values; ``negated``: none of them."""

    name: str
    values: tuple[Value, ...]
    negated: bool
    at: int


class UnreadableQueryError(ValueError):
    """The query can't be read from the character ``at`` on, counted from 0."""

    def __init__(self, at: int) -> None:
        super().__init__(f"no query from character {at} on")
        self.at = at


class _Terms(Transformer[Token, tuple[Term, ...]]):
    """Makes terms of the tree."""

    @v_args(inline=True)
    def value(self, *tokens: Token) -> Value:
        *signs, word = tokens
        sign = {"≥": ">=", "≤": "<="}.get(str(*signs), str(*signs))
        text = word[1:-1] if word.type == "QUOTED" else str(word)
        return Value(text, sign, word.start_pos or 0)

    def term(self, children: Sequence[Any]) -> Term:
        *before, name = (each for each in children if isinstance(each, Token))
        values = tuple(each for each in children if isinstance(each, Value))
        return Term(str(name), values, bool(before), name.start_pos or 0)

    def start(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        return tuple(terms)


_PARSER = Lark(_GRAMMAR, parser="lalr", transformer=_Terms())


def written(terms: Iterable[Term]) -> str:
    """The terms as a query, from which they are read again."""
    return " ".join(
        f"{'-' if each.negated else ''}{each.name}:{','.join(map(_value, each.values))}"
        for each in terms
    )


def _value(value: Value) -> str:
    return value.sign + (value.text if _WORD.fullmatch(value.text) else f'"{value.text}"')


def terms_of(query: str) -> tuple[Term, ...]:
    """The terms of a query. Raises ``UnreadableQueryError``."""
    try:
        terms: tuple[Term, ...] = _PARSER.parse(query)  # type: ignore[assignment] # by the transformer
    except UnexpectedInput as error:
        at: Any = error.pos_in_stream  # declared as None, and a number wherever it is raised
        raise UnreadableQueryError(at) from error
    for number, term in enumerate(terms):
        if number >= MOST_TERMS or len(term.values) > MOST_VALUES:
            raise UnreadableQueryError(term.at)
    return terms
