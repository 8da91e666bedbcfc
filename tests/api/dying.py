"""A process that is killed wherever it touches the disk or the database: at one place a life.

A place is the line of Mingjian's own code from which a file is made, moved or removed, or a
statement is sent, with the line that called for it. The places are not listed anywhere: each life
goes on until it comes to a place at which no life before it has ended, and ends there by SIGKILL,
before the touch. So the first life that comes to its end says that every place has been one of
death.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from audit.append import recorder
from audit.append.calling import Prepared
from audit.connecting import give_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from types import FrameType

_ROOT = Path(__file__).parents[2]
_OWN = tuple(f"{_ROOT / floor}{os.sep}" for floor in ("audit", "api", "projections"))
_MOVES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"}
_LINES = 2
_TOUCHES = (
    (psycopg.Cursor, "execute"),
    (psycopg.Cursor, "copy"),
    (Prepared, "call"),
    (recorder, "say"),
)
_BEHIND_THE_END = give_back.__code__
"""Where whoever comes has done all of the work: nothing is left to be killed at."""
EVERYTHING = frozenset({*(name for _, name in _TOUCHES), "files"})
APPENDING = frozenset({"call", "say"})
"""The statement that appends, and the one that waits until the disk has it."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_living = multiprocessing.get_context("forkserver")
_living.set_forkserver_preload(["tests.api.test_keys_killed"])


def lives(
    work: Callable[..., None], *given: object, touches: frozenset[str] = EVERYTHING
) -> Iterator[str]:
    """Let ``work`` live again and again; the place at which each life ended by force, in order.

    ``touches`` are what of the disk and the database may be the end of it. Stops behind the first
    life that came to its end. Raises ``AssertionError`` for one that ended otherwise than by the
    signal.
    """
    ended: list[str] = []
    while True:
        heard, told = _living.Pipe(duplex=False)
        life = _living.Process(target=_live, args=(told, frozenset(ended), touches, work, given))
        life.start()
        told.close()
        place = heard.recv() if heard.poll(None) else ""
        life.join()
        if not place:
            assert life.exitcode == 0, f"after {ended[-1:]}: exit status {life.exitcode}"
            return
        assert life.exitcode == -signal.SIGKILL, place
        ended.append(place)
        yield place


def _live(
    told: Connection,
    ended: frozenset[str],
    touches: frozenset[str],
    work: Callable[..., None],
    given: tuple[object, ...],
) -> None:
    def reach() -> None:
        place = _place()
        if place is not None and place not in ended:
            told.send(place)
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _MOVES or (event == "open" and arguments[2] & _WRITES):
            reach()

    if "files" in touches:
        sys.addaudithook(hear)
    for owner, name in _TOUCHES:
        if name in touches:
            setattr(owner, name, _behind(reach, getattr(owner, name)))
    work(*given)
    told.send("")


def _behind(reach: Callable[[], None], touch: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(touch)
    def touched(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- whatever it takes
        reach()
        return touch(*arguments, **more)

    return touched


def _place() -> str | None:
    """The two innermost lines of our own; None for what the interpreter does by itself.

    None too behind the end, where there is nothing left to do.
    """
    lines: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and len(lines) < _LINES:
        if frame.f_code is _BEHIND_THE_END:
            return None
        file = frame.f_code.co_filename
        if file.startswith(_OWN):
            lines.append(f"{Path(file).relative_to(_ROOT)}:{frame.f_lineno}")
        frame = frame.f_back
    return " from ".join(lines) or None
