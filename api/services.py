"""What a request needs of this process, put together once by ``api.app``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from psycopg import Connection
from psycopg_pool import ConnectionPool

from api.clock import Clock
from api.keys import FrontDoorKeys
from api.office import Office
from api.settings import Settings
from api.signin import SignIn
from api.tables.case_uploads import CaseUploads
from api.tables.exports_under_way import ExportsUnderWay
from api.tables.fingerprints import Fingerprints
from api.tables.public_uploads import PublicUploads
from api.tables.queries import Queries
from api.tables.receipts import Receipts
from api.tables.searches import Searches
from api.views import Views
from audit.migrate import Ground
from audit.record import Record

EXTENSION = "mingjian"


@dataclass(frozen=True, kw_only=True)
class Services:
    """The parts of one running application; each is safe to use from several threads.

    ``database`` is for the tables of sign-in; ``views`` for queries of ``projections``, each a
    transaction of its own.
    """

    settings: Settings
    clock: Clock
    keys: FrontDoorKeys
    ground: Ground
    database: ConnectionPool[Connection]
    views: Views
    record: Record
    sign_in: SignIn
    office: Office
    receipts: Receipts
    fingerprints: Fingerprints
    public_uploads: PublicUploads
    case_uploads: CaseUploads
    searches: Searches
    queries: Queries
    exports_under_way: ExportsUnderWay

    def close(self) -> None:
        """Give every connection back. The services are of no use afterwards."""
        self.database.close()
        self.views.close()
        self.record.close()


def services() -> Services:
    """The services of the application that answers the present request."""
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 -- as Flask's documentation has it
    return cast("Services", application.extensions[EXTENSION])
