"""The text of a module beside its tree: where a node stands, in octets of the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]
"""From the first octet to the one behind the last."""


@dataclass(frozen=True)
class Source:
    """A module of Python."""

    path: str
    text: str

    @cached_property
    def octets(self) -> bytes:
        """As the file has them."""
        return self.text.encode()

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        for line in self.octets.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def span(self, first: ast.AST, last: ast.AST | None = None) -> Span:
        """Where a node stands; with ``last``, from the one through the other."""
        end = last or first
        return (
            self._lines[first.lineno - 1] + first.col_offset,  # type: ignore[attr-defined]
            self._lines[end.end_lineno - 1] + end.end_col_offset,  # type: ignore[attr-defined]
        )

    def whole(self, each: ast.stmt) -> Span:
        """Where a statement at the top stands, with its decorators."""
        decorators = getattr(each, "decorator_list", ())
        first = min([each.lineno, *(one.lineno for one in decorators)])
        return self._lines[first - 1], self.span(each)[1]

    def between(self, left: ast.AST, right: ast.AST) -> Span:
        """What stands between two nodes."""
        return self.span(left)[1], self.span(right)[0]

    def said(self, span: Span) -> str:
        """The text that stands there."""
        return self.octets[span[0] : span[1]].decode()

    def line(self, span: Span) -> int:
        """The line in which something begins, counted from 1."""
        return self.octets.count(b"\n", 0, span[0]) + 1

    def without(self, several: Sequence[ast.AST], one: int) -> Span:
        """What to take out so that one of several nodes in a row is gone."""
        return without([self.span(each) for each in several], one)


def without(several: Sequence[Span], one: int) -> Span:
    """What to take out so that one of several things in a row is gone, with its comma."""
    first, last = several[one]
    if one + 1 < len(several):
        return first, several[one + 1][0]
    return (several[one - 1][1], last) if one else (first, last)
