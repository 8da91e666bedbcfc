"""The whole page: the notice's head, the sections, and every clause with its words at the end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.law.carried import FATES, carriers
from api.law.readable import Readable
from api.pages.pack import eligibility, outcomes, papers, review, routes, silence, timing
from api.pages.pack.parts import Entry, Words, day
from domain.policy.law import NATIONAL_DEFAULT
from domain.policy.notice_sentences import Fate, bearing, fate_of
from domain.policy.soundness import citations_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.pages.pack.parts import Cites, Section
    from domain.policy.law import Law
    from domain.policy.notice_sentences import Passage
    from domain.refusal import Citation

_pages = Environment(
    loader=PackageLoader("api", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SECTIONS = (
    eligibility.scope,
    timing.timing,
    eligibility.conditions,
    eligibility.repetition,
    routes.routes,
    review.chain,
    review.publicity,
    review.authority,
    review.returns,
    papers.materials,
    papers.paper,
    papers.fees,
    outcomes.issued,
    outcomes.sanctions,
    outcomes.terms,
    review.accounts,
    outcomes.told,
    silence.for_people,
    silence.unregulated,
    silence.set_aside,
)
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Clause:
    """One rule as it is quoted: whose it is, how its words are read, and what becomes of them.

    ``fate`` says so in a word, ``by`` names what rests on it.
    """

    rule: str
    clause: str
    quote: str
    own_words: bool
    source: str
    reading: str
    fate: str
    by: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of the notice's text, or part of one: on which line, and what becomes of it.

    ``rule`` is that which quotes it; else ``by`` says why nothing has to, or is empty.
    """

    line: int
    text: str
    fate: str
    rule: str
    by: str
    lost: bool


@dataclass(frozen=True)
class Mark:
    """Rules of one clause that are named together: where their words stand, and whose they are."""

    clause: str
    rule: str
    source: str


class _Page:
    """What the template asks for."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._bearing = bearing(law)

    def clause(self, citation: Citation) -> Clause:
        """The words of one citation."""
        quoted = self._law.rules[citation.rule]
        resting = self._bearing.get(citation.rule, ())
        return Clause(
            rule=citation.rule,
            clause=citation.clause,
            quote=citation.quote,
            own_words=quoted.own_words,
            source=self._source(citation.source),
            reading=quoted.reading or "",
            fate=FATES[fate_of(resting)][0],
            by=carriers(self._law, resting),
        )

    def sentence(self, passage: Passage) -> Sentence:
        """One passage of the notice's text."""
        resting = self._bearing.get(passage.rule or "", ())
        return Sentence(
            line=passage.line,
            text=passage.text,
            fate=FATES[passage.fate][0],
            rule=passage.rule or "",
            by=passage.reason or carriers(self._law, resting),
            lost=passage.fate is Fate.NOTHING,
        )

    def marks(self, cites: Cites) -> list[Mark]:
        """The clauses of an entry, each once."""
        by_clause = groupby(cites, key=lambda each: (each.source, each.clause))
        firsts = [next(group) for _, group in by_clause]
        return [Mark(each.clause, each.rule, self._source(each.source)) for each in firsts]

    def inherited(self, cites: Cites) -> bool:
        """Whether nothing of the notice stands behind an entry."""
        return bool(cites) and all(each.source == NATIONAL_DEFAULT for each in cites)

    def _source(self, source: str) -> str:
        """Whose rule it is: the notice's own needs no word."""
        if source == NATIONAL_DEFAULT:
            return "默认"
        if source == self._law.id:
            return ""
        return "承接" if source in self._law.earlier else "叠加"

    def appendix(self, sections: Iterable[Section]) -> tuple[list[Clause], list[Clause]]:
        """Every rule of the notice, and of the default those that the page rests on."""
        named = {each.rule for section in sections for each in citations_within(section.parts)}
        rules = [each.citation for each in self._law.rules.values()]
        own = [each for each in rules if each.source != NATIONAL_DEFAULT]
        default = [each for each in rules if each.source == NATIONAL_DEFAULT and each.rule in named]
        return [*map(self.clause, own)], [*map(self.clause, default)]


def pack_page(law: Law, language: Literal["zh", "en"], text: Iterable[Passage] = ()) -> str:
    """The page as HTML; ``language`` is that of its headings.

    ``text`` is that of the notice, where it is at hand: every sentence and what becomes of it.
    """
    readable = Readable(law)
    made = [section(readable) for section in _SECTIONS]
    sections = [each for each in made if each.parts]
    page = _Page(law)
    own, default = page.appendix(sections)
    label = law.whole.labels.get(law.whole.header.procedure)
    return _pages.get_template("pack.html").render(
        law=law,
        header=law.whole.header,
        issued=day(law.issued_on) if law.issued_on else "",
        procedure=label.chinese if label else "",
        places=law.jurisdiction.replace("/", ""),
        sections=list(zip(map(_numeral, range(1, len(sections) + 1)), sections, strict=True)),
        page=page,
        own=own,
        numbers={each.rule: number for number, each in enumerate(default, 1)},
        default=default,
        sentences=[page.sentence(each) for each in text],
        said=lambda words: said(words, language),
        language=language,
        is_entry=lambda part: isinstance(part, Entry),
        words=_FIXED,
    )


def said(words: Words, language: Literal["zh", "en"]) -> str:
    """A heading in the language of the page."""
    return words.zh if language == "zh" else words.en


def _numeral(number: int) -> str:
    """A number below a hundred as Chinese headings write it."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")


_FIXED = {
    "issuer": Words("发文机关", "Issued by"),
    "number": Words("文号", "Number"),
    "issued": Words("发文日期", "Issued on"),
    "area": Words("适用地区", "Area"),
    "procedure": Words("办理方式", "Procedure"),
    "basis": Words("依据", "Rests on"),
    "edition": Words("政策包", "Policy pack"),
    "clauses": Words("条款", "Clauses"),
    "appendix": Words("附一　通知原文（逐条）", "Appendix 1: the notice's words"),
    "default": Words("附二　引用的国家层面默认规则", "Appendix 2: default rules that are used"),
    "becomes": Words("着落", "What becomes of it"),
    "text": Words("附三　通知全文（逐句）", "Appendix 3: the notice, sentence by sentence"),
    "line": Words("行", "Line"),
    "rule": Words("编号", "Rule"),
    "words": Words("原文", "Words"),
}
