"""A server with its follower over a walked province, killed and started again."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

from projections.catalogue import VIEWS
from projections.progress import reached

if TYPE_CHECKING:
    import psycopg

    from tests.naive.walked import Walked


class Lives:
    """A server with its follower over one database, killed and started again."""

    def __init__(self, told: Walked) -> None:
        self.told = told
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Start it; whoever asks waits until the views show everything."""
        url, keys, at = self.told.database.url, str(self.told.keys), self.told.at.isoformat()
        command = [sys.executable, "-m", "tests.naive.serving_program", url, keys, at]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def address(self) -> str:
        """Where it answers, once it does."""
        assert self._process is not None
        assert self._process.stderr is not None
        lines = iter(self._process.stderr.readline, "")
        return next(each.strip() for each in lines if each.startswith("127."))

    def end(self) -> None:
        """``kill -9``."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def in_the_middle_of_a_step(self, connection: psycopg.Connection[Any]) -> bool:
        """Whether the follower has written something that it has not committed."""
        query = """SELECT EXISTS (SELECT FROM pg_stat_activity JOIN pg_locks USING (pid)
            WHERE datname = current_database() AND locktype = 'transactionid' AND pid <> %s)"""
        ((writing,),) = connection.execute(query, [connection.info.backend_pid]).fetchall()
        begun = connection.execute("SELECT to_regclass('progress')").fetchone() != (None,)
        return bool(writing) and begun and reached(connection, VIEWS) == 0
