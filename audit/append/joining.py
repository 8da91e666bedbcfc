"""Joining what several threads want to do at the same moment into one act.

Whoever comes while nobody acts, acts at once and alone; whoever comes meanwhile waits, and the
next act takes all who wait. So a lone caller loses nothing, and many share one transaction and
one flush. The next act begins as soon as this one is entered: it appends while this one still
waits for the disk.
"""

from __future__ import annotations

from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

Wish = TypeVar("Wish")
Result = TypeVar("Result")


class _Ticket(Generic[Wish, Result]):
    """One caller's wish. Its lock is released when it is served, or when it is its turn to act."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.results: list[Result] = []
        self.failure: BaseException | None = None
        self.turn = Lock()
        self.turn.acquire()


class Joiner(Generic[Wish, Result]):
    """Brings wishes together for ``act``, which answers one result for each, in order.

    Acts are entered one after the other; nobody gets a result before its act was left.
    If an act raises, everybody whose wish it carried gets that error.
    """

    def __init__(
        self,
        act: Callable[[Sequence[Wish]], AbstractContextManager[Sequence[Result]]],
        at_most: int,
    ) -> None:
        self._act = act
        self._at_most = at_most
        self._mutex = Lock()
        self._waiting: list[_Ticket[Wish, Result]] = []
        self._entering = False

    def join(self, wish: Wish) -> Result:
        """The result for ``wish``; raises what ``act`` raised."""
        ticket: _Ticket[Wish, Result] = _Ticket(wish)
        with self._mutex:
            self._waiting.append(ticket)
            acts = not self._entering
            self._entering = True
        if not acts:
            ticket.turn.acquire()
        if not ticket.results and ticket.failure is None:
            self._serve()
        if ticket.failure is not None:
            raise ticket.failure
        return ticket.results[0]

    def _serve(self) -> None:
        with self._mutex:
            served, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
        try:
            with ExitStack() as act:
                try:
                    results = act.enter_context(self._act([ticket.wish for ticket in served]))
                finally:
                    self._let_the_next_enter()
            for ticket, result in zip(served, results, strict=True):
                ticket.results.append(result)
        except BaseException as error:  # noqa: BLE001 -- raised again by every caller concerned
            for ticket in served:
                ticket.failure = error
        finally:
            for ticket in served:
                ticket.turn.release()

    def _let_the_next_enter(self) -> None:
        """The first of those who wait acts next; without one, whoever comes."""
        with self._mutex:
            heir = self._waiting[0] if self._waiting else None
            self._entering = heir is not None
        if heir is not None:
            heir.turn.release()
