"""A private PostgreSQL whose every flush takes longer, as on a disk that does flush.

Disks of machines that are rented or thrown away often say at once that they have what they have
not. ``slow_flush.c`` is preloaded into a server of the bench's own, which nothing else uses.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.embedded.cluster import ENVIRONMENT
from api.embedded.keeper import Keeper
from api.embedded.layout import Layout
from api.embedded.passwords import Role, passwords
from api.embedded.roles import url
from api.embedded.runtime import recorded_runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCE = Path(__file__).with_suffix(".c")


class NoCompilerError(Exception):
    """The library can't be made here; the message says what is missing."""


class SlowServer:
    """What ``api.embedded.EmbeddedServer`` is to a bench, kept by this process itself."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def url(self, database: str, role: Role) -> str:
        """The libpq address of ``database`` for ``role``."""
        runtime = recorded_runtime(self._layout)
        assert runtime is not None, "it runs"
        return url(runtime.socket, database, role, passwords(self._layout.passwords)[role])


@contextmanager
def slow_server(data: Path, milliseconds: float) -> Iterator[SlowServer]:
    """A server in a new directory, with so much added to each flush.

    Raises ``NoCompilerError``.
    """
    layout = Layout(data.absolute())
    with _library(milliseconds) as library:
        layout.prepare()
        keeper = Keeper(layout, {**ENVIRONMENT, "LD_PRELOAD": str(library)})
        try:
            keeper.start()
            yield SlowServer(layout)
        finally:
            keeper.stop()


@contextmanager
def _library(milliseconds: float) -> Iterator[Path]:
    """The library, where the account that PostgreSQL runs under may read it."""
    compiler = _compiler()
    with TemporaryDirectory(prefix="mingjian-flush-") as directory:
        Path(directory).chmod(0o755)
        library = Path(directory) / "slow_flush.so"
        told = f"-DMICROSECONDS={round(1000 * milliseconds)}"
        making = [*compiler, "-shared", "-fPIC", told, "-o", str(library), str(_SOURCE), "-ldl"]
        subprocess.run(making, check=True)
        library.chmod(0o755)
        yield library


def _compiler() -> list[str]:
    if sys.platform != "linux":
        msg = "a library is preloaded into PostgreSQL on Linux only"
        raise NoCompilerError(msg)
    for name in ("cc", "gcc", "clang"):
        if (found := shutil.which(name)) is not None:
            return [found]
    if find_spec("ziglang") is not None:
        return [sys.executable, "-m", "ziglang", "cc"]
    msg = "there is no C compiler; install one, or the wheel: pip install ziglang"
    raise NoCompilerError(msg)
