"""What a program holds while it uses the private server of a data directory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from psycopg.pq import PGconn, Ping

from api.embedded.errors import EmbeddedServerError
from api.embedded.layout import Layout
from api.embedded.locks import FileLock
from api.embedded.passwords import Role, passwords
from api.embedded.roles import DATABASE, url
from api.embedded.runtime import recorded_runtime

if TYPE_CHECKING:
    from types import TracebackType

_ROOT = Path(__file__).parents[2]
_LOOK_AGAIN_SECONDS = 0.05
_WATCH_SECONDS = 1.0


class EmbeddedServer:
    """The private PostgreSQL of ``data``, running for as long as this is entered.

    Several programs, of one account, may enter for the same directory and share the server;
    the last to leave stops it. A program that is killed leaves by that.
    """

    def __init__(self, data: Path) -> None:
        self._layout = Layout(data.absolute())
        self._leaving = threading.Event()

    def __enter__(self) -> Self:
        """Start the server, or share the one that runs.

        Raises ``EmbeddedServerError`` where it cannot run.
        """
        self._layout.prepare()
        self._process = os.getpid()
        self._users = FileLock.at(self._layout.users_lock)
        self._users.take_shared()
        try:
            self._find_or_start_the_keeper()
        except BaseException:
            self._users.close()
            raise
        self._leaving.clear()
        self._watch = threading.Thread(target=self._hold_the_keeper_up, daemon=True)
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave; the last program to leave waits until the server has stopped."""
        if os.getpid() != self._process:
            # A forked child came out of our block. Its copy of the lock goes with it.
            self._users.close()
            return
        self._leaving.set()
        self._watch.join()
        if self._users.try_take():
            self._stop_the_keeper()
        self._users.close()

    @property
    def socket(self) -> Path:
        """The directory of the server's socket; the same after a restart."""
        runtime = recorded_runtime(self._layout)
        if runtime is None:
            raise EmbeddedServerError("The server is not running.", "数据库未在运行。")
        return runtime.socket

    def url(self, database: str = DATABASE, role: Role = Role.APPLICATION) -> str:
        """The libpq address of ``database`` for ``role``; it contains the role's password."""
        return url(self.socket, database, role, passwords(self._layout.passwords)[role])

    def _find_or_start_the_keeper(self) -> None:
        start, keeper = FileLock.at(self._layout.start_lock), FileLock.at(self._layout.keeper_lock)
        try:
            start.take()
            while not keeper.try_take():
                if self._answers():
                    return
                time.sleep(_LOOK_AGAIN_SECONDS)
            self._start_the_keeper(keeper)
        finally:
            keeper.close()
            start.close()

    def _start_the_keeper(self, lock: FileLock) -> None:
        """Start the keeper, which takes the lock over, and wait for its one line."""
        module, data, descriptor = "api.embedded.keeper", str(self._layout.data), lock.descriptor
        with (
            self._layout.log.open("ab") as log,
            subprocess.Popen(
                [sys.executable, "-P", "-m", module, data, str(descriptor)],
                pass_fds=(descriptor,),
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            ) as keeper,
        ):
            line = keeper.stdout.readline() if keeper.stdout else b""
        if not line:
            raise EmbeddedServerError(
                f"The keeper of the database ended unexpectedly; see {self._layout.log}.",
                f"数据库守护进程意外结束；请查看 {self._layout.log}。",
            )
        words = json.loads(line)
        if words:
            raise EmbeddedServerError(words["english"], words["chinese"])

    def _answers(self) -> bool:
        """Whether the server accepts connections; not while it starts, recovers or stops."""
        try:
            address = self.url("postgres")
        except EmbeddedServerError:
            return False
        return PGconn.ping(address.encode()) == Ping.OK

    def _hold_the_keeper_up(self) -> None:
        """Start the keeper again if it is killed; the address stays the same."""
        keeper = FileLock.at(self._layout.keeper_lock)
        while not self._leaving.wait(_WATCH_SECONDS):
            if keeper.try_take_shared():
                keeper.release()
                # What went wrong is in the log; as long as we run we try again.
                with suppress(EmbeddedServerError):
                    self._find_or_start_the_keeper()
        keeper.close()

    def _stop_the_keeper(self) -> None:
        """Tell the keeper that nobody is left, and wait for it; nobody can join meanwhile."""
        keeper = FileLock.at(self._layout.keeper_lock)
        if not keeper.try_take_shared():
            with suppress(ProcessLookupError):
                os.kill(int(self._layout.keeper_lock.read_text("utf-8")), signal.SIGTERM)
            keeper.take_shared()
        keeper.close()
