"""What is asked of facts: the one table of facts and values that every section writes.

``{ "unit.type" = "institution", level = ["junior"] }`` asks for all of its keys.
The values of a list are alternatives; ``*`` in a text stands for any letters;
``"none"`` asks that there be none, ``"some"`` that there be one.
``{ at_least = 90 }``, ``{ at_most = … }``, ``{ from = 2024-09-01 }``, ``{ before = … }`` and
``{ same_as = "…" }`` compare with a number, a day, or another fact.
A list of records (``education``, ``work``, ``title``, ``achievement``, ``assessment``, or one that
the pack names) takes such a table for one of its records; ``count`` asks for several.
``any = [ … ]`` asks for one of several tables, ``all = [ … ]`` for each, ``unless`` for none.
A fact that is not mentioned answers neither yes nor no: see ``truth``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from domain.policy.records import NotMentioned, Record, Value
from domain.policy.truth import Truth, at_least, every, negated, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ENDINGS = ("系列", "专业")
LEVEL_GROUPS: Mapping[str, tuple[str, ...]] = {
    "junior": ("junior", "yuan", "assistant"),
    "senior": ("senior", "deputy_senior"),
}
"""What 初级 and 高级 comprise: a rule for the group holds for each of its levels."""

Wanted = str | int | bool


class Asked(Protocol):
    """What a test is put to: the facts of a case, or one record with these around it."""

    def value(self, name: str) -> Value | NotMentioned:
        """The named fact."""

    def records(self, name: str) -> tuple[Record, ...] | NotMentioned:
        """The entries of a list."""

    def settled(self, answer: Truth, *, silent: bool) -> Truth:
        """An answer, under the convention about what is not mentioned."""


class Names(Protocol):
    """What is called by several names; see ``meanings``."""

    def means(self, fact: str, value: str, wanted: tuple[Wanted, ...], asked: Asked) -> Truth:
        """Whether a value is, under another name, what is wanted."""

    def open_on(self, fact: str, wanted: tuple[Wanted, ...], asked: Asked) -> frozenset[str]:
        """The facts on which that turns."""


@dataclass(frozen=True)
class OfRecord:
    """One record of a list, with the facts of the case around it."""

    record: Record
    properties: frozenset[str]
    around: Asked

    def value(self, name: str) -> Value | NotMentioned:
        """A property of the record, else the fact of the case."""
        return self.record.value(name) if name in self.properties else self.around.value(name)

    def records(self, name: str) -> tuple[Record, ...] | NotMentioned:
        """The entries of a list of the case."""
        return self.around.records(name)

    def settled(self, answer: Truth, *, silent: bool) -> Truth:
        """As for the case."""
        return self.around.settled(answer, silent=silent)


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Between which numbers or days a fact must lie; the ends count, but for ``before``.

    A text is the name of the fact that is the bound.
    """

    name: str
    at_least: int | date | str | None = None
    at_most: int | date | str | None = None
    before: date | str | None = None
    same_as: str | None = None

    def holds(self, asked: Asked) -> Truth:
        """Whether one value of the fact lies between them; where there is none, it does not."""
        value = asked.value(self.name)
        if isinstance(value, NotMentioned):
            return None
        if self.name == "to" and value is None:  # a record that goes on does so after every day
            value = date.max
        held = value if isinstance(value, tuple) else (value,)
        return some(every(self._compared(one, asked)) for one in held)

    def _compared(self, value: Value, asked: Asked) -> Iterator[Truth]:
        if self.at_least is not None:
            yield _orders(_bound(self.at_least, asked), value)
        if self.at_most is not None:
            yield _orders(value, _bound(self.at_most, asked))
        if self.before is not None:
            yield _orders(value, _bound(self.before, asked), strictly=True)
        if self.same_as is not None:
            yield _agree(value, asked.value(self.same_as))

    def open_on(self, asked: Asked) -> frozenset[str]:
        """What an open answer turns on: what is not mentioned, or only that there is one."""
        if self.holds(asked) is not None:
            return frozenset()
        told = {name: asked.value(name) for name in self.names()}
        return frozenset(n for n, v in told.items() if v is True or isinstance(v, NotMentioned))

    def names(self) -> frozenset[str]:
        """The facts that are compared."""
        return frozenset((self.name, *(each for each in self.ends() if isinstance(each, str))))

    def ends(self) -> tuple[int | date | str | None, ...]:
        """Everything that the fact is compared with."""
        return (self.at_least, self.at_most, self.before, self.same_as)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """That so many records of a list are as a table says; ``count`` 0 asks that none is."""

    list: str
    properties: frozenset[str]
    like: When
    count: int = 1

    def holds(self, asked: Asked) -> Truth:
        """Put the table to each record."""
        listed = asked.records(self.list)
        if isinstance(listed, NotMentioned):
            return None
        answers = (self.of(each, asked) for each in listed)
        return at_least(self.count, answers) if self.count else negated(some(answers))

    def of(self, record: Record, asked: Asked) -> Truth:
        """Whether one record is as the table says."""
        return self.like.holds(OfRecord(record, self.properties, asked))

    def wanted(self, name: str) -> tuple[Wanted, ...]:
        """The values that are asked for of one property of the record."""
        return next((wanted for asked, wanted in self.like.equal if asked == name), ())

    def open_in(self, record: Record, asked: Asked) -> frozenset[str]:
        """What it turns on whether one record is as the table says."""
        inner = self.like.open_on(OfRecord(record, self.properties, asked))
        return frozenset(f"{self.list}.{n}" if n in self.properties else n for n in inner)

    def open_on(self, asked: Asked) -> frozenset[str]:
        """What an open answer turns on."""
        listed = asked.records(self.list)
        if isinstance(listed, NotMentioned):
            return frozenset({self.list})
        if self.holds(asked) is not None:
            return frozenset()
        return frozenset().union(*(self.open_in(each, asked) for each in listed))

    def names(self) -> frozenset[str]:
        """The list, and the facts of the case that are compared."""
        return frozenset({self.list}) | (self.like.names() - self.properties)


