"""When a rule applies: a table of named facts and the values asked for.

``{ "unit.type" = "institution", level = ["junior"] }`` asks for all of its keys.
The values of a list are alternatives; ``*`` in a text stands for any letters;
``"none"`` asks that there be none, ``"some"`` that there be one.
``any = [ … ]`` asks for one of several tables.
A fact that is not mentioned answers neither yes nor no, but None.
``unless = { … }`` fails where the table is known to hold, and otherwise does not mind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from domain.policy.facts import NotMentioned
from domain.policy.names import OPEN_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts, Value
    from domain.policy.reading import Reader

_ENDINGS = ("系列", "专业")
LEVEL_GROUPS: Mapping[str, tuple[str, ...]] = {
    "junior": ("junior", "yuan", "assistant"),
    "senior": ("senior", "deputy_senior"),
}
"""What 初级 and 高级 comprise: a rule for the group holds for each of its levels."""

_HOLDS, _FAILS = True, False


@dataclass(frozen=True)
class When:
    """A test of facts; without conditions it always holds."""

    equal: tuple[tuple[str, tuple[str | int | bool, ...]], ...] = ()
    any_of: tuple[When, ...] = ()
    exception: When | None = None

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where it turns on a fact that is not mentioned."""
        answers: list[bool | None] = [_asked(facts, name, wanted) for name, wanted in self.equal]
        if self.any_of:
            answers.append(_either(each.holds(facts) for each in self.any_of))
        if self.exception is not None:
            answers.append(self.exception.holds(facts) is not True)
        return _all(answers)

    def names(self) -> frozenset[str]:
        """The facts that the test reads."""
        found = {name for name, _ in self.equal}
        for each in (*self.any_of, *((self.exception,) if self.exception else ())):
            found |= each.names()
        return frozenset(found)


ALWAYS = When()


def bare(series: str) -> str:
    """A series or specialty without the words 系列 and 专业, so that spellings compare equal."""
    for ending in _ENDINGS:
        series = series.strip().removesuffix(ending)
    return series


def _all(answers: Iterable[bool | None]) -> bool | None:
    given = list(answers)
    if _FAILS in given:
        return False
    return None if None in given else True


def _either(answers: Iterable[bool | None]) -> bool | None:
    given = list(answers)
    if _HOLDS in given:
        return True
    return None if None in given else False


def _asked(facts: Facts, name: str, wanted: tuple[str | int | bool, ...]) -> bool | None:
    value = facts.value(name)
    if isinstance(value, NotMentioned):
        return None
    held = value if isinstance(value, tuple) else (value,)
    if not held:
        return "none" in wanted
    return any(_same(name, one, ask) for one in held for ask in wanted)


def _same(name: str, value: Value, wanted: str | int | bool) -> bool:  # noqa: FBT001 -- a value
    if wanted == "none":
        return value is None or value is False
    if wanted == "some":
        return value is not None and value is not False
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, date) or not isinstance(value, str) or not isinstance(wanted, str):
        return value == wanted
    if name == "level" and value in LEVEL_GROUPS.get(wanted, ()):
        return True
    if name in {"series", "specialty"}:
        value, wanted = bare(value), bare(wanted)
    return fnmatchcase(value, wanted)


def read_when(reader: Reader, key: str = "when") -> When:
    """The test under ``key``; where there is none, it always holds."""
    table = reader.table(key)
    return _read(reader, key, table) if table else ALWAYS


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _read(reader: Reader, key: str, table: Mapping[str, Any]) -> When:
    equal: list[tuple[str, tuple[str | int | bool, ...]]] = []
    any_of: tuple[When, ...] = ()
    exception: When | None = None
    for name, wanted in table.items():
        place = f"{key}.{name}"
        if name == "any" and isinstance(wanted, list) and all(map(_is_table, wanted)):
            any_of = tuple(
                _read(reader, f"{place}[{number}]", each) for number, each in enumerate(wanted)
            )
        elif name == "unless" and _is_table(wanted):
            exception = _read(reader, place, wanted)
        elif name not in reader.known.names and not name.startswith(OPEN_PREFIX):
            reader.no_fact(place, name)
        else:
            values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            if not values or not all(isinstance(each, str | int) for each in values):
                reader.fault(
                    place,
                    "must be a text, number, flag or list of them",
                    "应写加引号的文字、数字、true 或 false，或者它们的列表",
                )
            equal.append((name, values))
    return When(tuple(equal), any_of, exception)
