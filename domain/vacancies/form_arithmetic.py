"""Whether the figures of a form of posts come out, line by line (HZ-53…56).

A notice says which of these sums it asks for; each is one named function here.
Figures are persons or posts, whole and never negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.policy.vacancy_form import REFUSE, VacancyFormRule
from domain.refusals.sentences_by_code import refusal
from domain.vacancies.events import ListedPerson, VacancyColumn, VacancyTotals

if TYPE_CHECKING:
    from domain.refusal import Refusal

ARITHMETIC = "VACANCY_ARITHMETIC"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What an employer fills in; see ``VacanciesStated`` for the meaning of each.

    ``promised`` is not filled in: how many posts of a column are promised to others by the record.
    """

    establishment: int
    posts: int
    columns: tuple[VacancyColumn, ...]
    totals: VacancyTotals
    appointed: int
    recommended: int
    listed: tuple[ListedPerson, ...]
    promised: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class WrongLine:
    """One line that does not come out: where, and the sum in words of both languages."""

    pointer: str
    chinese: str
    english: str


Sum = Callable[[Figures, VacancyFormRule], Iterator[WrongLine]]


def vacant(form: Figures, rule: VacancyFormRule) -> Iterator[WrongLine]:
    """Vacancies are approved less employed, in each column and in the totals (HZ-54)."""
    for number, each in enumerate(form.columns):
        if each.vacant != each.approved - each.employed:
            words = _column(each, rule)
            yield _difference(f"/columns/{number}/vacant", words, each)
    if form.totals.vacant != form.totals.approved - form.totals.employed:
        yield _difference("/totals/vacant", ("总数", "totals"), form.totals)


def totals(form: Figures, _rule: VacancyFormRule) -> Iterator[WrongLine]:
    """The columns add up to the totals (HZ-53, HZ-54)."""
    for name, chinese in (("approved", "核准人数"), ("employed", "实聘人数"), ("vacant", "空缺")):
        parts = [getattr(each, name) for each in form.columns]
        stated = getattr(form.totals, name)
        if sum(parts) != stated:
            added = "＋".join(str(each) for each in parts)
            yield WrongLine(
                f"/totals/{name}",
                f"{chinese}总数：{added}＝{sum(parts)}，填报为{stated}",
                f"total {name}: {' + '.join(map(str, parts))} = {sum(parts)}, stated {stated}",
            )


def offered(form: Figures, rule: VacancyFormRule) -> Iterator[WrongLine]:
    """No column puts out more posts than are vacant (HZ-55)."""
    for number, each in enumerate(form.columns):
        free = max(0, each.approved - each.employed)
        if each.offered > free:
            chinese, english = _column(each, rule)
            yield WrongLine(
                f"/columns/{number}/offered",
                f"{chinese}：推出{each.offered}个岗位，空缺{free}个",
                f"{english}: {each.offered} posts offered, {free} vacant",
            )


def promised(form: Figures, rule: VacancyFormRule) -> Iterator[WrongLine]:
    """No post is put out that an earlier list promised to somebody (HZ-05, HZ-56)."""
    for number, each in enumerate(form.columns):
        free = max(0, each.approved - each.employed)
        taken = form.promised.get(each.column, 0)
        if taken and each.offered + taken > free:
            chinese, english = _column(each, rule)
            yield WrongLine(
                f"/columns/{number}/offered",
                f"{chinese}：推出{each.offered}个岗位，空缺{free}个，"
                f"其中{taken}个已承诺给此前推荐、尚未聘任的人员",
                f"{english}: {each.offered} posts offered, {free} vacant, of which {taken} were"
                " promised before to persons who are not appointed yet",
            )


def recommended(form: Figures, _rule: VacancyFormRule) -> Iterator[WrongLine]:
    """Whoever is appointed or recommended fits into the posts put out (HZ-56)."""
    posts = sum(each.offered for each in form.columns)
    together = form.appointed + form.recommended
    if together > posts:
        yield WrongLine(
            "/recommended",
            f"直接聘任{form.appointed}人＋推荐参评{form.recommended}人＝{together}人，"
            f"推出岗位{posts}个",
            f"{form.appointed} appointed + {form.recommended} recommended = {together},"
            f" {posts} posts offered",
        )


def listed(form: Figures, rule: VacancyFormRule) -> Iterator[WrongLine]:
    """The list names as many as are recommended, each for a column that has posts (HZ-57)."""
    if len(form.listed) != form.recommended:
        yield WrongLine(
            "/listed",
            f"推荐参评{form.recommended}人，名单列有{len(form.listed)}人",
            f"{form.recommended} recommended, {len(form.listed)} listed",
        )
    for number, each in enumerate(form.columns):
        named = [one for one in form.listed if _belongs(one, each, rule)]
        if len(named) > each.offered:
            chinese, english = _column(each, rule)
            yield WrongLine(
                f"/columns/{number}/offered",
                f"{chinese}：推出{each.offered}个岗位，名单列有{len(named)}人",
                f"{english}: {each.offered} posts offered, {len(named)} persons listed",
            )


WAYS: Mapping[str, Sum] = {
    "vacant": vacant,
    "totals": totals,
    "offered": offered,
    "promised": promised,
    "recommended": recommended,
    "listed": listed,
}
"""Each sum under the name that packs use."""


def wrong_lines(
    form: Figures, rule: VacancyFormRule
) -> tuple[tuple[Refusal, ...], tuple[str, ...]]:
    """Every line that is refused, with the words it rests on; and the sums that are only marked."""
    refused: list[Refusal] = []
    marked: list[str] = []
    for each in rule.sums.values():
        found = list(WAYS[each.id](form, rule))
        if each.otherwise == REFUSE:
            refused += [
                refusal(
                    ARITHMETIC,
                    each.citations,
                    pointer=line.pointer,
                    condition=(line.chinese, line.english),
                )
                for line in found
            ]
        elif found:
            marked.append(each.id)
    return tuple(refused), tuple(marked)


def _column(column: VacancyColumn, rule: VacancyFormRule) -> tuple[str, str]:
    known = rule.columns[column.column]
    return known.chinese, known.english


def _belongs(person: ListedPerson, column: VacancyColumn, rule: VacancyFormRule) -> bool:
    found = rule.column_of(person.level)
    return found is not None and found.id == column.column


def _difference(
    pointer: str, words: tuple[str, str], line: VacancyColumn | VacancyTotals
) -> WrongLine:
    found = line.approved - line.employed
    return WrongLine(
        pointer,
        f"{words[0]}：{line.approved}−{line.employed}＝{found}，填报空缺为{line.vacant}",
        f"{words[1]}: {line.approved} - {line.employed} = {found}, stated {line.vacant} vacant",
    )
