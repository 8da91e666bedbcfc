"""The office: what every act is carried out with, put together once over one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts import folding
from api.acts.desk import Desk
from api.acts.indicator import Indicating
from api.law import packs
from api.law.book import LawBook
from api.signin import SignIn
from audit.record import History, Record
from domain.law.editions_in_force import NOTHING_IN_FORCE, Force
from domain.law.events import IN_FORCE
from domain.replacing import replace

if TYPE_CHECKING:
    from pathlib import Path

    from api.acts.acting import Acting, Answer
    from domain.calendar import Calendar


@dataclass(frozen=True)
class Office:
    """The record, the law book, and who is signed in.

    ``indicating`` looks at second acts; where accounts don't act, there are none.
    ``stands`` is what was read already, where an act is told of by those who carried it out.
    """

    record: Record
    sign_in: SignIn
    book: LawBook
    indicating: Indicating | None = None
    stands: Mapping[str, History] | None = None

    @property
    def laws(self) -> LawBook:
        """The laws as they stand now, whoever asks."""
        return self.book.seen(self._force, self.book.today)

    @property
    def laws_at_hand(self) -> LawBook:
        """The laws as this process has seen them last: for who has just looked at the record."""
        return self.book.seen(self._force_at_hand, self.book.today)

    @property
    def calendar(self) -> Calendar:
        """The working days that are known now."""
        return self.laws.calendar

    def desk(self, acting: Acting | None = None) -> Desk:
        """A look at the record, for somebody or for nobody in particular."""
        return Desk(self.record, self.book, acting, self.stands, self.sign_in.federation)

    def after(self, answer: Answer) -> Office:
        """The same office that remembers what an act has read and led to, if that is known."""
        return replace(self, stands=answer.stands)

    def _force(self) -> Force:
        self.record.catch_up()
        return self._force_at_hand()

    def _force_at_hand(self) -> Force:
        return folding.force(self.record.at_hand(IN_FORCE)) or NOTHING_IN_FORCE


def law_book(overlays: tuple[Path, ...], calendars: tuple[Path, ...] = ()) -> LawBook:
    """What is offered: the packs of the house, and what lies beside them in files.

    Raises ``PackError`` or ``CalendarDataError``; ``OSError`` for a file that can't be read.
    """
    laws, above = packs.offered(overlays)
    book = LawBook(packs.load_default(), laws, above, map(packs.document, calendars))
    book.check()
    return book
