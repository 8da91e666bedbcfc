"""What a caller may see of a list: default nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Rows that concern one of these organisations, persons or areas; the table of access fills it.

    ``everything`` is for those whose duty covers the whole record.
    Ids are stream ids; an area is a path as in ``domain.area``, and covers all that lies in it.
    """

    organisations: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    everything: bool = False

    @property
    def parties(self) -> list[str]:
        """All that the scope names, sorted."""
        return sorted(self.organisations | self.persons | self.areas)


EVERYTHING = Scope(everything=True)
"""The whole record."""
