"""The account that PostgreSQL runs under: it refuses to run as root, and rightly so."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from api.embedded.errors import EmbeddedServerError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PREFERRED = ("mingjian", "nobody")
_OTHERS_MAY_ENTER = 0o001


class Credentials(TypedDict, total=False):
    """The arguments of ``subprocess`` that start a child under another account."""

    user: int
    group: int
    extra_groups: Iterable[int]


@dataclass(frozen=True)
class Account:
    """An unprivileged account of this machine, or (both None) the one that runs this program."""

    user: int | None
    group: int | None

    @property
    def is_another(self) -> bool:
        """Whether PostgreSQL runs under an account that is not this program's."""
        return self.user is not None

    def credentials(self) -> Credentials:
        """What makes ``subprocess`` start a child under this account."""
        if self.user is None or self.group is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": ()}

    def own(self, path: Path) -> None:
        """Hand over something that Mingjian has just made."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


def account_for_postgresql() -> Account:
    """The account of this program, or, for root, ``mingjian`` where it exists, else ``nobody``.

    Raises ``EmbeddedServerError`` on a machine that has neither.
    """
    if os.geteuid() != 0:
        return Account(None, None)
    for name in _PREFERRED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedServerError(
        "PostgreSQL does not run as root and this machine has no account 'nobody'; "
        "make an account 'mingjian', or start Mingjian as an ordinary user.",
        "PostgreSQL 不以 root 运行，而本机没有 nobody 账户；"
        "请建立 mingjian 账户，或以普通用户启动。",
    )


def open_to_everyone(path: Path) -> bool:
    """Whether every account can reach ``path``: each directory above it may be entered."""
    return all(parent.stat().st_mode & _OTHERS_MAY_ENTER for parent in path.resolve().parents)
