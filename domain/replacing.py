"""The next state: as the one before it, but for what an event changes."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeVar

S = TypeVar("S")

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 -- mypy knows the fields by it
else:

    def replace(state: S, /, **changes: object) -> S:
        """``dataclasses.replace`` of a state, in the time of one copy.

        That passes each field through ``__init__``, which for a case takes thirty times as long;
        a state has nothing to check in its own. mypy checks the changes against the fields.
        What was reckoned of the state before is not known of the next.
        """
        kind = type(state)
        following = object.__new__(kind)
        fields = following.__dict__
        fields.update(state.__dict__)
        for name in _reckoned(kind):
            fields.pop(name, None)
        fields.update(changes)
        return following

    @cache
    def _reckoned(kind: type) -> tuple[str, ...]:
        """The properties that an object of a class reckons once."""
        classes = reversed(kind.__mro__)
        return tuple(
            name
            for each in classes
            for name, value in vars(each).items()
            if isinstance(value, cached_property)
        )
