"""What a caller may see of a list: the table of access, turned into the scope of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Relation, relations_for
from api.acts.standing import watched_area
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from api.access import Act
    from api.acts.deliberation import Deliberation


def scope_for(act: Act, deliberation: Deliberation) -> Scope:
    """The rows on which the table lets the caller do ``act``; an empty scope shows nothing.

    A list of cases names among its parties whoever stands above the employer, so the caller's
    own organisation stands for ``subordinate`` as well.
    """
    acting = deliberation.acting
    allowed = relations_for(act, acting.roles)
    if Relation.ANYWHERE in allowed:
        return EVERYTHING
    organisations: frozenset[str] = frozenset()
    own = acting.actor.organisation
    if own is not None and allowed & {Relation.ORGANISATION, Relation.SUBORDINATE}:
        organisations = frozenset({own})
    persons: frozenset[str] = frozenset()
    if Relation.OWN in allowed:
        persons = deliberation.humans([acting.actor.person]).circle(acting.actor.person)
    areas: frozenset[str] = frozenset()
    if Relation.JURISDICTION in allowed:
        area = watched_area(deliberation)
        if area == "":
            return EVERYTHING
        areas = frozenset() if area is None else frozenset({area})
    return Scope(organisations=organisations, persons=persons, areas=areas)
