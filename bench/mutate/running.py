"""Runs pytest in the copy, for no longer than it may take, and ends all of it when it must."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_ROOT = Path(__file__).parents[2]
"""Where the plugins come from if the copy has none."""
_OCTETS = 8 << 30
"""So much memory a process of a run may ask for, where the system can hold it to that."""
_SECONDS_TO_END = 10
HUNG = -1
"""The status of a run that was ended because it took too long."""


@dataclass(frozen=True)
class Run:
    """What came of a run: pytest's own status, and what it printed."""

    status: int
    printed: str


@dataclass(frozen=True)
class Pytest:
    """Runs tests of the copy at ``root``; ``arguments`` are given to every run."""

    root: Path
    scratch: Path
    arguments: tuple[str, ...] = ()

    def run(self, *further: str, seconds: float) -> Run:
        """Run; whatever is left of it afterwards is ended, by the number of its process."""
        printed = self.scratch / "printed"
        with printed.open("wb") as out:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-m", "pytest", "-q", "--color=no"),
                    *("-p", "no:cacheprovider", f"--rootdir={self.root}"),
                    f"--basetemp={self.scratch / 'temporary'}",
                    *self.arguments,
                    *further,
                ],
                cwd=self.root,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _hold_to_its_memory(process)
                status = process.wait(seconds)
            except subprocess.TimeoutExpired:
                status = HUNG
            finally:
                _end(process)
        return Run(status, printed.read_text("utf-8", "replace"))

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "PYTHONPATH": os.pathsep.join((str(self.root), str(_ROOT))),
            "CI": "1",  # examples that are invented are the same in every run
        }


def _hold_to_its_memory(process: subprocess.Popen[bytes]) -> None:
    """Let a mutant that collects without end run into a wall before the machine does."""
    if sys.platform == "linux":
        with suppress(psutil.NoSuchProcess):
            psutil.Process(process.pid).rlimit(psutil.RLIMIT_AS, (_OCTETS, _OCTETS))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a run and all that it has started: they share its session, and nobody else is in it."""
    left = []
    for each in psutil.process_iter():
        with suppress(ProcessLookupError, PermissionError, psutil.NoSuchProcess):
            if os.getsid(each.pid) == process.pid and each.pid != process.pid:
                each.kill()
                left.append(each)
    if process.returncode is None:
        process.kill()
        process.wait()
    psutil.wait_procs(left, _SECONDS_TO_END)
