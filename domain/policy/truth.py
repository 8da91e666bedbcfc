"""What holds, what does not, and what is open: strong Kleene logic, in this one place.

An answer is True (established), False (refuted) or None (open: it turns on what nobody said).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Truth = bool | None


def every(answers: Iterable[Truth]) -> Truth:
    """Refuted by one that is refuted; else open where one is open."""
    whole: Truth = True
    for each in answers:
        if each is False:
            return False
        if each is None:
            whole = None
    return whole


def some(answers: Iterable[Truth]) -> Truth:
    """Established by one that is established; else open where one is open."""
    whole: Truth = False
    for each in answers:
        if each:
            return True
        if each is None:
            whole = None
    return whole


def negated(answer: Truth) -> Truth:
    """The contrary; what is open stays open."""
    return None if answer is None else not answer


def at_least(count: int, answers: Iterable[Truth]) -> Truth:
    """Whether so many of them are established, can no longer be, or may be yet."""
    given = list(answers)
    if given.count(True) >= count:
        return True
    return None if len(given) - given.count(False) >= count else False
