"""What in a law can never have an effect, and what it quotes without resting anything on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from domain.policy.comparing import LEVEL_GROUPS
from domain.policy.faults import Fault
from domain.policy.when import ALWAYS, When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.law import Law
    from domain.policy.layer import Layer

FIRST_FITS = ("authorities", "fees", "places", "paper_duties")
"""Sections of which the first entry that fits is taken."""


def remarks(law: Law) -> tuple[Fault, ...]:
    """Each thing that has no effect, with its key."""
    return (
        *_uncited(law),
        *_shadowed(law.whole),
        *_unhandled_routes(law.whole),
        *_asked_by_nobody(law.whole),
    )


def cited_rules(law: Law) -> frozenset[str]:
    """The ids of all rules that some value rests on."""
    return frozenset().union(*support(law).values())


def support(law: Law) -> dict[str, frozenset[str]]:
    """Each value of the law by its key, such as ``routes[master]``, with the rules it rests on."""
    found: dict[str, frozenset[str]] = {}
    for field in fields(law.whole):
        value = getattr(law.whole, field.name)
        if field.name == "rules":
            continue
        if isinstance(value, Mapping):
            found |= {f"{field.name}[{name}]": _rules_in(each) for name, each in value.items()}
        else:
            found[field.name] = _rules_in(value)
    return found


def _rules_in(value: object) -> frozenset[str]:
    return frozenset(citation.rule for citation in citations_within(value))


def _without_effect(key: str, english: str, chinese: str) -> Fault:
    return Fault(document="", key=key, english=english, chinese=chinese)


def _uncited(law: Law) -> Iterator[Fault]:
    used, own = cited_rules(law), {law.id, *(layer for layer, _ in law.layers[1:])}
    for rule, quoted in law.rules.items():
        if rule not in used and quoted.citation.source in own:
            yield _without_effect(
                f"rules.{rule}", "quoted, but no value rests on it", "引了原文，但没有用到"
            )


def citations_within(value: object) -> Iterator[Citation]:
    """Every citation anywhere within a value of the law, in order."""
    return (each for each in within(value) if isinstance(each, Citation))


def within(value: object) -> Iterator[object]:
    """A value of the law and all of which it is made, in order; a citation is whole.

    What is held in several places, such as the names of a list, comes once.
    """
    waiting, met = [value], set[int]()
    while waiting:
        if id(one := waiting.pop()) not in met:
            met.add(id(one))
            yield one
            waiting.extend(reversed(_parts(one)))


def _parts(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, Mapping):
        return tuple(value.values())
    if is_dataclass(value) and not isinstance(value, Citation | type):
        return tuple(getattr(value, name) for name in _fields(type(value)))
    return ()


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _shadowed(law: Layer) -> Iterator[Fault]:
    """Entries that come after one that always fits."""
    for section in FIRST_FITS:
        taken_by: str | None = None
        for name, entry in getattr(law, section).items():
            if taken_by is not None:
                yield _without_effect(
                    f"{section}[{name}]",
                    f"never reached, {taken_by!r} always fits before it",
                    f"永远轮不到：排在前面的「{taken_by}」没有写 when，总是先符合",
                )
            when: When = entry.when
            if when == ALWAYS and taken_by is None:
                taken_by = name


def _unhandled_routes(law: Layer) -> Iterator[Fault]:
    if law.handled is None:
        return
    handled = set(_levels(law.handled.levels))
    for route in law.routes.values():
        if not set(_levels(route.levels)) & handled:
            yield _without_effect(
                f"routes[{route.id}]",
                "leads to a level that is not handled",
                "通向的级别不在 [handled] 所列之内",
            )


def _levels(levels: Iterable[str]) -> Iterator[str]:
    for level in levels:
        yield from LEVEL_GROUPS.get(level, (level,))


def _asked_by_nobody(law: Layer) -> Iterator[Fault]:
    asked = {name for route in law.routes.values() for name in route.asks}
    for name, rule in law.conditions.items():
        if rule.only_where_asked and name not in asked:
            yield _without_effect(
                f"conditions[{name}]", "no route asks for it", "没有途径用 asks 引用它"
            )
    posted = {stage.publicity for stage in law.stages.values()}
    for name in law.publicity:
        if name not in posted:
            yield _without_effect(
                f"publicity[{name}]", "no stage waits for it", "没有环节用 publicity 引用它"
            )
