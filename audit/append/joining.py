"""Joining what several threads want to do at the same moment into one act.

Whoever comes while nobody acts, acts at once and alone; whoever comes meanwhile waits, and the
next act takes all who wait. So a lone caller loses nothing, and many share one transaction and
one flush. The next act begins as soon as this one is entered: it appends while this one still
waits for the disk. Where several have been coming, it waits a moment for half of them, as
otherwise whoever is served first comes again, and goes, alone.
"""

from __future__ import annotations

from contextlib import ExitStack
from threading import Condition, Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

Wish = TypeVar("Wish")
Result = TypeVar("Result")

SECONDS_TO_GATHER = 0.0004
"""How long an act waits at most for others to come."""


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
        self._come = Condition(self._mutex)
        self._waiting: list[_Ticket[Wish, Result]] = []
        self._entering = False
        self._unanswered = 0
        self._lately = 0
        """So many were unanswered at once, the longer ago the fewer."""

    @property
    def goes_on(self) -> bool:
        """Whether an act is about to be entered, behind those that were."""
        return self._entering

    def join(self, wish: Wish) -> Result:
        """The result for ``wish``; raises what ``act`` raised."""
        ticket: _Ticket[Wish, Result] = _Ticket(wish)
        with self._mutex:
            self._waiting.append(ticket)
            self._unanswered += 1
            acts = not self._entering
            self._entering = True
            if self._enough():
                self._come.notify()
        if not acts:
            ticket.turn.acquire()
        if not ticket.results and ticket.failure is None:
            self._serve()
        if ticket.failure is not None:
            raise ticket.failure
        return ticket.results[0]

    def _serve(self) -> None:
        with self._mutex:
            self._come.wait_for(self._enough, SECONDS_TO_GATHER)
            self._lately = max(self._lately - 1, self._unanswered)
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
            with self._mutex:
                self._unanswered -= len(served)
            for ticket in served:
                ticket.turn.release()

    def _enough(self) -> bool:
        return len(self._waiting) >= min(self._lately // 2, self._at_most)

    def _let_the_next_enter(self) -> None:
        """The first of those who wait acts next; without one, whoever comes."""
        with self._mutex:
            heir = self._waiting[0] if self._waiting else None
            self._entering = heir is not None
        if heir is not None:
            heir.turn.release()
