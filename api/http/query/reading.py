"""A query as it came, read: what is asked, in which order, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Length

from api.http.query.grammar import LONGEST, UnreadableQueryError, terms_of, written
from api.http.query.qualifiers import LANGUAGES, WrongValueError, perhaps
from api.identifiers import is_id
from api.problems import FieldError, Problem
from api.services import services
from projections.asking import Asked, Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from api.acts.acting import Acting
    from api.http.query.grammar import Term
    from api.http.query.qualifiers import Qualifier
    from api.tables.queries import StoredQuery

SORT = "sort"
_SORTING = "排序"
_ORDERS = (SORT, _SORTING)
STORED = ("stored", "检索")
"""What stands before the id of a query that is kept; it says all that that query says."""


def query_field() -> fields.String:
    """A query, as a parameter or a member of a body."""
    described = "Terms such as `status:returned -stage:county decided:>=2026-07-01 sort:-decided`;"
    return fields.String(
        load_default=None,
        validate=Length(0, LONGEST),
        metadata={"description": f"{described} `/v1/qualifiers` tells what there is."},
    )


@dataclass(frozen=True)
class Read:
    """What a query asks, term by term; ``sort`` is by what, with ``-`` before it, if it says so."""

    asked: tuple[Asked, ...] = ()
    sort: str | None = None


def read(
    query: str | None,
    qualifiers: Mapping[str, Qualifier],
    who: Acting,
    *,
    sorts: tuple[str, ...] = (),
    pointer: str = "/query/q",
) -> Read:
    """What is asked of a list with these qualifiers. Raises the problem ``FIELDS_REFUSED``.

    What is wrong is told by its place alone: somebody may have written a name there.
    """
    try:
        told = terms_of(query or "")
    except UnreadableQueryError as error:
        unread = _Wrong(
            error.at,
            "此处无法读懂；每一项写作“限定词:值”，例如 status:returned。",
            "Can't be read here; each term is qualifier:value, such as status:returned.",
        )
        raise _problem([unread], pointer) from error
    wrong = [each for term in told if (each := _not_stored(term, qualifiers)) is not None]
    terms = told if wrong else _unfolded(told)
    ordering = [each for each in terms if each.name in _ORDERS]
    wrong += _wrong_orders(ordering, sorts)
    found: list[Asked] = []
    for term in terms:
        if term not in ordering and term.name not in STORED:
            bounds, faults = _typed(term, qualifiers, who, sorts)
            wrong += faults
            found.append(Asked(_named(term, qualifiers), bounds, term.negated))
    if wrong:
        raise _problem(wrong, pointer)
    return Read(tuple(found), ordering[0].values[0].text if ordering else None)


def written_out(query: str) -> str:
    """A query that can be read, with the terms of those that it names in their place."""
    terms = terms_of(query)
    return written(_unfolded(terms)) if any(map(_stored, terms)) else query


def _unfolded(terms: Iterable[Term]) -> list[Term]:
    """The terms, with those of stored queries where these are named, which are told at that place.

    The order is that of the query itself, if it says one.
    """
    told = list(terms)
    ordered = any(each.name in _ORDERS for each in told)
    found: list[Term] = []
    for term in told:
        kept = _stored(term)
        if kept is None:
            found.append(term)
            continue
        found += (
            replace(each, at=term.at, values=tuple(replace(v, at=term.at) for v in each.values))
            for each in terms_of(kept.asked)
            if not (ordered and each.name in _ORDERS)
        )
    return found


def _stored(term: Term) -> StoredQuery | None:
    """The query that a term names, if it names one."""
    if term.name not in STORED or not is_id(term.values[0].text, "query"):
        return None
    return services().queries.find(term.values[0].text)


def _not_stored(term: Term, qualifiers: Mapping[str, Qualifier]) -> _Wrong | None:
    """What is wrong with a term that is to name a stored query of this list."""
    if term.name not in STORED:
        return None
    kept, alone = _stored(term), len(term.values) == 1 and not term.values[0].sign
    fits = kept is not None and LANGUAGES[kept.list].qualifiers is qualifiers
    if fits and alone and not term.negated:
        return None
    return _Wrong(
        term.at,
        "应为一条保存的检索的编号，且属于本清单，例如 stored:query-…。",
        "Must be the id of one query that is kept, and of this list, such as stored:query-….",
    )


@dataclass(frozen=True)
class _Wrong:
    """What is wrong from a character of the query on."""

    at: int
    chinese: str
    english: str


def _named(term: Term, qualifiers: Mapping[str, Qualifier]) -> str:
    chinese = {each.chinese: name for name, each in qualifiers.items()}
    return chinese.get(term.name, term.name)


def _typed(
    term: Term, qualifiers: Mapping[str, Qualifier], who: Acting, sorts: tuple[str, ...]
) -> tuple[tuple[Bound, ...], list[_Wrong]]:
    qualifier = qualifiers.get(_named(term, qualifiers))
    if qualifier is None:
        known = [*qualifiers, *([SORT] if sorts else [])]
        zh, en = perhaps([term.name], {*known, *(each.chinese for each in qualifiers.values())})
        chinese = f"没有这个限定词。{zh}可以写的是：{'、'.join(known)}。"
        english = f"There is no such qualifier. {en}Must be one of: {', '.join(known)}."
        return (), [_Wrong(term.at, chinese, english)]
    bounds, wrong = list[Bound](), list[_Wrong]()
    for value in term.values:
        try:
            bounds += qualifier.bounds(value, who)
        except WrongValueError as error:
            wrong.append(_Wrong(value.at, error.chinese, error.english))
    return tuple(bounds), wrong


def _wrong_orders(terms: list[Term], sorts: tuple[str, ...]) -> Iterator[_Wrong]:
    for number, term in enumerate(terms):
        for value in term.values:
            if value.text.removeprefix("-") not in sorts or value.sign or term.negated:
                zh, en = perhaps([value.text.removeprefix("-")], sorts)
                yield _Wrong(
                    value.at,
                    f"不能按此排序。{zh}可以写的是：{'、'.join(sorts)}，前加 - 为倒序。",
                    f"Can't be sorted by this. {en}Must be one of: {', '.join(sorts)};"
                    " - before it turns the order round.",
                )
        if number or len(term.values) > 1:
            yield _Wrong(term.at, "只能写一种排序。", "Takes one order.")


def _problem(wrong: list[_Wrong], pointer: str) -> Problem:
    errors = [
        FieldError(
            pointer, f"第 {e.at + 1} 个字符起：{e.chinese}", f"At character {e.at + 1}: {e.english}"
        )
        for e in wrong
    ]
    return Problem("FIELDS_REFUSED", errors=errors)
