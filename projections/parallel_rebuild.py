"""Growing views in several processes at once, each some of them, before a rebuild puts them up.

Most of the work of a rebuild is this program's, not PostgreSQL's, so two processors do it in
little more than half the time. The process that asks is one of them: it knows the classes of all
events already, which take another process most of a second. It is nothing but a rebuild that was
begun: what a process has not finished, the rebuild finishes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

import psycopg

from projections.advance import Record
from projections.catalogue import VIEWS
from projections.progress import create_indexes, reached
from projections.rebuild import begin, giving_back, grow
from projections.schema import look_at, rebuilding

if TYPE_CHECKING:
    from projections.view import View


_PAUSE = 0.5
"""Seconds between two looks at how far the processes have come."""


@dataclass(frozen=True)
class Ground:
    """What a new process needs: all of it must travel there, so ``open_record`` has a name."""

    url: str
    live: str
    open_record: Callable[[], AbstractContextManager[Record]]


def grow_in_parallel(
    ground: Ground,
    views: Sequence[View],
    processes: int,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Build some views of the catalogue beside the living ones, indexes and all, without a swap.

    Returns when all that the record had has been applied; ``tell`` hears now and then how far
    all have come. Raises ``RebuildRunningError`` and ``StoppedError`` as one of the processes did.
    """
    with psycopg.connect(ground.url, autocommit=True) as connection, giving_back(connection):
        begin(connection, ground.live, views)  # one makes the tables, so that none trips
    mine, *theirs = [[view.name for view in views[each::processes]] for each in range(processes)]
    with (
        ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool,
        psycopg.connect(ground.url, autocommit=True) as connection,
    ):
        look_at(connection, rebuilding(ground.live))
        others = [pool.submit(_grow, ground, share) for share in theirs if share]

        def moved(_: int = 0) -> None:
            for each in others:
                if each.done():
                    each.result()
            tell(reached(connection, views) or 0)

        _grow(ground, mine, moved)
        while wait(others, _PAUSE, FIRST_EXCEPTION).not_done:
            moved()
        moved()


def _grow(
    ground: Ground, names: Sequence[str], moved: Callable[[int], None] = lambda _: None
) -> None:
    views = [view for view in VIEWS if view.name in names]
    with (
        ground.open_record() as record,
        psycopg.connect(ground.url, autocommit=True) as connection,
        giving_back(connection),
    ):
        grow(connection, ground.live, record, views, moved)
        create_indexes(connection, views)
