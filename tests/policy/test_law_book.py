"""What holds is reckoned once for all books over the same texts, and is that of each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from api.law import packs
from api.law.book import LawBook
from domain.law.editions_in_force import NOTHING_IN_FORCE, Force, Holding
from domain.law.events import EditionKind
from domain.shared_collections import Ledger

DEFAULT = packs.load_default()
BEGINS = date(2026, 1, 1)
EVE = BEGINS - timedelta(days=1)


def test_what_holds_is_that_of_the_day_and_of_what_is_in_force() -> None:
    book = LawBook(DEFAULT, ())
    (offered,) = book.held
    next_year = Holding(replace(offered.edition, number=9), BEGINS, "edition-1")
    force = Force(Ledger.of(("edition-1", next_year)))

    def held(force: Force, day: date) -> tuple[Holding, ...]:
        return book.seen(lambda: force, lambda: day).held

    assert held(force, EVE) == (offered,)
    assert held(force, BEGINS) == (next_year,)
    assert held(NOTHING_IN_FORCE, BEGINS) == (offered,)
    assert held(force, BEGINS) is held(force, BEGINS), "once for all books over the same texts"


def test_laws_are_those_that_are_in_force_besides() -> None:
    book = LawBook(DEFAULT, ())
    assert not list(book)
    (offered,) = book.held
    pack = replace(offered, edition=replace(offered.edition, kind=EditionKind.PACK))
    force = Force(Ledger.of(("edition-1", pack)))
    (law,) = book.seen(lambda: force, lambda: BEGINS)
    assert law.whole == DEFAULT.whole
    assert not list(book)
