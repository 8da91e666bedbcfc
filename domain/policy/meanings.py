"""What the names of series, specialties, professions mean: other names, and what is part of them.

卫生 is 卫生技术, 会计 has 会计师 in it, 工程 with the specialty 土建 is 土建. A rule that names one
means all that is called so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from domain.policy.comparing import Equal, Words
from domain.policy.when import ALWAYS, When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.comparing import Wanted


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

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, and what is part of it."""
        return (self.id, *self.also, *self.contains)

    @cached_property
    def _called(self) -> Words:
        return Words(self.of, (self.id, *self.also))

    def is_called(self, wanted: str) -> bool:
        """Whether a rule that names this means it; a pattern means only what it fits."""
        if "*" in wanted:
            return False
        return wanted in self._called


@dataclass(frozen=True)
class Meanings:
    """Everything that a law knows by several names."""

    every: tuple[Meaning, ...] = ()

    def equal(self, fact: str, wanted: tuple[Wanted, ...]) -> Equal:
        """The comparison of a fact with values, under all the names that these have."""
        named = [each for each in wanted if isinstance(each, str)]
        meant = [e for e in self.every if e.of == fact and any(map(e.is_called, named))]
        return _any_of(fact, wanted, meant)

    def known(self, fact: str) -> Equal:
        """The comparison of a fact with everything that is known under some name."""
        return _any_of(fact, (), [each for each in self.every if each.of == fact])

    def called(self, fact: str, value: str) -> str:
        """What a thing is called first, where it has a name; else as it was written."""
        known = (each.id for each in self.every if each.of == fact and each.is_called(value))
        return next(known, value)

    def with_further(self, more: Iterable[Meaning]) -> Meanings:
        """The same with what one more document names."""
        return Meanings((*self.every, *more))


def _any_of(fact: str, wanted: tuple[Wanted, ...], meant: list[Meaning]) -> Equal:
    also = tuple(name for each in meant for name in each.names)
    besides = tuple(each.or_when for each in meant if each.or_when is not ALWAYS)
    return Equal(fact, wanted, also, besides)
