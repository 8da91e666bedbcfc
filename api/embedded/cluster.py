"""The cluster: PostgreSQL's own directory, made once and opened at every start."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.embedded.errors import EmbeddedServerError
from api.embedded.passwords import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.embedded.account import Account
    from api.embedded.layout import Layout
    from api.embedded.runtime import Runtime

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""What PostgreSQL's programs get to see; no setting of the caller's PostgreSQL leaks in."""

_DESCRIPTORS = Path("/proc/self/fd")
_INITIALISE = (
    f"--username={Role.SUPERUSER}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
)


@contextmanager
def opened(directory: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A name for ``directory`` that PostgreSQL can use, and the descriptors to pass on.

    The data directory may lie where only root may enter. A descriptor that root has opened
    leads an unprivileged child there without changing the mode of anything on the way.
    Without ``/proc`` the plain path must do.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _DESCRIPTORS.is_dir():
            yield str(_DESCRIPTORS / str(descriptor)), (descriptor,)
        else:
            yield str(directory), ()
    finally:
        os.close(descriptor)


def make_cluster(
    layout: Layout, account: Account, programs: Path, runtime: Runtime, password: str
) -> None:
    """Make the cluster if there is none; one cut short earlier is made anew.

    Raises ``EmbeddedServerError`` with the last words of ``initdb`` where it fails.
    """
    if layout.cluster.exists():
        return
    shutil.rmtree(layout.unfinished_cluster, ignore_errors=True)
    layout.unfinished_cluster.mkdir(mode=0o700)
    account.own(layout.unfinished_cluster)
    password_file = runtime.socket / "password"
    password_file.touch(mode=0o600)
    account.own(password_file)
    password_file.write_text(password, "utf-8")
    try:
        _initialise(layout.unfinished_cluster, account, programs, password_file)
    finally:
        password_file.unlink()
    # Die before this line and the next start begins again; after it the cluster is whole.
    layout.unfinished_cluster.rename(layout.cluster)


def _initialise(directory: Path, account: Account, programs: Path, password_file: Path) -> None:
    with opened(directory) as (name, descriptors):
        done = subprocess.run(
            [programs / "initdb", f"--pgdata={name}", f"--pwfile={password_file}", *_INITIALISE],
            pass_fds=descriptors,
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **account.credentials(),
        )
    if done.returncode != 0:
        words = " / ".join(done.stdout.strip().splitlines()[-3:])
        raise EmbeddedServerError(
            f"PostgreSQL could not make its directory: {words}",
            f"PostgreSQL 无法建立其数据目录：{words}",
        )
