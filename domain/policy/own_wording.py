"""With which words a pack refuses: a code with its general sentence, or with one of the pack's own.

``code = "YEARS_SHORT"`` alone is told in the general sentence of ``sentences_by_code``. Beside it
may stand ``says = { zh = "须满{needed}，现有{had}。", en = "{needed} needed, {had} there." }``:
then that is told, and the code may be one of the pack's own. No locality is told another's
sentence.

A code of a pack's own means nothing to the program. It is none of those with which the deciders
refuse: these have their lines under ``[refusals]`` of the national default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from string import Formatter
from typing import TYPE_CHECKING

from domain.policy.faults import close_to, listed, quoted
from domain.refusals.sentences_by_code import (
    OF_DECIDERS,
    OF_LAW,
    SENTENCES,
    Sentence,
    Words,
    fields_of,
    filled_in,
    question,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.reading import Reader
    from domain.refusal import Citation, Refusal

OWN_WORDS = frozenset({"condition", "material"})
"""What every condition and material tells: its own words."""
_FORM = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


@dataclass(frozen=True)
class Wording:
    """A code, and the sentence of the pack's own where it brings one."""

    code: str
    own: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        """What is told under the code."""
        return self.own or SENTENCES[self.code]

    def or_found(self, code: str | None) -> Wording:
        """The words for what a check found under a code of its own; the pack's come first."""
        return self if code is None or self.own else Wording(code)

    def refusal(
        self, citations: tuple[Citation, ...], words: Mapping[str, Words], *, pointer: str = ""
    ) -> Refusal:
        """The refusal in these words, with the specifics filled in."""
        told = filled_in(self.code, self.sentence, citations, words, pointer=pointer)
        return replace(told, notice=self.own and (self.own.chinese, self.own.english))

    def question(self, citations: tuple[Citation, ...], words: Mapping[str, Words]) -> Refusal:
        """What is left to human judgement, in the pack's words or else about the condition."""
        if self.own:
            return self.refusal(citations, words)
        return question(self.code, citations, words["condition"])


def read_wording(
    reader: Reader, tells: frozenset[str], default: str | None = None, key: str = "code"
) -> Wording:
    """The code under ``key``, with the sentence under ``says`` where one stands beside it.

    Either sentence asks only for what is told there.
    """
    code = reader.text(key) if default is None else reader.text(key, default)
    says = reader.inner("says")
    if says is not None:
        own = Sentence(*(_read_sentence(says, language, tells) for language in ("zh", "en")))
        says.finish()
        _own_code(reader, key, code)
        return Wording(code, own)
    if code not in OF_LAW:
        reader.fault(
            key,
            f"no sentence is written for {code!r}; one of your own stands under says",
            f"没有「{code}」这个拒绝代码；自己起名的代码，要在 says 里写明答复的话",
            close_to([code], OF_LAW),
        )
    elif unknown := sorted(fields_of(code) - tells):
        reader.fault(
            key,
            f"nothing here tells the {listed(unknown, 'en')} of {code!r}",
            f"「{code}」的说明里要填 {listed(unknown, 'zh')}，这里没有；"
            "请换一个代码，或者在 says 里写自己的话",
        )
    return Wording(code)


def wordings_in(table: object) -> Iterator[Wording]:
    """Every wording that a table of law holds, or whatever it is made of."""
    if isinstance(table, Wording):
        yield table
    elif is_dataclass(table):
        for each in fields(table):
            yield from wordings_in(getattr(table, each.name))
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from wordings_in(value)
    elif isinstance(table, (tuple, list, frozenset)):
        for value in table:
            yield from wordings_in(value)


def _own_code(reader: Reader, key: str, code: str) -> None:
    """Say what is wrong with a code that may be the pack's own."""
    if code in OF_LAW:
        return
    if code in OF_DECIDERS or code in reader.known.taken:
        reader.fault(
            key,
            f"{code!r} is what the program refuses with for reasons of its own; choose another",
            f"「{code}」是系统办理时使用的代码，不能另作他用；请另起一个",
        )
    elif not _FORM.fullmatch(code):
        reader.fault(
            key,
            "a code is written in capitals, such as TOO_MANY_FILINGS",
            "代码用大写字母、数字和下划线写，如 TOO_MANY_FILINGS",
        )


def _read_sentence(says: Reader, language: str, tells: frozenset[str]) -> str:
    """One sentence; what stands in braces is told where it is said, and nothing else."""
    sentence = says.text(language)
    if language in says and not sentence.strip():
        says.fault(language, "is a whole sentence", "应写一句完整的话")
    try:
        asked = tuple(_braced(sentence))
    except ValueError:
        says.fault(
            language,
            "braces stand in pairs around one word, such as {needed}",
            "花括号须成对，里面只写一个名称，如 {needed}",
        )
        return ""
    if unknown := [name for name in asked if name not in tells]:
        there = sorted(tells)
        says.fault(
            language,
            f"nothing here tells {quoted(unknown, 'en')}; there is {listed(there, 'en') or '-'}",
            f"这里没有{quoted(unknown, 'zh')}可填，可以填的是：{listed(there, 'zh') or '无'}",
            close_to(unknown, tells),
        )
    return sentence


def _braced(sentence: str) -> Iterator[str]:
    """What stands in braces. Raises ``ValueError`` where that is more than a word, or open."""
    for _, name, form, conversion in Formatter().parse(sentence):
        if form or conversion:
            raise ValueError(sentence)
        if name is not None:
            yield name
