"""The runtime directory: short-lived, short-named, and reachable for PostgreSQL's account.

A socket's path may have some hundred characters (107 on Linux, 103 elsewhere), and a data
directory may lie deeper or where only root may enter. So the socket lies in a directory of
its own among the temporary files. Its name is drawn at random and kept in the data directory,
so that a server that is started again is found at the same address.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.embedded.account import open_to_everyone
from api.embedded.errors import EmbeddedServerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.embedded.account import Account
    from api.embedded.layout import Layout

_LONGEST_BASE = 60
_PERMISSIONS = 0o777
_PRIVATE = 0o700
_ENTER_ONLY = 0o711


@dataclass(frozen=True)
class Runtime:
    """One runtime directory; removed when the server stops."""

    directory: Path

    @property
    def socket(self) -> Path:
        """The private directory (0700) of the socket; belongs to PostgreSQL's account."""
        return self.directory / "socket"

    @property
    def programs(self) -> Path:
        """Where copies of the programs go when the account cannot reach the originals."""
        return self.directory / "programs"

    def remove(self) -> None:
        """Remove the directory with all that is in it."""
        shutil.rmtree(self.directory, ignore_errors=True)


def recorded_runtime(layout: Layout) -> Runtime | None:
    """The runtime directory of the server that runs now or ran last."""
    try:
        name = layout.runtime.read_text("utf-8")
    except FileNotFoundError:
        return None
    return Runtime(Path(name)) if name else None


def prepare_runtime(layout: Layout, account: Account) -> Runtime:
    """Take up the recorded runtime directory, or make a new one and record it."""
    runtime = recorded_runtime(layout)
    if runtime is None or not _make_again(runtime, account):
        runtime = _make_new(account)
        _record(layout, runtime)
    shutil.rmtree(runtime.socket, ignore_errors=True)
    runtime.socket.mkdir(mode=_PRIVATE)
    account.own(runtime.socket)
    return runtime


def _record(layout: Layout, runtime: Runtime) -> None:
    unfinished = layout.runtime.with_suffix(".unfinished")
    unfinished.write_text(str(runtime.directory), "utf-8")
    unfinished.rename(layout.runtime)


def _make_again(runtime: Runtime, account: Account) -> bool:
    """Make the directory anew under its old name, or see that what is there is ours.

    Somebody else may have taken the name since: then it is left alone.
    """
    mode = _mode(account)
    try:
        runtime.directory.mkdir(mode=_PRIVATE)
        runtime.directory.chmod(mode)
    except FileExistsError:
        found = runtime.directory.lstat()
        ours = found.st_uid == os.geteuid() and found.st_mode & _PERMISSIONS == mode
        return ours and not runtime.directory.is_symlink()
    except OSError:
        return False
    return True


def _make_new(account: Account) -> Runtime:
    for base in _bases():
        if len(str(base)) > _LONGEST_BASE or not base.is_dir():
            continue
        if account.is_another and not open_to_everyone(base / "x"):
            continue
        try:
            directory = Path(tempfile.mkdtemp(prefix="mingjian-", dir=base))
        except OSError:
            continue
        directory.chmod(_mode(account))
        return Runtime(directory)
    raise EmbeddedServerError(
        "No directory for the server's socket can be made; set TMPDIR to one with a short path.",
        "无法建立数据库套接字目录；请将 TMPDIR 设为一个路径较短的可写目录。",
    )


def _mode(account: Account) -> int:
    return _ENTER_ONLY if account.is_another else _PRIVATE


def _bases() -> Iterator[Path]:
    yield Path(tempfile.gettempdir())
    yield from (Path("/tmp"), Path("/var/tmp"), Path("/run"))  # noqa: S108 -- mkdtemp is safe there
