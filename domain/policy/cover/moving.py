"""Moving one date or number of an example until it stands on the side of an edge."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from domain.policy.cover.boundary import Given, Path, leaves, replaced
from domain.policy.examples.facts import ExampleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.policy.cover.boundary import Side

_LAST = ("submitted_at", "reference_date")
"""Moved only where nothing else will do: they may change the batch as well."""
_UNEVEN = (0, 1, -1, 2, -2, 3, -3)
"""By how many days months of unequal length may put a moved date off."""


def moved_to(given: Given, side: Side, offsets: Callable[[Given], list[int]]) -> Given | None:
    """The facts with the first value moved that brings them to the side; None where none does."""
    here = offsets(given)
    if not here:
        return None
    way = side - min(here, key=lambda each: abs(each - side))
    for paths, value in _groups(given):
        for shifted in _shifts(value, way):
            candidate: Any = given
            for path in paths:
                candidate = replaced(candidate, path, shifted)
            try:
                reached = offsets(candidate)
            except (ExampleError, OverflowError, ValueError):
                continue
            if side in reached:
                return dict(candidate)
    return None


def _groups(given: Given) -> Iterator[tuple[list[Path], Any]]:
    """Each value alone, then equal ones together; the date of the filing comes last."""
    found = [(path, value) for path, value in leaves(given) if _movable(value)]
    early = [each for each in found if each[0][0] not in _LAST]
    yield from (([path], value) for path, value in early)
    for value in dict.fromkeys(value for _, value in early):
        together = [path for path, other in early if other == value]
        if len(together) > 1:
            yield together, value
    yield from (([path], value) for path, value in found if path[0] in _LAST)


def _movable(value: object) -> bool:
    if isinstance(value, str):
        return _instant(value) is not None
    return isinstance(value, date | int) and not isinstance(value, bool)


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _shifts(value: Any, way: int) -> Iterator[Any]:  # noqa: ANN401 -- a date, an instant, a number
    """The value moved either way by as much, and by the days that months differ."""
    if isinstance(value, int):
        yield value + way
        return
    days = dict.fromkeys(turn * way + more for more in _UNEVEN for turn in (-1, 1))
    for each in days:
        try:
            if isinstance(value, str):
                moment = _instant(value)
                assert moment is not None
                yield (moment + timedelta(days=each)).isoformat()
            else:
                yield value + timedelta(days=each)
        except OverflowError:
            continue
