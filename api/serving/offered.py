"""What a server offers as law, read by the parent of its processes, before they begin.

A file that was changed is read when the server is told to begin its processes anew; where it does
not read any more, that is said, and what was good before stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from api.law import packs
from api.law.texts import TextUnreadableError
from api.office import law_book
from domain.calendar import CalendarDataError
from domain.policy.faults import PackError

if TYPE_CHECKING:
    from api.law.book import LawBook
    from api.settings import Settings

_log = structlog.get_logger()


class Offered:
    """The packs of the house with the files of the settings; raises as ``law_book`` at first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.book = self._read()

    def read_again(self) -> None:
        """Read the files anew; what does not read changes nothing."""
        packs.forget()
        try:
            self.book = self._read()
        except (PackError, CalendarDataError, TextUnreadableError, OSError) as wrong:
            _log.error("the law that is offered stays as it was", because=str(wrong))

    def _read(self) -> LawBook:
        return law_book(self._settings.overlays, self._settings.calendars)
