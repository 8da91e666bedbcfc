"""A law against the texts of the notices that it quotes: its quotes, and what they leave out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.edition import supplements
from domain.policy.faults import Fault, at
from domain.policy.loader import Document, table_of
from domain.policy.notice_sentences import Fate, Passage, passages, rewritten
from domain.policy.quotes import bare_text, check_quotes, contains
from domain.policy.spelling import located

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from domain.policy.header import Quoted
    from domain.policy.law import Law

    Quotes = Mapping[str, Quoted]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What came of it.

    ``notice`` is the text that the law quotes itself, None where there is none among them, and
    ``passages`` what becomes of its every sentence. ``problems`` are quotes that no notice has,
    and sentences of which nothing becomes; ``remarks`` quotes of an earlier notice that this one
    does not repeat. ``rewritten`` is what its text says otherwise than that of the edition before.
    """

    notice: str | None
    passages: tuple[Passage, ...] = ()
    problems: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    rewritten: tuple[tuple[str, str], ...] = ()


def against(law: Law, texts: Mapping[str, str]) -> Compared:
    """Compare a law with the texts of notices, by name."""
    found: dict[str, str | None] = {}
    wrong: list[Fault] = []
    more = _supplements(law)
    for quoting, own in _by_notice(law, more).items():
        others = {name: text for name, text in texts.items() if name not in found.values()}
        checked = check_quotes(own, others)
        found[quoting] = checked.notice
        wrong += [
            at(f"rules.{rule}", "the quote does not stand in the notice", "引文不在通知中")
            for rule in checked.missing
        ]
    notice = found.get([law.id, *more][-1])
    if notice is None:
        return Compared(notice=None, problems=located(law, wrong))
    before = found[law.earlier[-1]] if law.earlier and not more else None
    every = passages(law, texts[notice])
    return Compared(
        notice=notice,
        passages=every,
        problems=(*located(law, [*wrong, *_nowhere(law, texts[notice])]), *_left(notice, every)),
        remarks=located(law, _not_repeated(law, texts[notice])),
        rewritten=rewritten(texts[before], texts[notice]) if before else (),
    )


def _by_notice(law: Law, more: Mapping[str, Collection[str]]) -> Mapping[str, Quotes]:
    """The rules by the notice from which each is quoted, under the pack's id or a supplement's."""
    packs = (*law.earlier, law.id, *law.overlays)
    quoted: dict[str, dict[str, Quoted]] = {pack: {} for pack in packs}
    said_by = {rule: name for name, rules in more.items() for rule in rules}
    for rule, each in law.rules.items():
        source = each.citation.source
        if source in quoted:
            own = said_by.get(rule, source) if source == law.id else source
            quoted.setdefault(own, {})[rule] = each
    return quoted


def _supplements(law: Law) -> dict[str, Collection[str]]:
    """The rules that each supplement quotes, which keeps the id and has a notice of its own."""
    found: dict[str, Collection[str]] = {}
    for name, text in law.texts[1 : len(law.earlier) + 2]:
        table = table_of(Document(name, text))
        if supplements(table):
            found[f"{law.id} v{table['pack']['version']}"] = table.get("rules", {})
        else:
            found = {}
    return found


def _left(notice: str, every: tuple[Passage, ...]) -> Iterator[Fault]:
    for each in every:
        if each.fate is Fate.NOTHING:
            yield Fault(
                document=notice,
                key="",
                line=each.line,
                english=f"nothing becomes of '{each.text}': quote it where a value rests on it, or"
                " write it under [set_aside] with the reason",
                chinese=f"「{each.text}」没有着落：有值依据它的，写进 [rules]；"
                "不需要执行的，写进 [set_aside] 并写明理由",
            )


def _nowhere(law: Law, notice: str) -> Iterator[Fault]:
    """Words set aside that the notice does not have; what an edition inherits may well be gone."""
    bare = bare_text(notice)
    for words in () if law.earlier else law.whole.set_aside:
        if not contains(bare, words):
            yield at(f"set_aside.{words}", "does not stand in the notice", "通知里没有这句话")


def _not_repeated(law: Law, notice: str) -> Iterator[Fault]:
    """Quotes of earlier notices that the new one does not have."""
    bare = bare_text(notice)
    for rule, quoted in law.rules.items():
        source = quoted.citation.source
        inherited = source in law.earlier and source != law.id and not quoted.own_words
        if inherited and not contains(bare, quoted.citation.quote):
            yield at(
                f"rules.{rule}",
                f"is still quoted from {source}; this notice does not say it",
                f"仍引自 {source}，新通知里没有这句话：还适用的不用改，不适用的写进 [dropped]",
            )
