"""What acts are about that nothing tells of yet: the caller's own organisation, or the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Relation
from api.acts import standing
from api.acts.thing import Thing

if TYPE_CHECKING:
    from api.access import Act
    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from domain.organisation.state import Organisation


def _own(deliberation: Deliberation, _name: str) -> Organisation | None:
    return deliberation.organisation(deliberation.acting.actor.organisation or "")


def own_house(reading: Act | None) -> Thing[Organisation]:
    """The organisation for which the caller acts.

    To whom may not even do ``reading`` there is no such act; without one they are told so.
    """
    return Thing(find=_own, stands=standing.to_organisation, reading=reading)


def _caller(deliberation: Deliberation, _name: str) -> Acting:
    return deliberation.acting


def _beneath(deliberation: Deliberation, _caller: Acting) -> set[Relation]:
    return set() if deliberation.acting.actor.organisation is None else {Relation.SUBORDINATE}


RECORD: Thing[Acting] = Thing(find=_caller, stands=lambda *_: set(), reading=None)
"""The record as a whole, to which everybody stands in the same way."""
BENEATH: Thing[Acting] = Thing(find=_caller, stands=_beneath, reading=None)
"""What is to come into being beneath an organisation; whether beneath one's own, the act says."""
EVERYTHING: Thing[Acting] = Thing(find=_caller, stands=lambda *_: set(Relation), reading=None)
"""Whatever lies in the caller's charge: their roles alone say whether there is anything."""
