"""By which names a person is known: the present one, and those that they had (曾用名)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.person.events import PersonRegistered, PersonRenamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import Event
    from domain.personal import Personal


def names(events: Iterable[Event]) -> tuple[Personal, ...]:
    """Every name that the events of a person's stream give, the last of which is the present."""
    return tuple(
        each.name for each in events if isinstance(each, (PersonRegistered, PersonRenamed))
    )
