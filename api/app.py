"""The composition root: one running application from its settings, part by part.

Connections are opened here, so a server that forks calls this in each child.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api.acts.indicator import Indicating
from api.clock import Clock, SteadyClock, SystemClock
from api.conventions.answer_headers import with_headers
from api.conventions.openapi import Api
from api.conventions.origins import register_origins
from api.conventions.paths import document_paths, register_paths
from api.conventions.requests import register_requests
from api.conventions.visibility import register_visibility
from api.directory import RecordDirectory
from api.foundation import MASTER_KEY
from api.http import RESOURCES
from api.http.body_members import document_members
from api.http.unversioned import register_plain
from api.json import register_json
from api.keys import open_front_door_keys
from api.office import Office, law_book
from api.problems.handlers import register_handlers
from api.services import EXTENSION, Services
from api.signin import Directory, SignIn
from api.signin.bindings import Bindings
from api.signin.credentials import Credentials
from api.signin.federation import Federation
from api.signin.gate import register_gate
from api.signin.issuer import Claims, Issuer
from api.signin.issuer_keys import IssuerKeys
from api.signin.sessions import Sessions
from api.signin.tally import Tally
from api.signin.throttle import Throttle
from api.signin.tokens import Tokens
from api.tables.case_uploads import CaseUploads
from api.tables.exports_under_way import ExportsUnderWay
from api.tables.fingerprints import Fingerprints
from api.tables.pool import open_pool
from api.tables.public_uploads import PublicUploads
from api.tables.queries import Queries
from api.tables.receipts import Receipts
from api.tables.searches import Searches
from api.views import Views
from audit.keys.keyfile import KeyFile
from audit.record import OCTETS_AT_HAND, Record
from domain.beijing import day
from domain.document import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from api.keys import FrontDoorKeys
    from api.law.book import LawBook
    from api.settings import Settings
    from audit.migrate import Ground

_BEGINNING = datetime.min.replace(tzinfo=UTC)


_OF_JOBS = 4
"""Connections of each kind that the jobs of a process share, one for each job."""
OCTETS_OF_JOBS = 8 * 2**20
"""The leaves of which the jobs have the events at hand: of ten thousand of one organisation.

They go from case to case and come back to none; what they share is whose cases these are.
"""


class Application(Flask):
    """Flask, of whose views none is a coroutine, and of whose answers all say the same headers."""

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:  # noqa: ANN401 -- as Flask's
        """Answer a request, as WSGI has it."""
        return super().wsgi_app(environ, with_headers(start_response))

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself; asked by Flask and by flask-smorest for each layer of a view."""
        return func


class Frame(NamedTuple):
    """The application with every address, but without anything to answer from."""

    app: Flask
    api: Api


def create_app(services: Services) -> Flask:
    """The application that answers from these services."""
    app = frame(services.settings).app
    app.extensions[EXTENSION] = services
    return app


def frame(settings: Settings) -> Frame:
    """Everything about the application that needs neither a database nor a key."""
    app = Application("mingjian", static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=settings.body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.body_bytes,
        MAX_FORM_PARTS=20,
    )
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # as Flask's documentation has it
            app.wsgi_app, x_for=proxies, x_proto=proxies
        )
    register_paths(app)
    register_json(app)
    register_requests(app)
    register_origins(app, settings.origins)
    register_gate(app)
    register_visibility(app)
    api = Api(app)
    document_paths(api)
    document_members(api)
    register_handlers(app)
    for blueprint in RESOURCES:
        api.register_blueprint(blueprint)
    register_plain(app, api)
    return Frame(app, api)


def open_services(
    settings: Settings,
    ground: Ground,
    clock: Clock | None = None,
    directory: Callable[[Record], Directory] = RecordDirectory,
    book: LawBook | None = None,
) -> Services:
    """Open the record and everything around it, at ``settings.database_url``.

    ``book`` is what is offered as law, where that was read before.

    Raises ``KeyFileRefusedError`` or ``KeyFileError`` if a key file can't be relied on,
    ``PackError`` if a policy pack can't be.
    """
    laws = book or law_book(settings.overlays, settings.calendars)
    return _open(settings, ground, laws, clock, directory, settings.threads)


