"""The whole-log check in several processes, which take the streams span by span.

Nearly all of the work is this program's, so two processors do it in little more than half the
time. Every process reads for itself who is who, which is a small part of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from ctypes import Array
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from typing import TYPE_CHECKING, Any

from audit import reading
from audit.record import Record
from audit.whole import Whole, check_alone, check_streams, conclude, known_of

if TYPE_CHECKING:
    from audit.reading import Span

Open = Callable[[], AbstractContextManager[Record]]
"""Opens the record; it travels to other processes, so it has a name."""

PROCESSES = 2
"""As many as the smallest machine has processors."""

_SPANS = 8
"""Spans for each process: so many that no process waits long for another at the end."""

_PAUSE = 0.2
"""Seconds between two looks at how far the processes have come."""


def check_in_shares(
    open_record: Open, processes: int = PROCESSES, moved: Callable[[int], None] = lambda _: None
) -> Whole:
    """Check the whole record, keeping no verdict that is no fault.

    ``moved`` is told now and then how many events have been checked.
    """
    with open_record() as record:
        last = record.head()
        if last <= reading.PAGE:  # not worth a process
            return check_alone(record, last, moved)
        whole = _together(open_record, last, processes, moved)
        conclude(record, last, whole)
    return whole


def _together(open_record: Open, last: int, processes: int, moved: Callable[[int], None]) -> Whole:
    whole, context = Whole(), get_context("spawn")
    shared = _Shared(context.Value("q", 0), context.Array("q", processes, lock=False))
    with open_record() as record:
        spans = record.reading.spans(last, processes * _SPANS)
    with ProcessPoolExecutor(processes, context, _remember, (shared,)) as pool:
        checking = [pool.submit(_check, open_record, last, spans, n) for n in range(processes)]
        while wait(checking, _PAUSE, FIRST_EXCEPTION).not_done:
            moved(sum(shared.checked))
            if any(each.done() and each.exception() for each in checking):
                break
        for each in checking:
            whole.add(each.result())
    return whole


@dataclass(frozen=True)
class _Shared:
    """Memory that all processes share: the next span, and how many events each has checked."""

    begun: Synchronized[int]
    checked: Array[Any]

    def next(self, spans: Sequence[Span]) -> Iterator[Span]:
        """The spans that no other process has begun, one after the other."""
        while True:
            with self.begun.get_lock():
                which = self.begun.value
                self.begun.value += 1
            if which >= len(spans):
                return
            yield spans[which]


_shared: _Shared
"""In a process that checks: what it shares with the others."""


def _remember(shared: _Shared) -> None:
    global _shared  # noqa: PLW0603 -- the only way by which a pool hands on shared memory
    _shared = shared


def _check(open_record: Open, last: int, spans: Sequence[Span], which: int) -> Whole:
    whole = Whole()
    with open_record() as record:
        known = known_of(record, last)
        for span in _shared.next(spans):
            before = _shared.checked[which]

            def moved(count: int, before: int = before) -> None:
                _shared.checked[which] = before + count

            whole.add(check_streams(record, last, known, moved, span))
    if which == 0:
        whole.faults += known.faults
    return whole
