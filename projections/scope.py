"""What a caller may see, by how they stand to things: default nothing.

Of each kind of thing one condition says which rows of it a scope shows: ``seen``, in the file of
the view that keeps the kind. Every list, count, export and feed of the kind is asked through it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The relations in which a caller may do an act; the table of access fills it.

    ``organisations`` are the caller's own, ``beneath`` whether what stands beneath them counts as
    theirs; ``accounts`` are those by which they stand in for somebody in single cases, ``persons``
    are all that are the caller, ``assisting`` the same where they see what they file for others.
    ``everything`` is for those whose duty covers the whole record.
    ``mandated`` says that it is what a mandate is about instead, and none of it the caller's own.
    Ids are stream ids; an area is a path as in ``domain.area``, and covers all that lies in it.
    """

    organisations: frozenset[str] = frozenset()
    beneath: bool = False
    accounts: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    assisting: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    everything: bool = False
    mandated: bool = False

    @property
    def parties(self) -> list[str]:
        """All that the scope names, sorted: as which parties a case may concern the caller."""
        return sorted(self.organisations | self.accounts | self.persons | self.areas)


EVERYTHING = Scope(everything=True)
"""The whole record."""
