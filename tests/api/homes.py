"""The place of a record as its operator reaches it, and an empty one where it is restored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

from api.database import Reached
from api.embedded import EmbeddedServer, Role
from api.settings import Settings
from audit.keys.journal import Journal
from tests.conftest import GROUND

if TYPE_CHECKING:
    from pathlib import Path

    from api.services import Services
    from tests.conftest import Database


def home_of(services: Services, server: EmbeddedServer) -> Reached:
    """The database from which an application answers, with the owner's address too."""
    settings = services.settings
    name = str(conninfo_to_dict(settings.database_url or "")["dbname"])
    owner = server.url(name, Role.OWNER)
    return Reached(
        replace(settings, record="test/demo", owner_database_url=owner), GROUND, embedded=False
    )


def elsewhere(home: Reached, database: Database, keys: Path) -> Reached:
    """An empty database; beside it no keys, but the journal of erasures as it stands now."""
    keys.mkdir(mode=0o700)
    for each in Journal(home.settings.key_directory).entries():
        Journal(keys).note(each)
    settings = Settings(
        record="test/demo",
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=keys,
        threads=2,
    )
    return Reached(settings, GROUND, embedded=False)
