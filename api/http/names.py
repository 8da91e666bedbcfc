"""The names of people for those who may read them, unsealed for one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.showing import ERASED, words
from api.services import services
from projections import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection


def names_of(connection: Connection[Any], persons: Sequence[str]) -> dict[str, str]:
    """The names of some persons; of whom nothing is known, empty."""
    known = people.of(connection, persons)
    sealed = {person: row.name for person, row in known.items() if row.name is not None}
    opened = services().record.opened(list(sealed.values()))
    shown = {person: words(name, visible=True) for person, name in zip(sealed, opened, strict=True)}
    return {person: shown.get(person, ERASED if person in known else "") for person in persons}
