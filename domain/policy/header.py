"""What a policy pack says of itself: which notice it carries out, and the words it quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.reading import Reader


class Followed(NamedTuple):
    """The edition that another follows or supplements: the pack, and which version of it."""

    id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Header:
    """The notice behind a pack.

    ``version`` is the number of this pack's edition; it only grows.
    ``extends`` names the pack that an overlay adds to, ``follows`` the earlier edition of which
    this one says only what differs, ``supplements`` the one that it supplements.
    ``legal_basis`` are the texts that the notice rests on, ``jurisdiction`` its area as a path
    from the province down (``domain.area``); empty for the whole country. ``own_words`` says that
    its rules are in words of their own, where they do not say otherwise.
    """

    id: str
    version: int
    title: str
    issuer: str
    issued_on: date | None
    number: str | None
    province: str
    jurisdiction: str
    legal_basis: tuple[str, ...]
    procedure: str
    extends: str | None
    follows: Followed | None = None
    supplements: Followed | None = None
    own_words: bool = False


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """One rule of the notice with its words.

    ``own_words`` marks words that no supplied text contains: a reading, or a default.
    ``reading`` is how ambiguous words are read.
    """

    citation: Citation
    own_words: bool
    reading: str | None


def read_header(reader: Reader) -> Header:
    """Read the ``[pack]`` table."""
    return Header(
        id=reader.text("id"),
        version=reader.number("version"),
        title=reader.text("title"),
        issuer=reader.text("issuer"),
        issued_on=reader.maybe_day("issued_on"),
        number=reader.maybe_text("number"),
        province=reader.text("province"),
        jurisdiction=reader.text("jurisdiction"),
        legal_basis=reader.texts("legal_basis", ()),
        procedure=reader.text("procedure", ""),
        extends=reader.maybe_text("extends"),
        follows=_read_followed(reader.inner("follows")),
        supplements=_read_followed(reader.inner("supplements")),
        own_words=reader.flag("own_words", default=False),
    )


def _read_followed(reader: Reader | None) -> Followed | None:
    if reader is None:
        return None
    followed = Followed(reader.text("id"), reader.number("version"))
    reader.finish()
    return followed


def read_quoted(reader: Reader, rule: str, source: str, *, own_words: bool = False) -> Quoted:
    """Read one table under ``[rules]``; a quote of nothing is no citation.

    ``own_words`` is what the pack says of all its rules.
    """
    clause, quote = reader.text("clause"), reader.text("quote")
    for key, words in (("clause", clause), ("quote", quote)):
        if not words.strip():
            reader.fault(key, "a citation has a clause and a quote", "引文须有条款号和原文")
    quoted = Quoted(
        citation=Citation(rule=rule, clause=clause, quote=quote, source=source),
        own_words=reader.flag("own_words", default=own_words),
        reading=reader.maybe_text("reading"),
    )
    reader.finish()
    return quoted


def citations_of(quoted: Mapping[str, Quoted]) -> dict[str, Citation]:
    """The citations by rule id."""
    return {rule: each.citation for rule, each in quoted.items()}
