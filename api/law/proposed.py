"""A proposed edition beside the law whose place it would take, both as on its first day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.law.editions_in_force import Force, default_of, holding, packs_over
from domain.law.events import Edition, EditionKind
from domain.policy.law import Law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.law.book import LawBook
    from api.law.library import Layers
    from domain.law.edition import Proposal
    from domain.law.editions_in_force import Holding


@dataclass(frozen=True)
class Change:
    """What an edition would make of the law of its place; ``before`` is without it.

    Where nothing holds there, that is the law on which the edition lies.
    """

    edition: Edition
    before: Law
    after: Law


def change(laws: LawBook, proposal: Proposal) -> Change | None:
    """The change that an edition would be, or was.

    None for a calendar, which is no law by itself, and for what does not read on that day.
    """
    edition, held = proposal.proposed.edition, _without(laws, proposal)
    beneath = _beneath(held, edition)
    if edition.kind is EditionKind.CALENDAR or beneath is None:
        return None
    before = laws.library.law((*beneath, *_replaced(held, edition)))
    after = laws.library.law((*beneath, *edition.documents))
    if isinstance(before, Law) and isinstance(after, Law):
        return Change(edition, before, after)
    return None


def _without(laws: LawBook, proposal: Proposal) -> tuple[Holding, ...]:
    """What would hold on the first day of an edition, had nobody put it in force."""
    force = Force(laws.force.editions.struck(proposal.proposal))
    return holding(force, laws.library.holding, proposal.proposed.starts_on)


def _beneath(held: Sequence[Holding], edition: Edition) -> Layers | None:
    """The layers on which an edition lies; None where there is not what it extends."""
    default = default_of(held).edition.documents
    match edition.kind:
        case EditionKind.DEFAULT:
            return ()
        case EditionKind.OVERLAY:
            packs = (each.edition for each in held if each.edition.kind is EditionKind.PACK)
            extended = (each.documents for each in packs if each.law == edition.extends)
            return next(((*default, *documents) for documents in extended), None)
        case _:
            return default


def _replaced(held: Sequence[Holding], edition: Edition) -> Layers:
    """The texts in whose place those of an edition come; none where it is the first there."""
    if edition.kind is EditionKind.PACK:
        near = (each.edition for each in packs_over(held, edition.jurisdiction))
        same = (each.documents for each in near if each.procedure == edition.procedure)
    else:
        wanted = (edition.kind, edition.law, edition.jurisdiction)
        every = (each.edition for each in held)
        same = (e.documents for e in every if (e.kind, e.law, e.jurisdiction) == wanted)
    return next(same, ())
