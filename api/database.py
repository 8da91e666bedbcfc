"""Reaching the database of a record: the one that was named, or the private one of a directory."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

from api.embedded import EmbeddedServer, Role
from api.foundation import ground_of
from api.settings import Settings
from audit.migrate import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator


class AddressMissingError(Exception):
    """The address of a role is needed and was not given; the message names the variable."""


@dataclass(frozen=True)
class Reached:
    """A database that can be spoken to: ``settings`` hold its addresses."""

    settings: Settings
    ground: Ground
    embedded: bool

    @property
    def owner_url(self) -> str:
        """The address as the owner; raises ``AddressMissingError`` where none was given."""
        if self.settings.owner_database_url is None:
            msg = "OWNER_DATABASE_URL must name the database as the role that owns its tables"
            raise AddressMissingError(msg)
        return self.settings.owner_database_url


@contextmanager
def reach(settings: Settings) -> Iterator[Reached]:
    """The database named by the settings; without one, the private server runs meanwhile.

    Raises ``EmbeddedServerError`` where that can't run.
    """
    if settings.database_url is not None:
        application = str(conninfo_to_dict(settings.database_url).get("user") or "")
        if not application:
            msg = "DATABASE_URL must name the user that the running application signs in as"
            raise AddressMissingError(msg)
        yield Reached(settings, ground_of(settings, application), embedded=False)
        return
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with EmbeddedServer(settings.data) as server:
        named = replace(
            settings,
            database_url=server.url(role=Role.APPLICATION),
            owner_database_url=server.url(role=Role.OWNER),
        )
        yield Reached(named, ground_of(settings, Role.APPLICATION), embedded=True)
