"""Queries at random, and which rows meet them: each row says by qualifier what is so of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt
from typing import Any

from hypothesis import strategies as st

Holds = Mapping[str, set[Any]]
"""By qualifier, what is so of one row; nothing, where nothing is."""
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {"": eq, ">=": ge, ">": gt, "<=": le, "<": lt}


@dataclass(frozen=True)
class Term:
    """A qualifier; each value with the sign before it, or both ends of a range."""

    name: str
    values: tuple[tuple[str, Any], ...]
    negated: bool

    def __str__(self) -> str:
        said = ",".join(
            f'"{value[0]}..{value[1]}"' if sign == ".." else f'{sign}"{value}"'
            for sign, value in self.values
        )
        return f"{'-' if self.negated else ''}{self.name}:{said}"

    def fits(self, row: Holds) -> bool:
        """Whether one of the values is so of a row."""
        return any(
            self._one(sign, end, each) for sign, end in self.values for each in row[self.name]
        )

    @staticmethod
    def _one(sign: str, end: Any, value: Any) -> bool:  # noqa: ANN401 -- days, numbers or words
        return end[0] <= value <= end[1] if sign == ".." else _SIGNS[sign](value, end)


def meets(row: Holds, terms: Iterable[Term]) -> bool:
    """Whether every term holds of a row."""
    return all(each.fits(row) is not each.negated for each in terms)


def together(rows: Sequence[Holds], terms: Sequence[Term]) -> bool:
    """Whether one row meets all plain terms, and none any that is turned round."""
    plain = [each for each in terms if not each.negated]
    there = not plain or any(all(each.fits(row) for each in plain) for row in rows)
    return there and not any(e.fits(row) for e in terms if e.negated for row in rows)


def queries(rows: Sequence[Holds], compared: Iterable[str]) -> st.SearchStrategy[list[Term]]:
    """Up to four terms, mostly over what is so of one of some rows; of ``compared`` with signs."""
    pool = values_of(rows)
    signs = st.sampled_from(sorted(_SIGNS))

    def term(row: Holds, name: str) -> st.SearchStrategy[Term]:
        here = st.sampled_from(sorted(row[name]))
        one = st.one_of(here, here, st.sampled_from(pool[name]))
        bound = st.tuples(st.just(""), one)
        if name in compared:
            ends = st.tuples(one, one).map(lambda two: (min(two), max(two)))
            bound = st.one_of(st.tuples(signs, one), st.tuples(st.just(".."), ends))
        many = st.lists(bound, min_size=1, max_size=3).map(tuple)
        rarely = st.integers(0, 4).map(lambda chance: chance == 0)
        return st.builds(Term, st.just(name), many, rarely)

    def about(row: Holds) -> st.SearchStrategy[list[Term]]:
        names = st.sampled_from(sorted(name for name in pool if row.get(name)))
        return st.lists(names.flatmap(lambda name: term(row, name)), max_size=4)

    return st.sampled_from(rows).flatmap(about)


def values_of(rows: Iterable[Holds]) -> dict[str, list[Any]]:
    """By qualifier, everything that is so of any of some rows."""
    found: dict[str, set[Any]] = {}
    for row in rows:
        for name, some in row.items():
            if isinstance(some, set):
                found.setdefault(name, set()).update(some)
    return {name: sorted(some) for name, some in found.items()}
