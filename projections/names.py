"""By which names a person is found (姓名检索), past ones too, without a name standing anywhere.

The one view that opens sealed words: it keeps a keyed digest of each name, as the record's
blind index makes it.
A person whose key was destroyed has no row: the order takes it away, and a rebuild can't make
one again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.person.events import PersonErased, PersonRegistered, PersonRenamed
from domain.personal import Purpose
from projections.listing import ALWAYS, both
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition
    from projections.page import Page

PURPOSE = "person-name"
"""Of the blind index: what ``Record.blind`` is asked with."""

_SEALS_NAMES = Purpose.OFFICIAL.value
"""Whose key goes, the name goes."""

_NAMING = (PersonRegistered.topic, PersonRenamed.topic)
"""What gives a name."""


@dataclass(slots=True)
class Name:
    """A digest, in hex, under which a person is found, of the name that a position gave them."""

    person: str
    position: int
    digest: str


names = Table("person_name", Name, key=("person", "position"), indexes=("(digest, person)",))
view = View("names", 3, (names,))


@view.on(PersonRegistered, PersonRenamed)
def _named(fact: Fact, page: Page) -> None:
    digest = page.once(names.name, _digests).get(fact.position)
    if digest is not None:
        page.rows(names).add(Name(fact.stream, fact.position, digest))


@view.on(PersonErased)
def _erased(fact: Fact, page: Page) -> None:
    if _SEALS_NAMES in fact["purposes"]:
        for each in page.rows(names).of(fact.stream):
            page.rows(names).remove(each.person, each.position)


def _digests(page: Page) -> dict[int, str]:
    """The digests of all names on the page, by position; their keys are fetched at once."""
    erased = {
        each.stream
        for each in page.facts
        if each.topic == PersonErased.topic and _SEALS_NAMES in each["purposes"]
    }
    sealed = {
        each.position: each.sealed("name")
        for each in page.facts
        if each.topic in _NAMING and each.stream not in erased
    }
    known = {position: token for position, token in sealed.items() if token is not None}
    opened = zip(known, page.record.opened(list(known.values())), strict=True)
    texts = {position: name.text for position, name in opened}
    return {
        position: page.record.blind(PURPOSE, searched(text)).hex()
        for position, text in texts.items()
        if text is not None
    }


def searched(name: str) -> str:
    """The form of a name in which it is searched: without white space, characters as they are."""
    return "".join(name.split())


def with_digest(
    connection: Connection[Any], digest: bytes, near: Condition = ALWAYS, *, limit: int = 50
) -> list[str]:
    """Who has or had a name with this digest (``Record.blind(PURPOSE, searched(name))``).

    ``near`` is a condition on ``person_name.person``.
    """
    where, given = both(("digest = %s", [digest.hex()]), near)
    rows = connection.execute(
        f"SELECT DISTINCT person FROM {names.source} WHERE {where} ORDER BY person LIMIT %s",
        [*given, limit],
    )
    return [person for (person,) in rows]
