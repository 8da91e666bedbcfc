"""Changes to Python, each small enough that a test about that line should notice it.

Left alone is what no test of behaviour can tell: annotations, imports, decorators, docstrings,
sentences (of refusals and errors) and ``assert``, which in this house tells the type checker what
holds anyway. Whatever is decorated, and properties, are changed inside like anything else.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.mutate import of_sql
from bench.mutate.changes import of_expression, of_pattern, of_statement
from bench.mutate.mutant import Mutant
from bench.mutate.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.mutate.changes import Change

_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|SET LOCAL|LOCK) ")
_NAMES_A_TYPE = ("cast", "TypeVar", "NewType", "Literal")


def mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every change to a module, in the order of the text; none that can't be read any more."""
    source = Source(path, text)
    found: dict[tuple[int, int, str], Mutant] = {}
    for top in ast.parse(text).body:
        for scope, (span, after) in _of_body(source, [top], _MODULE, None):
            before = source.said(span)
            around = source.span(scope.alone) if scope.alone else source.whole(top)
            if before.strip() != after and _can_be_read(source, around, span, after):
                line = source.line(span)
                mutant = Mutant(
                    path=path,
                    line=line,
                    lines=scope.lines or range(line, line + 1),
                    within=".".join(scope.names),
                    imported=scope.imported,
                    first=span[0],
                    last=span[1],
                    before=before,
                    after=after,
                )
                found.setdefault((*span, after), mutant)
    yield from (found[key] for key in sorted(found))


def _can_be_read(source: Source, around: Span, span: Span, after: str) -> bool:
    """Whether the statement around a change is still one."""
    ahead, behind = source.said((around[0], span[0])), source.said((span[1], around[1]))
    try:
        ast.parse(f"{ahead}{after}{behind}")
    except SyntaxError:
        return False
    return True


@dataclass(frozen=True)
class _Scope:
    """Where code stands; until it is in a function it runs when the module is imported.

    ``alone`` is a statement that has no others in it.
    """

    names: tuple[str, ...]
    imported: bool
    alone: ast.stmt | None = None

    @property
    def lines(self) -> range | None:
        """Those of a statement that has no others in it."""
        if self.alone is None:
            return None
        return range(self.alone.lineno, (self.alone.end_lineno or self.alone.lineno) + 1)

    def of(self, each: ast.stmt) -> _Scope:
        """The same for what one statement is made of."""
        alone = not hasattr(each, "body") and not isinstance(each, ast.Match)
        return _Scope(self.names, self.imported, each if alone else None)

    def within(self, name: str, *, function: bool) -> _Scope:
        """The same within a function or a class."""
        return _Scope((*self.names, name), self.imported and not function)


_MODULE = _Scope((), imported=True)
_Found = tuple[_Scope, "Change"]


def _of_body(
    source: Source, body: list[ast.stmt], scope: _Scope, answers: ast.expr | None
) -> Iterator[_Found]:
    """The changes to statements; ``answers`` is what their function is annotated to return."""
    for each in body:
        match each:
            case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Expr(value=ast.Constant()):
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for value in [*each.args.defaults, *filter(None, each.args.kw_defaults)]:
                    yield from _of_value(source, value, scope.within(each.name, function=False))
                inner = scope.within(each.name, function=True)
                yield from _of_body(source, each.body, inner, each.returns)
            case ast.ClassDef():
                inner = scope.within(each.name, function=False)
                yield from _of_body(source, each.body, inner, None)
            case _:
                here = scope.of(each)
                for change in of_statement(source, each, answers):
                    yield here, change
                for child in ast.iter_child_nodes(each):
                    yield from _of_child(source, each, child, here, answers)


def _of_child(
    source: Source,
    parent: ast.AST,
    child: ast.AST,
    scope: _Scope,
    answers: ast.expr | None,
) -> Iterator[_Found]:
    match child:
        case ast.stmt():
            yield from _of_body(source, [child], scope, answers)
        case ast.expr():
            annotation = isinstance(parent, ast.AnnAssign) and child is parent.annotation
            if not annotation:
                yield from _of_value(source, child, scope)
        case ast.pattern():
            for change in of_pattern(source, child):
                yield scope, change
        case _:  # a case, a handler, an item of ``with``
            for each in ast.iter_child_nodes(child):
                yield from _of_child(source, child, each, scope, answers)


def _of_value(source: Source, value: ast.expr, scope: _Scope) -> Iterator[_Found]:
    """The changes to an expression and to all that it is made of."""
    for change in of_expression(source, value):
        yield scope, change
    match value:
        case ast.JoinedStr():
            return  # before Python 3.12 nobody knows where its parts stand
        case ast.Constant(value=str(text)) if _SQL.search(text):
            yield from ((scope, change) for change in _of_sql(source, value))
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES_A_TYPE:
            for each in value.args[1:]:
                yield from _of_value(source, each, scope)
        case ast.Lambda():
            yield from _of_value(source, value.body, scope)
        case _:
            for child in ast.iter_child_nodes(value):
                yield from _of_part(source, child, scope)


def _of_part(source: Source, child: ast.AST, scope: _Scope) -> Iterator[_Found]:
    match child:
        case ast.expr():
            yield from _of_value(source, child, scope)
        case ast.keyword():
            yield from _of_value(source, child.value, scope)
        case ast.comprehension():
            yield from _of_value(source, child.iter, scope)
            for test in child.ifs:
                if not isinstance(test, ast.Constant):
                    yield scope, (source.span(test), "True")
                yield from _of_value(source, test, scope)
        case _:
            pass


def _of_sql(source: Source, value: ast.expr) -> Iterator[Change]:
    first, last = source.span(value)
    text = source.said((first, last))
    for start, end, after in of_sql.changes(text):
        yield (first + len(text[:start].encode()), first + len(text[:end].encode())), after
