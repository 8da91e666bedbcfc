"""What becomes of each sentence of a notice: nothing that it says is left out without a word.

A passage is a sentence, or as much of it as one quote covers; white space is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.policy.quotes import OMISSION, bare_text
from domain.policy.soundness import support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.policy.law import Law

_ENDS = "。；！？"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]+[.、．])[^。；！？]{0,40}"
)
_LEAST = 4
"""With fewer characters what is between two quotes says nothing."""
_TOLD = {"references", "contacts", "places"}
_JUDGED = {"silent"}


class Fate(StrEnum):
    """What becomes of a passage."""

    CARRIED = "carried"
    REFERENCE = "reference"
    JUDGED = "judged"
    SET_ASIDE = "set_aside"
    HEADING = "heading"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Part of a notice: its words, on which line they begin, and what becomes of them.

    ``rule`` quotes them, where one does; ``reason`` is why they are set aside, where they are.
    """

    text: str
    line: int
    fate: Fate
    rule: str | None = None
    reason: str | None = None


def passages(law: Law, notice: str) -> tuple[Passage, ...]:
    """Every passage of a notice under a law that quotes it, in order."""
    bare, begins = _bare(notice)
    covers, resting = _covers(law, bare), bearing(law)
    found: list[Passage] = []
    for start, end in _cut(bare, set(begins), covers):
        text = bare[start:end]
        if len(_HAN.findall(text)) < _LEAST and covers[start] is None:
            continue
        line = max((at, number) for at, number in begins.items() if at <= start)[1]
        found.append(_passage(law, text, line, covers[start], resting))
    return tuple(found)


def rewritten(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """What one notice says otherwise than another: the sentences of each, in order.

    Empty on the one side where sentences are new, on the other where they are gone.
    """
    there, here = (list(_sentences(each)) for each in (before, after))
    matched = SequenceMatcher(None, there, here, autojunk=False)
    return tuple(
        ("".join(there[a:b]), "".join(here[c:d]))
        for tag, a, b, c, d in matched.get_opcodes()
        if tag != "equal"
    )


def bearing(law: Law) -> Mapping[str, tuple[str, ...]]:
    """Each rule on which something rests, with what does: values by their keys, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for key, rules in support(law).items():
        for rule in rules:
            found[rule] = (*found.get(rule, ()), key)
    return found


def fate_of(carriers: Iterable[str]) -> Fate:
    """What becomes of the words of a rule, by the values that rest on it."""
    sections = {each.partition("[")[0] for each in carriers}
    if not sections:
        return Fate.NOTHING
    if sections <= _TOLD:
        return Fate.REFERENCE
    return Fate.JUDGED if sections <= {*_TOLD, *_JUDGED} else Fate.CARRIED


def _passage(
    law: Law, text: str, line: int, cover: str | None, resting: Mapping[str, tuple[str, ...]]
) -> Passage:
    if cover is None:
        heading = _HEADING.fullmatch(text) is not None
        return Passage(text=text, line=line, fate=Fate.HEADING if heading else Fate.NOTHING)
    if cover in law.rules:
        return Passage(text=text, line=line, fate=fate_of(resting.get(cover, ())), rule=cover)
    reason = law.whole.set_aside.get(cover)
    fate = Fate.REFERENCE if reason is None else Fate.SET_ASIDE
    return Passage(text=text, line=line, fate=fate, reason=reason)


def _covers(law: Law, bare: str) -> list[str | None]:
    """By each character what covers it: a rule, words set aside, or what the pack names itself."""
    covers: list[str | None] = [None] * len(bare)
    for words in (*_named(law), *law.whole.set_aside):
        for start, end in _everywhere(bare, words):
            covers[start:end] = [words] * (end - start)
    # Words that a quote leaves out may stand elsewhere, too: what is quoted whole goes before.
    quotes = sorted(law.rules.items(), key=lambda each: OMISSION not in each[1].citation.quote)
    for rule, quoted in quotes:
        if not quoted.own_words:
            for start, end in _found(bare, quoted.citation.quote):
                covers[start:end] = [rule] * (end - start)
    return covers


def _named(law: Law) -> Iterator[str]:
    """What a pack takes from the notice without quoting it: its head, addresses, telephones."""
    header, issued = law.whole.header, law.issued_on
    yield from filter(None, (header.title, header.issuer, header.number, *header.legal_basis))
    if issued is not None:
        yield f"{issued.year}年{issued.month}月{issued.day}日"
    for contact in law.contacts():
        yield from filter(None, (contact.name, *contact.phones, contact.address))
    for place in law.whole.places.values():
        yield from (place.address, *place.phones)
    yield from (each.address for each in law.references() if each.address)


def _found(bare: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where each part of a quote stands, if all of them do."""
    spans: list[tuple[int, int]] = []
    at = 0
    for part in map(bare_text, quote.split(OMISSION)):
        start = bare.find(part, at)
        if start < 0:
            return
        at = start + len(part)
        spans.append((start, at))
    yield from spans


def _everywhere(bare: str, words: str) -> Iterator[tuple[int, int]]:
    """Wherever words stand, which may leave some out."""
    if OMISSION in words:
        yield from _found(bare, words)
        return
    sought = bare_text(words)
    start = bare.find(sought) if sought else -1
    while start >= 0:
        yield start, start + len(sought)
        start = bare.find(sought, start + len(sought))


def _cut(bare: str, lines: set[int], covers: list[str | None]) -> Iterator[tuple[int, int]]:
    """Where each passage begins and ends: at sentences, at quotes, at lines that nothing covers."""
    start = 0
    for at in range(1, len(bare) + 1):
        if (
            at == len(bare)
            or covers[at] != covers[at - 1]
            or (covers[at] is None and (at in lines or bare[at - 1] in _ENDS))
        ):
            yield start, at
            start = at


def _bare(text: str) -> tuple[str, Mapping[int, int]]:
    """A text without white space, and which lines begin where in it."""
    begins: dict[int, int] = {}
    bare = ""
    for number, line in enumerate(text.splitlines(), 1):
        if words := bare_text(line):
            begins[len(bare)] = number
            bare += words
    return bare, begins


def _sentences(text: str) -> Iterable[str]:
    """The sentences of a text, without white space."""
    return re.findall(f"[^{_ENDS}]*[{_ENDS}]|[^{_ENDS}]+$", bare_text(text))
