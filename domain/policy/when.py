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

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.comparing import Asked, Bounds, Equal
from domain.policy.records import ASSESSMENT, YEARLY, NotMentioned, Record, Value
from domain.policy.truth import Truth, at_least, negated, some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.policy.comparing import Wanted


class OfRecord(NamedTuple):
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

    def may_lack(self, name: str) -> bool:
        """As for the case."""
        return self.around.may_lack(name)

    def settled(self, answer: Truth, *, silent: bool) -> Truth:
        """As for the case."""
        return self.around.settled(answer, silent=silent)


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
        answers = [self.of(each, asked) for each in listed]
        if asked.may_lack(self.list):
            answers.append(None)
        return at_least(self.count, answers) if self.count else negated(some(answers))

    def of(self, record: Record, asked: Asked) -> Truth:
        """Whether one record is as the table says."""
        return self.like.holds(OfRecord(record, self.properties, asked))

    def wanted(self, name: str) -> tuple[Wanted, ...]:
        """The values that are asked for of one property of the record."""
        return next((each.wanted for each in self.like.equal if each.name == name), ())

    def open_in(self, record: Record, asked: Asked) -> frozenset[str]:
        """What it turns on whether one record is as the table says."""
        inner = self.like.open_on(OfRecord(record, self.properties, asked))
        return frozenset(f"{self.list}.{n}" if n in self.properties else n for n in inner)

    def open_on(self, asked: Asked) -> frozenset[str]:
        """What an open answer turns on."""
        listed = asked.records(self.list)
        whole = frozenset({YEARLY if self.list == ASSESSMENT else self.list})
        if isinstance(listed, NotMentioned):
            return whole
        if self.holds(asked) is not None:
            return frozenset()
        inner = frozenset[str]().union(*(self.open_in(each, asked) for each in listed))
        return inner | whole if asked.may_lack(self.list) else inner

    def names(self) -> frozenset[str]:
        """The list, and the facts of the case that are compared."""
        return frozenset({self.list}) | (self.like.names() - self.properties)


@dataclass(frozen=True)
class When:
    """A test of facts; without conditions it always holds."""

    equal: tuple[Equal, ...] = ()
    any_of: tuple[When, ...] = ()
    exception: When | None = None
    all_of: tuple[When, ...] = ()
    bounds: tuple[Bounds, ...] = ()
    recorded: tuple[Recorded, ...] = ()

    def holds(self, asked: Asked) -> Truth:
        """True, False, or None where it turns on a fact that is not mentioned."""
        whole: Truth = True
        for asks in self._asks:
            answer = asks(asked)
            if answer is False:
                return False
            whole = whole and answer
        return whole

    @cached_property
    def _asks(self) -> tuple[Callable[[Asked], Truth], ...]:
        """Everything that has to hold, in the order in which it is cheapest to ask."""
        one_by_one: tuple[Part, ...] = (*self.equal, *self.bounds, *self.recorded, *self.all_of)
        either = (self._one_of_several,) if self.any_of else ()
        unless = (self._not_excepted,) if self.exception else ()
        return (*(each.holds for each in one_by_one), *either, *unless)

    def _one_of_several(self, asked: Asked) -> Truth:
        return some(each.holds(asked) for each in self.any_of)

    def _not_excepted(self, asked: Asked) -> Truth:
        return negated(self.exception.applies(asked)) if self.exception else True

    def applies(self, asked: Asked) -> Truth:
        """The same; where only what is mentioned is in question, only if it holds for certain."""
        answer = self.holds(asked)
        return asked.settled(None, silent=False) if answer is None else answer

    def fits(self, asked: Asked) -> Truth:
        """The same; where only what is mentioned is in question, unless that speaks against it."""
        answer = self.holds(asked)
        return asked.settled(None, silent=True) if answer is None else answer

    def open_on(self, asked: Asked) -> frozenset[str]:
        """The facts on which an open answer turns; none where the answer is not open."""
        if self.holds(asked) is not None:
            return frozenset()
        return frozenset[str]().union(*(each.open_on(asked) for each in self._every))

    @property
    def parts(self) -> tuple[When, ...]:
        """The tables within it."""
        return (*self.all_of, *self.any_of, *((self.exception,) if self.exception else ()))

    def compared(self) -> Iterator[Equal]:
        """Each fact that is compared with values, whether these are asked for or ruled out."""
        yield from self.equal
        for part in self.parts:
            yield from part.compared()

    def names(self) -> frozenset[str]:
        """The facts that the test reads."""
        return frozenset[str]().union(*(each.names() for each in self._every))

    @property
    def _every(self) -> tuple[Part, ...]:
        return (*self.equal, *self.bounds, *self.recorded, *self.parts)


Part = Equal | Bounds | Recorded | When
ALWAYS = When()
