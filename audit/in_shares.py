"""The whole-log check in several processes, each a share of the streams.

Nearly all of the work is this program's, so two processors do it in little more than half the
time. Every process reads for itself who is who, which is a small part of a record.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from audit import reading
from audit.record import Record
from audit.whole import Whole, check_alone, check_streams, conclude, known_of

if TYPE_CHECKING:
    from ctypes import Array

Open = Callable[[], AbstractContextManager[Record]]
"""Opens the record; it travels to other processes, so it has a name."""

PROCESSES = 2
"""As many as the smallest machine has processors."""

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
    checked = context.Array("q", processes, lock=False)
    with ProcessPoolExecutor(processes, context, _remember, (checked,)) as pool:
        shares = [(each, processes) for each in range(processes)]
        checking = [pool.submit(_check, open_record, last, share) for share in shares]
        while wait(checking, _PAUSE, FIRST_EXCEPTION).not_done:
            moved(sum(checked))
            if any(each.done() and each.exception() for each in checking):
                break
        for each in checking:
            whole.add(each.result())
    return whole


_checked: Array[Any]
"""In a process that checks: how many events each has checked, which the one that waits reads."""


def _remember(checked: Array[Any]) -> None:
    global _checked  # noqa: PLW0603 -- the only way by which a pool hands on shared memory
    _checked = checked


def _check(open_record: Open, last: int, share: tuple[int, int]) -> Whole:
    which, _ = share

    def moved(count: int) -> None:
        _checked[which] = count

    with open_record() as record:
        known = known_of(record, last)
        whole = check_streams(record, last, known, moved, share)
    if which == 0:
        whole.faults += known.faults
    return whole
