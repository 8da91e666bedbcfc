"""By which names a person is known: the present one, and those that they had (曾用名).

Names are kept as they were entered, and compared levelled: widths, forms of composition, kinds of
the middle dot, spaces, capitals and what can't be seen make no other name. Different characters do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category, normalize

from domain.person.events import PersonRegistered, PersonRenamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import Event
    from domain.personal import Personal


_DOTS = dict.fromkeys(map(ord, "•・．.‧∙⋅･"), "·")
"""Every middle dot is the one of GB names."""
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def alike(one: str, other: str) -> bool:
    """Whether two spellings are one name."""
    return levelled(one) == levelled(other)


def levelled(name: str) -> str:
    """A name as it is compared."""
    composed = normalize("NFKC", name).translate(_DOTS)
    seen = (c for c in composed if category(c) not in _UNSEEN and c not in _FILLERS)
    return "".join(seen).casefold()


def names(events: Iterable[Event]) -> tuple[Personal, ...]:
    """Every name that the events of a person's stream give, the last of which is the present."""
    return tuple(
        each.name for each in events if isinstance(each, (PersonRegistered, PersonRenamed))
    )
