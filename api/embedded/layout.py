"""Where the private server keeps its things inside a data directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.embedded.errors import EmbeddedServerError


@dataclass(frozen=True)
class Layout:
    """The paths of one data directory.

    The cluster belongs to the account that PostgreSQL runs under; the private directory,
    with locks, passwords and log, to the account that runs Mingjian. Both have mode 0700.
    """

    data: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own directory."""
        return self.data / "postgres"

    @property
    def unfinished_cluster(self) -> Path:
        """Where ``initdb`` works; renamed to ``cluster`` when it is whole."""
        return self.data / "postgres.unfinished"

    @property
    def private(self) -> Path:
        """Mingjian's own directory."""
        return self.data / "embedded"

    @property
    def users_lock(self) -> Path:
        """Held shared by every program that uses the server."""
        return self.private / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held while a program looks for the keeper or starts one."""
        return self.private / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Also holds the keeper's process number, true for as long as it is locked."""
        return self.private / "keeper.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server and its children."""
        return self.private / "server.lock"

    @property
    def passwords(self) -> Path:
        """The passwords of the roles, mode 0600."""
        return self.private / "passwords.json"

    @property
    def runtime(self) -> Path:
        """A file that names the runtime directory, which is elsewhere; see ``runtime.py``."""
        return self.private / "runtime"

    @property
    def log(self) -> Path:
        """What the keeper and the server have to say."""
        return self.private / "postgresql.log"

    def prepare(self) -> None:
        """Make the directories that are missing; leave the mode of every other one alone.

        Raises ``EmbeddedServerError`` where the data directory cannot be written.
        """
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.private.mkdir(mode=0o700, exist_ok=True)
            self.start_lock.touch(mode=0o600)
        except OSError as error:
            raise EmbeddedServerError(
                f"The data directory {self.data} cannot be used ({error.strerror}); "
                "name another with --data, or run as the account that owns it.",
                f"数据目录 {self.data} 不可用（{error.strerror}）；"
                "请用 --data 指定其他目录，或以该目录所属的账户运行。",
            ) from error
