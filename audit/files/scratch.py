"""A directory for files that need names while they are written; gone with whoever wrote them.

Who ends in order takes it away. That of a process that was killed is taken away by whoever wants
one next, and by the next server that starts: the lock on it is the kernel's, and went with the
process.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "mingjian-scratch-"


@contextmanager
def scratch() -> Iterator[Path]:
    """A new directory under ``TMPDIR`` that only its owner enters, until the block is left."""
    sweep()
    place, lock = _made()
    try:
        yield place
    finally:
        rmtree(place)
        os.close(lock)


def sweep() -> None:
    """Take away what killed processes of this user left."""
    for place in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # it is somebody else's, in use, or was just taken away
            _take_away(place)


def _made() -> tuple[Path, int]:
    """A directory with its lock; made again where it was swept before it was locked."""
    while True:
        place = Path(mkdtemp(prefix=_PREFIX))
        with suppress(FileNotFoundError):
            lock = _opened(place)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if place.exists():
                return place, lock
            os.close(lock)


def _take_away(place: Path) -> None:
    lock = _opened(place)
    try:
        if os.fstat(lock).st_uid == os.geteuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            rmtree(place)
    finally:
        os.close(lock)


def _opened(place: Path) -> int:
    return os.open(place, os.O_RDONLY | os.O_DIRECTORY)
