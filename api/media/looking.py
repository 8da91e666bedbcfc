"""Having a file looked into: by ``api.media.program``, which starts with the first file.

One for each process of ours, and it ends with that. What dies while it looks at a file tells
enough: that file is not taken.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from api.media.kinds import MediaRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROOT = Path(__file__).parents[2]
_SECONDS = 60
"""By the clock, for what waits for the processor."""
_at_once = BoundedSemaphore(2)
"""Each may take all the memory that it is allowed."""


def media_type(octets: Iterable[bytes]) -> str:
    """What a file is, by its content alone.

    Raises ``MediaRefusedError`` where it may not be attached.
    """
    with _at_once, closing(_program.ask()) as answering:
        answering.settimeout(_SECONDS)
        try:
            for some in octets:
                answering.sendall(some)
            answering.shutdown(socket.SHUT_WR)
            told = answering.recv(200).decode()
        except (ConnectionError, TimeoutError):
            told = ""
    if "/" in told:
        return told
    raise MediaRefusedError(told or "MEDIA_TRUNCATED")


class _Program:
    """The running program, started when it is first asked, and again when it has ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asking: socket.socket | None = None
        self._running: subprocess.Popen[bytes] | None = None
        self._started_by = 0
        atexit.register(self._end)

    def ask(self) -> socket.socket:
        """A connection to a child of it that waits for a file."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            if self._asking is None or self._started_by != os.getpid():
                self._asking = self._start()
            try:
                socket.send_fds(self._asking, [b"f"], [theirs.fileno()])
            except ConnectionError:  # somebody ended it
                self._end()
                self._asking = self._start()
                socket.send_fds(self._asking, [b"f"], [theirs.fileno()])
        return ours

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._running = subprocess.Popen(
                [sys.executable, "-P", "-m", "api.media.program"],
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT)},
                cwd="/",
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a traceback may hold what a file holds
            )
        self._started_by = os.getpid()
        return ours

    def _end(self) -> None:
        if self._running is not None and self._asking and self._started_by == os.getpid():
            self._asking.close()
            self._running.wait()


_program = _Program()