@dataclass(frozen=True)
class When:
    """A test of facts; without conditions it always holds."""

    equal: tuple[tuple[str, tuple[Wanted, ...]], ...] = ()
    any_of: tuple[When, ...] = ()
    exception: When | None = None
    all_of: tuple[When, ...] = ()
    bounds: tuple[Bounds, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    meanings: Names | None = field(default=None, compare=False, repr=False)

    def holds(self, asked: Asked) -> Truth:
        """True, False, or None where it turns on a fact that is not mentioned."""
        whole: Truth = True
        for name, wanted in self.equal:
            answer = self._named(name, wanted, asked)
            if answer is False:
                return False
            whole = whole and answer
        return whole if self.is_plain else every((whole, *self._further(asked)))

    def _named(self, name: str, wanted: tuple[Wanted, ...], asked: Asked) -> Truth:
        """Whether a fact is one of the values, or is meant by them under another name."""
        value = asked.value(name)
        answer = _holds_one_of(value, name, wanted)
        if answer is False and isinstance(value, str) and self.meanings is not None:
            return self.meanings.means(name, value, wanted, asked)
        return answer

    @cached_property
    def is_plain(self) -> bool:
        """Whether it only compares facts with values."""
        return not (self.any_of or self.all_of or self.bounds or self.recorded or self.exception)

    def applies(self, asked: Asked) -> Truth:
        """The same; where only what is mentioned is in question, only if it holds for certain."""
        return asked.settled(self.holds(asked), silent=False)

    def fits(self, asked: Asked) -> Truth:
        """The same; where only what is mentioned is in question, unless that speaks against it."""
        return asked.settled(self.holds(asked), silent=True)

    def _further(self, asked: Asked) -> Iterator[Truth]:
        for bound in self.bounds:
            yield bound.holds(asked)
        for listed in self.recorded:
            yield listed.holds(asked)
        yield from (each.holds(asked) for each in self.all_of)
        if self.any_of:
            yield some(each.holds(asked) for each in self.any_of)
        if self.exception is not None:
            yield negated(self.exception.applies(asked))

    def open_on(self, asked: Asked) -> frozenset[str]:
        """The facts on which an open answer turns; none where the answer is not open."""
        if self.holds(asked) is not None:
            return frozenset()
        found = frozenset(
            name for name, _ in self.equal if isinstance(asked.value(name), NotMentioned)
        )
        for name, wanted in self.equal:
            if self.meanings is not None and self._named(name, wanted, asked) is None:
                found |= self.meanings.open_on(name, wanted, asked)
        return found.union(*(each.open_on(asked) for each in self._others))

    @property
    def parts(self) -> tuple[When, ...]:
        """The tables within it."""
        return (*self.all_of, *self.any_of, *((self.exception,) if self.exception else ()))

    def compared(self) -> Iterator[tuple[str, tuple[Wanted, ...]]]:
        """Each fact that is compared with values, and these, whether asked for or ruled out."""
        yield from self.equal
        for part in self.parts:
            yield from part.compared()

    def names(self) -> frozenset[str]:
        """The facts that the test reads."""
        found = frozenset(name for name, _ in self.equal)
        return found.union(*(each.names() for each in self._others))

    @property
    def _others(self) -> tuple[Bounds | Recorded | When, ...]:
        return (*self.bounds, *self.recorded, *self.parts)


ALWAYS = When()


def levelled(name: str) -> str:
    """A name without spaces and differences of width, so that spellings compare equal."""
    return "".join(normalize("NFKC", name).split())


def bare(series: str) -> str:
    """A series or specialty without the words 系列 and 专业, so that spellings compare equal."""
    for ending in _ENDINGS:
        series = series.strip().removesuffix(ending)
    return series


def _holds_one_of(value: Value | NotMentioned, name: str, wanted: tuple[Wanted, ...]) -> Truth:
    if isinstance(value, NotMentioned):
        return None
    if isinstance(value, str):
        return is_one_of(name, value, wanted)
    held = value if isinstance(value, tuple) else (value,)
    if not held:
        return "none" in wanted
    return any(_same(name, one, ask) for one in held for ask in wanted)


@lru_cache(maxsize=8192)
def is_one_of(name: str, value: str, wanted: tuple[Wanted, ...]) -> bool:
    """Whether a text is one of the values; asked again and again of the same few."""
    return any(_same(name, value, ask) for ask in wanted)


def _same(name: str, value: Value, wanted: Wanted) -> bool:
    if wanted == "none":
        return value is None or value is False
    if wanted == "some":
        return value is not None and value is not False
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, date) or not isinstance(value, str) or not isinstance(wanted, str):
        return value == wanted
    return value == wanted or is_alike(name, value, wanted)


@lru_cache(maxsize=8192)
def is_alike(name: str, value: str, wanted: str) -> bool:
    """Whether a text is of a group, another spelling, or of a pattern."""
    if name == "level" and value in LEVEL_GROUPS.get(wanted, ()):
        return True
    if name in {"series", "specialty"}:
        value, wanted = bare(value), bare(wanted)
    return fnmatchcase(value, wanted)


def _bound(bound: int | date | str, asked: Asked) -> Value | NotMentioned:
    return asked.value(bound) if isinstance(bound, str) else bound


def _orders(
    low: Value | NotMentioned, high: Value | NotMentioned, *, strictly: bool = False
) -> Truth:
    """Whether one is no more than the other; that there is one at all says not how much."""
    if low is True or high is True or isinstance(low, NotMentioned):
        return None
    if isinstance(high, NotMentioned):
        return None
    if isinstance(low, date) and isinstance(high, date):
        return low < high if strictly else low <= high
    if type(low) is int and type(high) is int:
        return low < high if strictly else low <= high
    return False


def _agree(one: Value, other: Value | NotMentioned) -> Truth:
    if isinstance(other, NotMentioned):
        return None
    if isinstance(one, str) and isinstance(other, str):
        return levelled(one) == levelled(other)
    return one == other
