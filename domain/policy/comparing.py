"""Comparing one fact: with values, under whatever name they go, or with bounds.

Everything that can be prepared when a pack is read is prepared then: which names a value has,
which levels a group comprises, which texts a pattern fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from fnmatch import translate
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from domain.policy.records import NotMentioned, Record, Value
from domain.policy.truth import Truth, every, some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ENDINGS = ("系列", "专业")
_SPELLED = frozenset({"series", "specialty"})
"""The facts whose values compare equal with and without the words 系列 and 专业."""
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

    def may_lack(self, name: str) -> bool:
        """Whether a list may have further entries, of which nobody spoke."""

    def settled(self, answer: Truth, *, silent: bool) -> Truth:
        """An answer, under the convention about what is not mentioned."""


class Description(Protocol):
    """A test of other facts by which a case is what a name means."""

    def applies(self, asked: Asked) -> Truth:
        """Whether it is."""

    def open_on(self, asked: Asked) -> frozenset[str]:
        """What an open answer turns on."""


class Words:
    """Texts that the value of a fact may be; ``*`` stands for any letters."""

    def __init__(self, fact: str, texts: Iterable[object]) -> None:
        self._spelled = fact in _SPELLED
        wanted = [each for each in texts if isinstance(each, str) and each != "none"]
        if fact == "level":
            wanted += [level for each in wanted for level in LEVEL_GROUPS.get(each, ())]
        spelled = {bare(each) if self._spelled else each for each in wanted}
        patterns = {each for each in spelled if re.search(r"[*?[]", each)}
        self._exact = spelled - patterns
        if "some" in wanted:
            patterns.add("*")
        self._pattern = re.compile("|".join(map(translate, patterns))) if patterns else None

    def __contains__(self, value: str) -> bool:
        """Whether a value is one of them, or fits one."""
        if self._spelled:
            value = bare(value)
        if value in self._exact:
            return True
        return self._pattern is not None and self._pattern.match(value) is not None


@dataclass(frozen=True)
class Equal:
    """That a fact is one of several values.

    ``also`` are the other names of what is wanted, and of what is part of it; ``besides``
    describe the cases that are it by other facts (see ``meanings``).
    """

    name: str
    wanted: tuple[Wanted, ...]
    also: tuple[str, ...] = field(default=(), compare=False, repr=False)
    besides: tuple[Description, ...] = field(default=(), compare=False, repr=False)

    def holds(self, asked: Asked) -> Truth:
        """True, False, or None where nobody said it, or where it turns on the other facts."""
        value = asked.value(self.name)
        if isinstance(value, str):
            if value in self._called:
                return True
            return some(each.applies(asked) for each in self.besides) if self.besides else False
        if isinstance(value, NotMentioned):
            return None
        if not isinstance(value, tuple):
            return any(_same(value, ask) for ask in self.wanted)
        return any(one in self._words for one in value) if value else "none" in self.wanted

    @cached_property
    def _words(self) -> Words:
        return Words(self.name, self.wanted)

    @cached_property
    def _called(self) -> Words:
        return Words(self.name, (*self.wanted, *self.also))

    def calls(self, value: str) -> bool:
        """Whether a text is one of the values, or another name of one."""
        return value in self._called

    def open_on(self, asked: Asked) -> frozenset[str]:
        """What an open answer turns on."""
        if isinstance(asked.value(self.name), NotMentioned):
            return frozenset({self.name})
        if self.holds(asked) is not None:
            return frozenset()
        return frozenset[str]().union(*(each.open_on(asked) for each in self.besides))

    def names(self) -> frozenset[str]:
        """The fact that is compared."""
        return frozenset({self.name})


def _same(value: Value, wanted: Wanted) -> bool:
    """Whether a value that is no text is the one that is wanted."""
    if wanted == "none":
        return value is None or value is False
    if wanted == "some":
        return value is not None and value is not False
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    return value == wanted


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


def levelled(name: str) -> str:
    """A name without spaces and differences of width, so that spellings compare equal."""
    return "".join(normalize("NFKC", name).split())


@lru_cache(maxsize=4096)
def bare(series: str) -> str:
    """A series or specialty without the words 系列 and 专业, so that spellings compare equal."""
    for ending in _ENDINGS:
        series = series.strip().removesuffix(ending)
    return series


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
