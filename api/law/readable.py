"""What a pack asks of the facts, said in Chinese: facts with their values, tests, requirements.

Here belongs how a value of the law is said; never what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from api.law import words
from domain.policy.comparing import LEVEL_GROUPS
from domain.policy.in_words import length_in_words
from domain.policy.law import Law
from domain.policy.names import RECORDS
from domain.policy.periods import Length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from domain.policy.comparing import Bounds
    from domain.policy.terms import Adjustment, Term
    from domain.policy.when import Recorded, When

_RELATIONS: Mapping[frozenset[str], str] = {
    frozenset(): "工作",
    frozenset({"same"}): "从事本专业工作",
    frozenset({"close"}): "从事相近专业工作",
    frozenset({"same", "close"}): "从事本专业或相近专业工作",
    frozenset({"same", "close", "professional"}): "从事专业技术工作",
}
RELATION: Mapping[str, str] = {
    "same": "本专业",
    "close": "相近专业",
    "professional": "其他专业技术",
    "other": "其他",
}
_AFTER: Mapping[str, str] = {
    "education": "取得学历（学位）后",
    "diploma": "取得毕业证书后",
    "degree": "取得学位证书后",
    "previous": "此后",
    "title": "取得职称后",
}
_BEFORE: Mapping[str, str] = {
    "education": "取得学历（学位）前",
    "diploma": "取得毕业证书前",
    "degree": "取得学位证书前",
    "title": "取得职称前",
}


@dataclass(frozen=True)
class Readable:
    """The words of one law."""

    law: Law

    # names

    def fact(self, name: str) -> str:
        """The Chinese name of a fact; the name itself where nobody gave it one."""
        called = self.law.means(name)[0]
        own = name.removeprefix("achievement.")
        return words.ACHIEVEMENTS.get(name, own) if called == name else called

    def level(self, level: str) -> str:
        """A level of titles; a group with what it comprises."""
        known = self._known(self.law.whole.levels, level)
        within = [
            self._known(self.law.whole.levels, each)
            for each in LEVEL_GROUPS.get(level, ())
            if each != level
        ]
        return f"{known}（含{'、'.join(within)}）" if within else known

    def education(self, level: str) -> str:
        """A level of education."""
        return self._known(self.law.whole.educations, level)

    def body(self, body: str) -> str:
        """A body, an actor, or the stage of this id."""
        if body in words.ACTORS:
            return words.ACTORS[body]
        return self._known(self.law.whole.stages, body)

    def stage(self, stage: str) -> str:
        """A stage of the chain as the notice calls it."""
        return self._known(self.law.whole.stages, stage)

    def batch(self, batch: str) -> str:
        """A batch as the notice calls it."""
        return self._known(self.law.whole.batches, batch)

    def material(self, material: str) -> str:
        """A material, or what may take the place of one."""
        named = words.MATERIALS.get(material)
        return named or self._known(self.law.whole.materials, material)

    def seal(self, seal: str) -> str:
        """A seal or signature."""
        return words.SEALS.get(seal, seal)

    def form_seal(self, seal: str) -> str:
        """A seal on the form of posts."""
        form = self.law.whole.vacancy_form
        return self._known(form.seals, seal) if form and seal in form.seals else self.seal(seal)

    @staticmethod
    def _known(table: Mapping[str, object], name: str) -> str:
        return str(getattr(table.get(name), "chinese", name))

    # tests of facts

    def when(self, test: When, of: str = "") -> str:
        """A test as part of a sentence; empty where it always holds.

        ``of`` is the list of whose one record it is asked.
        """
        parts = [self._equal(_named(each.name, of), each.wanted) for each in test.equal]
        parts += [self._between(each, of) for each in test.bounds]
        parts += [self.recorded(each) for each in test.recorded]
        parts += [self._one(each, of) for each in test.all_of]
        if test.any_of:
            either = "，或者".join(self._one(each, of) for each in test.any_of)
            parts.append(f"（{either}）" if parts and len(test.any_of) > 1 else either)
        text = "，且".join(parts)
        if test.exception is None:
            return text
        exception = self.when(test.exception, of)
        return f"{text}，但{exception}的除外" if text else f"下列情形除外：{exception}"

    def _one(self, test: When, of: str) -> str:
        text = self.when(test, of)
        several = len(test.equal) + len(test.bounds) + len(test.recorded) > 1
        return f"（{text}）" if several or test.exception else text

    def _equal(self, name: str, wanted: tuple[str | int | bool, ...]) -> str:
        called = self.fact(name)
        if len(wanted) == 1 and isinstance(wanted[0], bool):
            yes, no = words.SAID.get(name, (f"“{called}”为“是”", f"“{called}”为“否”"))
            return yes if wanted[0] else no
        if wanted == ("some",):
            return words.SAID[name][0] if name in words.SAID else f"有{called}"
        if wanted == ("none",):
            return words.SAID[name][1] if name in words.SAID else f"没有{called}"
        return f"{called}为{listed(self.value(name, each) for each in wanted)}"

    def recorded(self, asked: Recorded) -> str:
        """What records of a list must be like, and how many."""
        called = words.LISTS.get(asked.list) or self.fact(asked.list)
        if not asked.count:
            return f"没有{called}"
        like = self.like(asked)
        several = f"{asked.count}项" if asked.count > 1 else ""
        return f"有{several}{called}（{like}）" if like else f"有{several}{called}"

    def like(self, asked: Recorded, *, leaving_out: str = "") -> str:
        """What one record must be like, without one of its properties where that is said apart."""
        kept = tuple(each for each in asked.like.equal if each.name != leaving_out)
        return self.when(replace(asked.like, equal=kept), asked.list)

    def _between(self, bounds: Bounds, of: str) -> str:
        def said(bound: int | date | str) -> str:
            return self.fact(_named(bound, of)) if isinstance(bound, str) else str(bound)

        parts = (
            f"不少于（不早于）{said(bounds.at_least)}" if bounds.at_least is not None else "",
            f"不多于（不晚于）{said(bounds.at_most)}" if bounds.at_most is not None else "",
            f"早于{said(bounds.before)}" if bounds.before is not None else "",
            f"与{said(bounds.same_as)}一致" if bounds.same_as is not None else "",
        )
        return f"{self.fact(_named(bounds.name, of))}{'、'.join(filter(None, parts))}"

    def value(self, name: str, value: str | int | bool) -> str:  # noqa: FBT001 -- a value
        """One value of a fact."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if not isinstance(value, str):
            return str(value)
        if value in {"some", "none"}:
            return "任何一种" if value == "some" else "无"
        if name == "level":
            return self.level(value)
        if name == "education.level":
            return self.education(value)
        if name == "title.level":
            return self.level(value)
        if name == "batch":
            return self.batch(value)
        named = words.VALUES.get(name, {})
        if name.startswith("judgement"):
            named = words.VALUES["judgement"]
        return named.get(value) or _pattern(value)

    # requirements of time

    def term(self, term: Term) -> str:
        """A requirement of time as part of a sentence."""
        if term.alternatives:
            return "，或者".join(self.term(each) for each in term.alternatives)
        unbroken = "至今连续" if term.until_now else "连续" if term.unbroken else ""
        said = f"{self.counted(term)}{unbroken}满{_length(term.needed)}"
        said += f"（{words.COUNTED_FROM[term.counted_from]}）" if term.counted_from else ""
        said += "".join(f"（{self.adjustment(each)}）" for each in term.adjustments)
        return said

    def counted(self, term: Term) -> str:
        """What a requirement of time counts, and between which days."""
        start = _AFTER.get(term.after, f"{self.fact(term.after)}之后") if term.after else ""
        if term.title:
            start += f"（职称：{self.like(term.title)}）"
        end = _BEFORE.get(term.before, f"{self.fact(term.before)}之前") if term.before else ""
        around = "取得学历（学位）前后相加，" if term.around else ""
        return f"{around}{start}{end}{self._what(term)}"

    def _what(self, term: Term) -> str:
        if term.of == "tenure":
            levels = term.where.wanted("level") if term.where else ()
            return f"任{listed(self.level(str(each)) for each in levels)}职称"
        if term.of == "since":
            return f"自{self.fact(term.fact or '')}起"
        if term.of != "work":
            where = self.like(term.where) if term.where else ""
            counted = {"post": "在现岗位", "station": "在博士后站"}.get(term.of)
            return counted or f"{self.fact(term.of)}{f'（{where}）' if where else ''}"
        relations = [str(each) for each in term.where.wanted("relation")] if term.where else []
        other = self.like(term.where, leaving_out="relation") if term.where else ""
        named = "、".join(RELATION[each] for each in relations)
        work = _RELATIONS.get(frozenset(relations), f"从事{named}工作")
        return f"{work}（{other}）" if other else work

    def adjustment(self, adjustment: Adjustment) -> str:
        """A reduction or surcharge as part of a sentence."""
        given = self.term(adjustment.given) if adjustment.given else ""
        asked = "，且".join(filter(None, (self.when(adjustment.when), given)))
        changed = "减" if adjustment.months < 0 else "加"
        length = _length(Length.of_months(abs(adjustment.months)))
        if adjustment.per_grade:
            each = f"每有一年考核为{listed(adjustment.per_grade)}"
            return f"{'，且'.join(filter(None, (asked, each)))}的，{changed}{length}"
        return f"{asked}的，{changed}{length}" if asked else f"一律{changed}{length}"


def listed(values: Iterable[str]) -> str:
    """Alternatives in a row, each once, spellings of one thing taken together."""
    once: dict[str, str] = {}
    for each in values:
        once.setdefault(normalize("NFKC", each), each)
    return "、".join(once.values())


def _named(name: str, of: str) -> str:
    """The whole name of what one record of a list is asked: ``education.level``."""
    if name in RECORDS.get(of, ()):
        return f"{of}.{name}"
    if of == "achievement" and "." not in name:
        return f"achievement.{name}"
    return f"work.{name}" if of and name in {"from", "to"} else name


def _pattern(value: str) -> str:
    """A text in which ``*`` stands for any letters."""
    bare = value.strip("*")
    if "*" in bare or bare == value:
        return value.replace("*", "……")
    if value.startswith("*"):
        return f"名称含“{bare}”的" if value.endswith("*") else f"以“{bare}”结尾的"
    return f"以“{bare}”开头的"


def _length(length: Length) -> str:
    return length_in_words(length)[0]
