"""Locks on files, which the kernel gives back when their holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

_LOOK_AGAIN_SECONDS = 0.05


class FileLock:
    """One open lock file; shared with children that inherit its descriptor."""

    def __init__(self, descriptor: int) -> None:
        """``descriptor`` is that of the open file, as inherited from whoever held the lock."""
        self._descriptor = descriptor

    @classmethod
    def at(cls, path: Path) -> Self:
        """Open the lock file, which is made if it is missing, and take nothing yet."""
        return cls(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))

    @property
    def descriptor(self) -> int:
        """For ``pass_fds``: a child that inherits it holds the lock as well."""
        return self._descriptor

    def take_shared(self) -> None:
        """Wait until nobody else holds the lock exclusively."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def take(self) -> None:
        """Wait until nobody else holds the lock."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Take the lock if nobody else holds it."""
        return self._try(fcntl.LOCK_EX)

    def try_take_shared(self) -> bool:
        """Take the lock shared if nobody else holds it exclusively."""
        return self._try(fcntl.LOCK_SH)

    def try_take_within(self, seconds: float) -> bool:
        """Take the lock if its holders end within ``seconds``."""
        deadline = time.monotonic() + seconds
        while not self.try_take():
            if time.monotonic() > deadline:
                return False
            time.sleep(_LOOK_AGAIN_SECONDS)
        return True

    def release(self) -> None:
        """Give the lock back and keep the file open."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file; the lock stays with children that inherited it."""
        os.close(self._descriptor)

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self._descriptor, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
