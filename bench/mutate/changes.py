"""The operators: what is done to one statement, one expression, one pattern."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from bench.mutate.source import Source, Span, without

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = tuple[Span, str]
"""Where, and what is put there."""

_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_RECKONED: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.BitOr: "&",
    ast.BitAnd: "|",
}
_OTHERWISE = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NOTHING = {
    "tuple": "()",
    "list": "[]",
    "dict": "{}",
    "Mapping": "{}",
    "Sequence": "()",
    "set": "set()",
    "frozenset": "frozenset()",
    "str": '""',
}
_EVERYBODYS = "Act.CHECK_ELIGIBILITY"
_PAIRS = {
    "HANDLER": "LEADER",
    "LEADER": "HANDLER",
    "INTEGRITY_HANDLER": "INTEGRITY_LEADER",
    "INTEGRITY_LEADER": "INTEGRITY_HANDLER",
}
_SEATS = 3
"""The place of the seats among what a row says."""
_WORD = re.compile(r"[A-Za-z0-9_.:/-]+")


def of_statement(source: Source, each: ast.stmt, answers: ast.expr | None) -> Iterator[Change]:
    """What may be done to a statement, apart from what it is made of."""
    here = source.span(each)
    match each:
        case ast.Raise() | ast.Continue() | ast.Break() | ast.Delete() | ast.AugAssign():
            yield here, "pass"
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom() | ast.Await()):
            yield here, "pass"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield here, "pass"
        case ast.Return(value=ast.expr() as value):
            yield from ((source.span(value), less) for less in _less(value, answers))
        case ast.If(test=test) if not isinstance(test, ast.Constant):
            yield source.span(test), "True"
            yield source.span(test), "False"
        case ast.While(test=test) if not isinstance(test, ast.Constant):
            yield source.span(test), "False"
        case ast.For(iter=several):
            yield source.span(several), "()"
        case ast.Match(cases=cases):
            for case in cases:
                if case.guard is not None:
                    yield source.span(case.guard), "True"
                    yield source.span(case.guard), "False"
        case _:
            pass


def of_expression(source: Source, each: ast.expr) -> Iterator[Change]:
    """What may be done to an expression, apart from what it is made of."""
    here = source.span(each)
    match each:
        case ast.Constant(value=bool() as value):
            yield here, str(not value)
        case ast.Constant(value=int() as value):
            yield here, str(value + 1)
        case ast.Constant(value=str() as value) if _WORD.fullmatch(value):
            yield here, repr(f"{value}_")
        case ast.BoolOp(values=values):
            for place in range(len(values)):
                yield source.without(values, place), ""
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield here, source.said(source.span(operand))
        case ast.Compare():
            yield from _compared(source, each)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _RECKONED:
            yield from _swapped(source, source.between(left, right), _RECKONED[type(op)])
        case ast.IfExp(test=test):
            yield source.span(test), "True"
            yield source.span(test), "False"
        case ast.Call(func=ast.Name(id="Row" | "Thing")):
            yield from _called(source, each)
            yield from _declared(source, each)
        case ast.Call():
            yield from _called(source, each)
        case ast.Tuple(elts=several, ctx=ast.Load()) | ast.List(elts=several, ctx=ast.Load()):
            yield from _displayed(source, here, several)
        case ast.Set(elts=[_]):
            yield here, "set()"
        case ast.Set(elts=several):
            yield from _displayed(source, here, several)
        case ast.Dict(keys=keys, values=values):
            yield from _mapped(source, keys, values)
        case _:
            pass


def of_pattern(source: Source, each: ast.pattern) -> Iterator[Change]:
    """One of several patterns, or what a pattern asks for besides the class, taken out."""
    match each:
        case ast.MatchOr(patterns=several):
            for place, one in enumerate(several):
                yield source.without(several, place), ""
                yield from of_pattern(source, one)
        case ast.MatchClass(kwd_patterns=several) | ast.MatchSequence(patterns=several):
            for one in several:
                if not isinstance(one, (ast.MatchAs, ast.MatchStar)):
                    yield source.span(one), "_"
                yield from of_pattern(source, one)
        case ast.MatchAs(pattern=ast.pattern() as one):
            yield from of_pattern(source, one)
        case _:
            pass


def _less(value: ast.expr, answers: ast.expr | None) -> Iterator[str]:
    """What a function might answer that knows less; nothing for a constant."""
    if isinstance(value, ast.Constant):
        return
    named = answers.value if isinstance(answers, ast.Subscript) else answers
    name = named.id if isinstance(named, ast.Name) else ""
    if name == "bool":
        yield from ("True", "False")
    else:
        yield _NOTHING.get(name, "None")


def _compared(source: Source, each: ast.Compare) -> Iterator[Change]:
    left = each.left
    for op, right in zip(each.ops, each.comparators, strict=True):
        yield from _swapped(source, source.between(left, right), _COMPARED[type(op)])
        left = right


def _swapped(source: Source, between: Span, after: str) -> Iterator[Change]:
    """The operator that stands between two operands; brackets beside it stay."""
    text = source.said(between)
    found = re.search(r"(not\s+in|is\s+not|in|is|[=!<>]=?|[-+|&])(?=[\s(\w\"'\[{-]|$)", text)
    if found is not None:
        start = between[0] + len(text[: found.start()].encode())
        yield (start, start + len(found[0].encode())), after


def _called(source: Source, each: ast.Call) -> Iterator[Change]:
    """A keyword argument left out, or a name that means the opposite."""
    arguments = sorted([*each.args, *each.keywords], key=source.span)
    for place, one in enumerate(arguments):
        if isinstance(one, ast.keyword) and one.arg is not None:
            yield source.without(arguments, place), ""
    if isinstance(each.func, ast.Name) and each.func.id in _OTHERWISE:
        yield source.span(each.func), _OTHERWISE[each.func.id]


def _declared(source: Source, each: ast.Call) -> Iterator[Change]:
    """What guards an act, made to guard nothing: an act that everybody may do, no seat, no reading.

    A seat is also exchanged for the other one of its pair.
    """
    for one in [*each.args, *(keyword.value for keyword in each.keywords)]:
        for part in one.elts if isinstance(one, ast.Tuple) else (one,):
            match part:
                case ast.Attribute(value=ast.Name(id="Act")):
                    yield source.span(part), _EVERYBODYS
                case ast.Name(id=seat) if seat.lstrip("_") in _PAIRS:
                    other = seat.replace(seat.lstrip("_"), _PAIRS[seat.lstrip("_")])
                    yield source.span(part), other
                case _:
                    pass
    for keyword in each.keywords:
        if keyword.arg == "reading":
            yield source.span(keyword.value), "None"
    if len(each.args) > _SEATS:
        yield source.span(each.args[_SEATS]), "()"


def _displayed(source: Source, here: Span, several: list[ast.expr]) -> Iterator[Change]:
    """An element left out; the comma that makes a tuple of one stays."""
    bracket = source.said(here)[:1]
    match several:
        case [_]:
            yield here, "[]" if bracket == "[" else "()"
        case [one, other] if bracket == "(":
            for rest in (other, one):
                yield here, f"({source.said(source.span(rest))},)"
        case _:
            for place in range(len(several)):
                yield source.without(several, place), ""


def _mapped(
    source: Source, keys: list[ast.expr | None], values: list[ast.expr]
) -> Iterator[Change]:
    """An entry left out; where one is taken over from another mapping, all stay."""
    entries = [source.span(key, value) for key, value in zip(keys, values, strict=True) if key]
    if len(entries) == len(keys):
        for place in range(len(entries)):
            yield without(entries, place), ""
