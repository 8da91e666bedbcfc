"""Whether this server can do its work now, and what keeps it from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from api.foundation import EVERY_MIGRATION
from audit.migrate import MigrationError, pending

if TYPE_CHECKING:
    from api.services import Services

_FINE = "ok"


@dataclass(frozen=True)
class Readiness:
    """What was looked at, each ``ok`` or the reason why not; nothing personal."""

    checks: Mapping[str, str]

    @property
    def ready(self) -> bool:
        """Whether every check is fine."""
        return all(said == _FINE for said in self.checks.values())


def readiness(services: Services) -> Readiness:
    """Look at the database and at its migrations."""
    try:
        with services.database.connection(timeout=2) as connection:
            missing = pending(connection, services.ground, EVERY_MIGRATION)
    except psycopg.Error:
        return Readiness({"database": "cannot be reached"})
    except MigrationError as error:
        return Readiness({"database": _FINE, "migrations": str(error)})
    said = f"{len(missing)} to be applied; run `mingjian migrate`" if missing else _FINE
    return Readiness({"database": _FINE, "migrations": said})