def open_beside(
    services: Services, directory: Callable[[Record], Directory] = RecordDirectory
) -> Services:
    """The same services for the jobs beside the requests, on connections of their own.

    So requests that use up theirs keep no view from following and no deadline from being kept.
    """
    laws = services.office.book
    settings, ground, clock = services.settings, services.ground, services.clock
    return _open(settings, ground, laws, clock, directory, _OF_JOBS, octets_at_hand=OCTETS_OF_JOBS)


def _open(
    settings: Settings,
    ground: Ground,
    laws: LawBook,
    clock: Clock | None,
    directory: Callable[[Record], Directory],
    connections: int,
    *,
    octets_at_hand: int = OCTETS_AT_HAND,
) -> Services:
    url, seconds = settings.database_url or "", settings.statement_seconds
    keys = open_front_door_keys(settings.key_directory)
    master = KeyFile(settings.key_directory / MASTER_KEY)
    record = Record(
        url,
        ground,
        master,
        connections=connections,
        statement_seconds=seconds,
        octets_at_hand=octets_at_hand,
    )
    pool = open_pool(url, ground.schema, connections=connections, statement_seconds=seconds)
    looking = open_pool(
        url, ground.views, connections=connections, statement_seconds=seconds, autocommit=True
    )
    sign_in = _sign_in(settings, keys, pool, record, directory(record))
    ticking = clock or SteadyClock(SystemClock(), record.times().since or _BEGINNING)
    return Services(
        settings=settings,
        ground=ground,
        clock=ticking,
        keys=keys,
        database=pool,
        views=Views(looking, record.flushed_head()),
        record=record,
        sign_in=sign_in,
        office=Office(
            record=record,
            sign_in=sign_in,
            book=laws.over(record, lambda: day(ticking.now())),
            indicating=Indicating(sign_in.sessions.acted_from),
        ),
        receipts=Receipts(pool),
        fingerprints=Fingerprints(pool, keys),
        public_uploads=PublicUploads(pool),
        case_uploads=CaseUploads(pool),
        searches=Searches(pool),
        queries=Queries(pool),
        exports_under_way=ExportsUnderWay(pool),
    )


def _sign_in(
    settings: Settings,
    keys: FrontDoorKeys,
    pool: ConnectionPool[Connection],
    record: Record,
    directory: Directory,
) -> SignIn:
    seconds = timedelta(seconds=1)
    sessions = Sessions(
        pool,
        record.catch_up_asking,
        settings.session_seconds * seconds,
        settings.fresh_seconds * seconds,
    )
    return SignIn(
        credentials=Credentials(pool, keys, settings.code_seconds * seconds),
        sessions=sessions,
        tokens=Tokens(keys, settings.public_url, settings.access_seconds * seconds),
        throttle=Throttle(pool, keys),
        tally=Tally(pool),
        keys=keys,
        directory=directory,
        pool=pool,
        federation=_federation(settings, keys, pool, sessions),
    )


def _federation(
    settings: Settings,
    keys: FrontDoorKeys,
    pool: ConnectionPool[Connection],
    sessions: Sessions,
) -> Federation | None:
    name, audience, address = settings.oidc_issuer, settings.oidc_audience, settings.oidc_keys_url
    if name is None or audience is None or address is None:
        return None  # the settings are all there or none is
    issuer = Issuer(name, audience, IssuerKeys(address), _claims(settings))
    return Federation(issuer, Bindings(pool, keys), sessions, keys)


def _claims(settings: Settings) -> Claims | None:
    name, number = settings.oidc_name_claim, settings.oidc_document_claim
    if name is None or number is None:
        return None  # the settings are both there or neither is
    return Claims(name, number, DocumentKind(settings.oidc_document_kind))
