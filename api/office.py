"""The office: what every act is carried out with, put together once over one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts.desk import Desk
from api.acts.indicator import Indicating
from api.law import packs
from api.law.book import LawBook
from api.signin import SignIn
from audit.record import Record
from domain.calendar import Calendar

if TYPE_CHECKING:
    from pathlib import Path

    from api.acts.acting import Acting


@dataclass(frozen=True)
class Office:
    """The record, the laws, the working days, and who is signed in.

    ``indicating`` looks at second acts; where accounts don't act, there are none.
    """

    record: Record
    sign_in: SignIn
    laws: LawBook
    calendar: Calendar
    indicating: Indicating | None = None

    def desk(self, acting: Acting | None = None) -> Desk:
        """A look at the record, for somebody or for nobody in particular."""
        return Desk(self.record, self.laws, self.calendar, acting)


def law_book(overlays: tuple[Path, ...]) -> LawBook:
    """Every pack that comes with the house, with the overlays that extend it on top.

    An overlay whose ``extends`` names no pack here is a pack of its own.
    """
    return LawBook(packs.load_default(), packs.load_with(overlays))
