"""The keeper: the process that owns PostgreSQL for as long as a program uses it.

``python -m api.embedded.keeper DATA LOCK`` is born with the keeper's lock, as descriptor ``LOCK``:
there is no moment at which its caller could die and leave room for two. It leaves its caller's
session at once and then prints one line: ``{}`` once the server accepts connections, or the
sentences that say why it does not.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from api.embedded.account import account_for_postgresql
from api.embedded.cluster import ENVIRONMENT, make_cluster
from api.embedded.errors import EmbeddedServerError
from api.embedded.layout import Layout
from api.embedded.leftover import settle
from api.embedded.locks import FileLock
from api.embedded.passwords import Role, passwords
from api.embedded.postmaster import start_postmaster, stop_postmaster
from api.embedded.programs import programs
from api.embedded.roles import make_roles
from api.embedded.runtime import prepare_runtime, recorded_runtime

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

_LOOK_AGAIN_SECONDS = 0.2


class Keeper:
    """One data directory's server and what belongs to it; ``environment`` is all that it sees."""

    def __init__(self, layout: Layout, environment: Mapping[str, str] = ENVIRONMENT) -> None:
        self._layout = layout
        self._environment = environment
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Settle what an earlier start left, make what is missing, and start the server.

        The first start, the start after a crash and the start after ``kill -9`` are this one.
        """
        layout, account = self._layout, account_for_postgresql()
        lock = FileLock.at(layout.server_lock)
        try:
            settle(layout, lock, recorded_runtime(layout))
            runtime = prepare_runtime(layout, account)
            secrets = passwords(layout.passwords)
            binaries = programs(account, runtime)
            make_cluster(layout, account, binaries, runtime, secrets[Role.SUPERUSER])
            place = (binaries, runtime.socket)
            self._server = start_postmaster(layout, account, *place, lock, self._environment)
        finally:
            # From here on only the server and its children hold the lock.
            lock.close()
        make_roles(runtime.socket, secrets)

    def keep(self, users: FileLock) -> None:
        """Hold the server up until nobody uses it; nobody can begin to while we stop it."""
        while not users.try_take():
            if self._server is None or self._server.poll() is not None:
                self.start()
            time.sleep(_LOOK_AGAIN_SECONDS)

    def stop(self) -> None:
        """Stop the server and remove its runtime directory."""
        if self._server is not None:
            stop_postmaster(self._server)
        runtime = recorded_runtime(self._layout)
        if runtime is not None:
            runtime.remove()


def main() -> None:
    """Keep the server of the data directory named on the command line."""
    layout = Layout(Path(sys.argv[1]))
    _leave_the_caller()
    keeper_lock, users = FileLock(int(sys.argv[2])), FileLock.at(layout.users_lock)
    layout.keeper_lock.write_text(str(os.getpid()), "utf-8")
    signal.signal(signal.SIGTERM, _told_to_stop)
    keeper = Keeper(layout)
    try:
        keeper.start()
        _report({})
        keeper.keep(users)
    except EmbeddedServerError as error:
        _report({"english": error.english, "chinese": error.chinese})
    finally:
        keeper.stop()
        # In this order: whoever gets in next as a user finds that there is no keeper.
        keeper_lock.release()
        users.release()


def _leave_the_caller() -> None:
    """Become nobody's child, in a session of our own: a Ctrl-C is not meant for us."""
    os.umask(0o077)
    if os.fork() != 0:
        os._exit(0)
    os.setsid()


def _report(words: dict[str, str]) -> None:
    """Tell the program that started us; it may be gone, and after the first line it is."""
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), json.dumps(words).encode() + b"\n")


def _told_to_stop(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    main()
