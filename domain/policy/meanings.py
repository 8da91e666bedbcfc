"""What the names of series, specialties, professions mean: other names, and what is part of them.

卫生 is 卫生技术, 会计 has 会计师 in it, 工程 with the specialty 土建 is 土建. A rule that names one
means all that is called so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from domain.policy.truth import some
from domain.policy.when import ALWAYS, When, is_alike, is_one_of
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.truth import Truth
    from domain.policy.when import Asked, Wanted


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One thing that has names.

    ``of`` is the fact whose values they are, such as ``series``. ``also`` are its other names,
    ``contains`` what is part of it and is named for itself; both may have ``*`` in them.
    ``or_when`` describes the cases that are it by other facts.
    """

    id: str
    of: str
    also: tuple[str, ...]
    contains: tuple[str, ...]
    or_when: When
    citations: tuple[Citation, ...]

    def holds(self, value: str, asked: Asked) -> Truth:
        """Whether a value is called so, is part of it, or is it by other facts."""
        named = is_one_of(self.of, value, self._named)
        if named or self.or_when is ALWAYS:
            return named
        return self.or_when.applies(asked)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        return (self.id, *self.also, *self.contains)

    def is_called(self, wanted: str) -> bool:
        """Whether a rule that names this means it; a pattern means only what it fits."""
        if "*" in wanted:
            return False
        return any(is_alike(self.of, wanted, each) for each in (self.id, *self.also))


@dataclass(frozen=True)
class Meanings:
    """Everything that a law knows by several names."""

    every: tuple[Meaning, ...] = ()

    def means(self, fact: str, value: str, wanted: tuple[Wanted, ...], asked: Asked) -> Truth:
        """Whether a value is, under another name, what a rule wants."""
        return some(each.holds(value, asked) for each in self._meant(fact, wanted))

    def open_on(self, fact: str, wanted: tuple[Wanted, ...], asked: Asked) -> frozenset[str]:
        """The facts on which that turns."""
        meant = self._meant(fact, wanted)
        return frozenset[str]().union(*(each.or_when.open_on(asked) for each in meant))

    def _meant(self, fact: str, wanted: tuple[Wanted, ...]) -> tuple[Meaning, ...]:
        """What a rule means that names these; found once for each rule."""
        if (fact, wanted) not in self._found:
            named = [each for each in wanted if isinstance(each, str)]
            self._found[fact, wanted] = tuple(
                meaning
                for meaning in self.every
                if meaning.of == fact and any(map(meaning.is_called, named))
            )
        return self._found[fact, wanted]

    @cached_property
    def _found(self) -> dict[tuple[str, tuple[Wanted, ...]], tuple[Meaning, ...]]:
        return {}

    def called(self, fact: str, value: str) -> str:
        """What a thing is called first, where it has a name; else as it was written."""
        known = (each.id for each in self.every if each.of == fact and each.is_called(value))
        return next(known, value)

    def knows(self, fact: str, value: str, asked: Asked) -> Truth:
        """Whether there is such a thing at all."""
        return some(each.holds(value, asked) for each in self.every if each.of == fact)

    def with_further(self, more: Iterable[Meaning]) -> Meanings:
        """The same with what one more document names."""
        return Meanings((*self.every, *more))
