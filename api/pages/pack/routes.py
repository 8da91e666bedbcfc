"""The ways to a level as a table, level by education, and the words on which each rests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.law import words
from api.pages.pack.eligibility import condition, own_words
from api.pages.pack.parts import Entry, Row, Section, Table, Words, applies, notes
from domain.policy.case_types import FIRST
from domain.policy.silent import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from api.law.readable import Readable
    from domain.policy.levels import Level
    from domain.policy.routes import Route
    from domain.policy.terms import Term
    from domain.policy.when import Recorded

ANY = ""
"""The row of the routes that ask for no education."""


def routes(readable: Readable) -> Section:
    """A table for each kind of procedure, then each route with its words."""
    law = readable.law.whole
    numbered = {route.id: str(number) for number, route in enumerate(law.routes.values(), 1)}
    kinds = dict.fromkeys(route.kind for route in law.routes.values())
    further = {name: rule for name, rule in law.conditions.items() if rule.only_where_asked}
    asked = {name: f"附{number}" for number, name in enumerate(further, 1)}
    parts: list[Entry | Table] = [_grid(kind, numbered, readable) for kind in kinds]
    parts += [_entry(route, numbered[route.id], asked, readable) for route in law.routes.values()]
    for name, rule in further.items():
        parts += condition(rule, readable, asked[name])
    parts += [
        Entry(
            text=f"各种途径的年限：{readable.adjustment(each)}。", cites=each.citations, quoted=True
        )
        for each in law.adjustments.values()
    ]
    parts += _equivalents(readable)
    parts += [
        Entry(
            text=f"学历与年限表在“{each.document}”中，该文件未提供。"
            "系统不作推测，答“不能确定”，由人工判断并记录。",
            notes=notes(applies(readable.when(each.when))),
            cites=each.citations,
            quoted=True,
        )
        for each in law.silent_about(YEARS)
    ]
    return Section(title=Words("学历与年限", "Education and years"), parts=tuple(parts))


def _grid(kind: str, numbered: Mapping[str, str], readable: Readable) -> Table:
    law = readable.law.whole
    those = [route for route in law.routes.values() if route.kind == kind]
    levels = _ranked(law.levels, (level for route in those for level in route.levels))
    educations = _ranked(law.educations, (each for route in those for each in _schooling(route)))
    lines = [ANY] if any(_schooling(route) == (ANY,) for route in those) else []
    rows = []
    for education in [*educations, *lines]:
        cells = [
            tuple(
                f"{in_cell(route, readable)}〔{numbered[route.id]}〕"
                for route in those
                if level in route.levels and education in _schooling(route)
            )
            for level in levels
        ]
        first = readable.education(education) if education else "不限学历"
        rows.append(Row(((first,), *(cell or ("—",) for cell in cells))))
    label = law.labels.get(kind)
    return Table(
        head=(
            Words("学历（学位）", "Education"),
            *(Words(readable.level(level), readable.level(level)) for level in levels),
        ),
        rows=tuple(rows),
        caption=label.chinese if label else "",
        grid=True,
    )


def in_cell(route: Route, readable: Readable) -> str:
    """What a route asks for beside the level of education: its years, and whom it is for."""
    years = "；".join(map(readable.term, route.terms)) or "不要求年限"
    schooling = _asks_of_schooling(route.education, readable) if route.education else ""
    cases = _cases(route, readable)
    limits = "；".join(notes(schooling, cases, "破格，由人工判断" if route.exceptional else ""))
    return f"{years}（{limits}）" if limits else years


def _entry(route: Route, number: str, asked: Mapping[str, str], readable: Readable) -> Entry:
    besides = "、".join(f"〔{asked[name]}〕" for name in route.asks)
    levels = "、".join(map(readable.level, route.levels))
    return Entry(
        text=f"{route.chinese}——{levels}。",
        notes=notes(
            applies(readable.when(route.when)),
            f"另须具备{besides}。" if besides else "",
            "走这一途径的，予以标注。" if route.flags else "",
            "用到取得学历以前的工作的，予以标注。" if _marks(route.terms) else "",
            *(own_words(each.refuses, route.chinese) for each in _every(route.terms)),
        ),
        cites=route.citations,
        quoted=True,
        number=number,
    )


def _marks(terms: tuple[Term, ...]) -> bool:
    return any(term.marks_before for term in _every(terms))


def _every(terms: tuple[Term, ...]) -> Iterator[Term]:
    """Each requirement of time, and what may be met in its place."""
    for term in terms:
        yield term
        yield from _every(term.alternatives)


def _asks_of_schooling(schooling: Recorded, readable: Readable) -> str:
    """What is asked of the education besides its level and, said shorter, how it was studied."""
    modes = tuple(str(each) for each in schooling.wanted("mode"))
    rest = tuple(each for each in schooling.like.equal if each.name != "mode")
    other = replace(schooling, like=replace(schooling.like, equal=rest))
    return "，".join(
        notes(
            _modes(modes),
            f"须有{schooling.count}个" if schooling.count > 1 else "",
            readable.like(other, leaving_out="level"),
        )
    )


def _modes(modes: tuple[str, ...]) -> str:
    if set(modes) == words.STUDY_MODES.keys() - {"full_time"}:
        return "非全日制"
    return "、".join(words.STUDY_MODES.get(mode, mode) for mode in modes)


def _cases(route: Route, readable: Readable) -> str:
    """The kinds of case that a route is open to; nothing where to all or to first ones alone."""
    known = readable.law.whole.case_types
    if route.case_types in {(), (FIRST,)}:
        return "限首次" if route.case_types and known else ""
    named = ("首次" if each == FIRST else known[each].chinese for each in route.case_types)
    return f"限{'、'.join(named)}"


def _schooling(route: Route) -> tuple[str, ...]:
    levels = route.education.wanted("level") if route.education else ()
    return tuple(str(each) for each in levels) or (ANY,)


def _ranked(known: Mapping[str, Level], names: Iterable[str]) -> list[str]:
    once = dict.fromkeys(name for name in names if name)
    return sorted(once, key=lambda name: known[name].rank if name in known else 0)


def _equivalents(readable: Readable) -> list[Entry]:
    return [
        Entry(
            text=f"“{each.chinese}”按{readable.education(each.counts_as)}对待。",
            cites=each.citations,
            quoted=True,
        )
        for each in readable.law.whole.educations.values()
        if each.counts_as
    ]
