"""An edge of the law: a day or number on whose two sides it answers differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

Given = Mapping[str, Any]


class Side(IntEnum):
    """Where an example stands: a day (or one) short of the edge, on it, or past it."""

    BEFORE = -1
    ON = 0
    AFTER = 1


@dataclass(frozen=True, kw_only=True)
class Boundary:
    """One edge, and the kind of example that can stand at it.

    ``key`` names it within its law, such as ``windows[B1].closes``.
    """

    key: str
    kind: str
    chinese: str
    english: str
    citations: tuple[Citation, ...]

    def offsets(self, given: Given) -> list[int]:
        """How far the facts of an example stand from the edge; empty where they don't reach it."""
        raise NotImplementedError

    def moved(self, given: Given, side: Side) -> Given | None:
        """The same facts with one date or number moved to the side; None where none does it."""
        raise NotImplementedError

    def blank(self) -> Given | None:
        """Facts to begin with where no example is near; None where they can't be invented."""
        return None


def nearest(offsets: Iterable[int], side: Side) -> int | None:
    """The smallest way from one of the offsets to a side."""
    return min((abs(each - side) for each in offsets), default=None)


Path = tuple[str | int, ...]


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value within facts that holds no others, with the way to it."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from leaves(each, (*path, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*path, number))
    else:
        yield path, value


def replaced(value: Any, path: Path, leaf: object) -> Any:  # noqa: ANN401 -- as it stands
    """The same facts with the value at the end of the way replaced."""
    if not path:
        return leaf
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [replaced(each, rest, leaf) if n == first else each for n, each in enumerate(value)]
    return {
        name: replaced(each, rest, leaf) if name == first else each for name, each in value.items()
    }
