"""``mingjian serve`` as an operator runs it: on the private server of a directory, to be killed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from api.embedded.layout import Layout
from api.settings import Settings, read_settings
from bench.requests import Caller
from domain.document import check_digit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROOT = Path(__file__).parents[1]
_LOGINS = ("bench", "bench-2")
_NOBODY, _NOBODY_ELSE = "36073419000101999", "36073419000101998"
"""Document number of nobody (invented range), without its check digit."""


@dataclass
class Served:
    """A server over HTTP whose data lie in ``data``; started, killed and started again."""

    data: Path
    port: int
    further: Mapping[str, str] = field(default_factory=dict)
    """Settings of its own, by the names of their variables."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def address(self) -> str:
        """Where it answers, also after it was started again."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; requests are answered some time later. Its log grows beside the data."""
        with self.data.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "api.command", "serve"],
                cwd=_ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """``kill -9`` of the server and every process that answers; the database is not asked."""
        for process in [self._server, *self._answering]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._wait()

    def kill_a_worker(self) -> None:
        """``kill -9`` of one of the processes that answer; the others know nothing of it."""
        self._answering[0].kill()

    def stop(self) -> None:
        """Let it end in order, and the database with it."""
        self._server.terminate()
        self._wait()

    def administrators(self) -> tuple[Caller, Caller]:
        """The first two administrators, made by the command for it and signed in."""
        made = subprocess.run(
            [
                *(sys.executable, "-m", "api.command", "--lang", "en", "accounts", "bootstrap"),
                *("--organisation", "系统管理单位", "--document", "某职改〔2024〕1号"),
                *_who("", _LOGINS[0], _NOBODY),
                *_who("second-", _LOGINS[1], _NOBODY_ELSE),
            ],
            cwd=_ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
        )
        codes = re.findall(r"alone: (\S+)", made.stdout)
        first, second = (
            Caller.with_code(self.address, login, code)
            for login, code in zip(_LOGINS, codes, strict=True)
        )
        return first, second

    def processor_seconds(self) -> dict[str, float]:
        """Processor time up to now of the processes that answer, and of the database."""
        database = psutil.Process(self._keeper).children(recursive=True)
        return {"answering": _spent(self._answering), "database": _spent(database)}

    def resident_megabytes(self) -> list[float]:
        """What each process that answers holds of the machine's memory, the least first."""
        return sorted(round(each.memory_info().rss / 1e6, 1) for each in self._answering)

    def resident(self) -> dict[int, float]:
        """The same by the number of the process."""
        return {each.pid: each.memory_info().rss / 1e6 for each in self._answering}

    @property
    def settings(self) -> Settings:
        """As the server reads them."""
        return replace(read_settings(self.further), data=self.data)

    @property
    def _environment(self) -> dict[str, str]:
        names = {"MINGJIAN_DATA": str(self.data), "MINGJIAN_PORT": str(self.port)}
        return {"PATH": os.environ["PATH"], **names, **self.further}

    @property
    def _server(self) -> psutil.Process:
        if self._process is None:
            msg = "the server was not started"
            raise RuntimeError(msg)
        return psutil.Process(self._process.pid)

    @property
    def _answering(self) -> list[psutil.Process]:
        """The children of the server that live, without the keeper of the database."""
        return [
            child
            for child in self._server.children()
            if child.pid != self._keeper and child.status() != psutil.STATUS_ZOMBIE
        ]

    @property
    def _keeper(self) -> int:
        """The process that keeps the database."""
        return int(Layout(self.data.absolute()).keeper_lock.read_text("utf-8"))

    def _wait(self) -> None:
        if self._process is not None:
            self._process.wait()


@contextmanager
def a_served(data: Path, further: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A new server over HTTP on a new record, set as told; stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    served = Served(data, port, further or {})
    served.start()
    try:
        yield served
    finally:
        served.stop()


def _spent(processes: Iterable[psutil.Process]) -> float:
    """Seconds of processor time, those of ended children included; nothing of who is gone."""
    spent = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            spent += times.user + times.system + times.children_user + times.children_system
    return spent


def _who(prefix: str, login: str, number: str) -> list[str]:
    """The options that tell who one of the two administrators is."""
    return [
        *(f"--{prefix}name", "某管理员", f"--{prefix}document-kind", "resident_identity_card"),
        *(f"--{prefix}document-number", number + check_digit(number), f"--{prefix}login", login),
    ]
