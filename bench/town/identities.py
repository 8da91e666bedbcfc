"""What may be tried about who is whom: links between persons, and documents bound wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import binding_correction, person_link
from bench.town.chance import MOSTLY, one_that, somebody
from bench.town.founding import HUMANS, REVIEWING
from bench.town.papers import WORDS

if TYPE_CHECKING:
    from bench.town.town import Choose, Town

LINKS = 8
"""So few links are proposed in a town, or all its people would be one human being."""


def two_are_proposed_as_one(town: Town, choose: Choose) -> None:
    """An officer proposes that two persons are one human being."""
    if len(town.links) >= LINKS:
        return
    persons = tuple(town.persons)
    by = town.acting(_officer(town, choose, choose(tuple(town.organisations))))
    town.act(
        by, person_link.PROPOSE, "", first=choose(persons), second=choose(persons), evidence=WORDS
    )


def a_link_is_confirmed(town: Town, choose: Choose) -> None:
    """A second officer agrees."""
    waiting = (each for each in town.links.values() if not each.confirmed)
    for it in one_that(choose, town.links, waiting):
        by = town.acting(_officer(town, choose, it.organisation))
        town.act(by, person_link.CONFIRM, it.link)


def a_link_is_doubted(town: Town, choose: Choose) -> None:
    """An officer proposes to sever it."""
    standing = (each for each in town.links.values() if each.confirmed and not each.severed)
    for it in one_that(choose, town.links, standing):
        by = town.acting(_officer(town, choose, it.organisation))
        town.act(by, person_link.PROPOSE_SEVERANCE, it.link, evidence=WORDS)


def a_link_is_severed(town: Town, choose: Choose) -> None:
    """A second officer agrees that the two are two."""
    doubted = (each for each in town.links.values() if each.severer and not each.severed)
    for it in one_that(choose, town.links, doubted):
        by = town.acting(_officer(town, choose, it.organisation))
        town.act(by, person_link.SEVER, it.link)


def a_document_is_said_to_be_anothers(town: Town, choose: Choose) -> None:
    """An officer proposes to bind it to another person, known or new."""
    known = choose(MOSTLY)
    number = choose(range(HUMANS + 2))
    person = choose(tuple(town.persons)) if known else None
    town.act(
        town.acting(_officer(town, choose, choose(tuple(town.organisations)))),
        binding_correction.PROPOSE,
        "",
        document=town.document(number),
        person=person,
        name=None if known else "某人",
        evidence=WORDS,
    )


def a_document_is_bound_anew(town: Town, choose: Choose) -> None:
    """A second officer agrees."""
    waiting = (each for each in town.rebindings.values() if not each.confirmed)
    for rebinding in one_that(choose, town.rebindings, waiting):
        by = town.acting(_officer(town, choose, rebinding.proposed.organisation))
        town.act(by, binding_correction.CONFIRM, rebinding.rebinding)


def _officer(town: Town, choose: Choose, where: str) -> str:
    return somebody(town, choose, where, *REVIEWING)
