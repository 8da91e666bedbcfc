"""Connections that are used up, held or cut under a running county: each is told as what it is."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from api.acts.guard import act_as
from api.app import open_beside
from api.embedded import Role as DatabaseRole
from domain.actor import SystemActor
from domain.single_events import DemonstrationDeclared
from projections.catalogue import VIEWS
from projections.progress import wait_for
from projections.schema import look_at
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import SCAN, done, draft
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.embedded import EmbeddedServer
    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

PATIENCE = 60.0
"""Seconds after which a test says that something never came; nothing is judged by its speed."""


@pytest.fixture
def superuser(world: World, server: EmbeddedServer) -> Iterator[psycopg.Connection]:
    """The world's database, as somebody who may look at everything and end it."""
    name = str(conninfo_to_dict(world.services.settings.database_url or "")["dbname"])
    address = server.url(name, DatabaseRole.SUPERUSER)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@contextmanager
def used_up(services: Services) -> Iterator[None]:
    """Every connection that requests have is taken."""
    with ExitStack() as taken:
        for pool in (services.database, services.views.pool, services.record._datastore.pool):
            for _ in range(pool.max_size):
                taken.enter_context(pool.connection())
        yield


@contextmanager
def append_lock_held(world: World, superuser: psycopg.Connection) -> Iterator[None]:
    """Somebody elsewhere holds what every append needs."""
    table = sql.Identifier(world.services.ground.schema, "event").as_string(superuser)
    with superuser.transaction():
        superuser.execute("SELECT pg_advisory_xact_lock(%s::regclass::oid::bigint)", (table,))
        yield


def open_account(world: World, key: str) -> Answer:
    """An act that appends, the same for the same key."""
    administrator = world.school.administrator
    body = {
        "name": "某甲",
        "document": {
            "kind": "resident_identity_card",
            "number": NUMBERS.setdefault(key, invented_number()),
        },
        "organisation": world.school.organisation,
        "roles": ["applicant"],
        "login": f"login-{key[:12]}",
    }
    return administrator.post("/v1/accounts", body, key=key)


NUMBERS: dict[str, str] = {}
"""The document number that goes with each key."""


def test_requests_that_use_up_their_connections_keep_no_view_from_following(
    world: World, superuser: psycopg.Connection
) -> None:
    beside = open_beside(world.services)
    caller = world.school.handler.client
    look_at(superuser, world.services.ground.views)
    try:
        with used_up(world.services):
            answer = caller.get("/v1/work-queue")
            assert (answer.status, answer.code) == (503, "BUSY")
            assert int(answer.headers["Retry-After"]) > 0
            assert wait_for(superuser, VIEWS, declare(beside), PATIENCE)
            ready = caller.get("/readyz")
            assert (ready.status, ready.body["checks"]["views"]) == (200, "ok"), ready.body
    finally:
        beside.close()
    assert caller.get("/v1/work-queue").status == 200


def declare(services: Services) -> int:
    """Append something that concerns nobody; answers its position."""
    stream, now = f"record-{uuid4()}", services.clock.now()
    answer = act_as(
        services.office.desk,
        SystemActor("test"),
        uuid4().hex,
        now,
        lambda desk: desk.write(stream, DemonstrationDeclared(statement="无")),
    )
    return answer.position


def test_slow_uploads_hold_no_connection(world: World, superuser: psycopg.Connection) -> None:
    applicant = world.applicant(world.school)
    case = draft(applicant, world.school)
    before = keys_of_files(world, superuser)
    with ExitStack() as clients:
        slow = [
            clients.enter_context(half_an_upload(applicant, case))
            for _ in range(world.services.record._datastore.pool.max_size)
        ]
        while keys_of_files(world, superuser) < before + len(slow):
            pass
        done(open_account(world, uuid4().hex))
        for client in slow:
            client.sendall(SCAN[20:])
            assert client.recv(4096).startswith(b"HTTP/1.1 201")


def keys_of_files(world: World, superuser: psycopg.Connection) -> int:
    """How many files have a key, which is made before their first octet is asked for."""
    query = sql.SQL("SELECT count(*) FROM {} WHERE key_id LIKE 'material-%'")
    table = sql.Identifier(world.services.ground.schema, "sealing_key")
    row = superuser.execute(query.format(table)).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def half_an_upload(applicant: Actor, case: str) -> Iterator[socket.socket]:
    """A client that has sent the first octets of a file, and then nothing more."""
    host, port = applicant.client.address.split(":")
    head = (
        f"POST {case}/uploads HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(SCAN)}\r\n"
        f"Content-Type: application/pdf\r\nAuthorization: Bearer {applicant.client.token}\r\n"
        f"Idempotency-Key: {uuid4().hex}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
        client.sendall(head.encode() + SCAN[:20])
        yield client


def test_an_act_that_waits_too_long_for_its_turn_is_busy_and_succeeds_later(
    world: World, superuser: psycopg.Connection
) -> None:
    key = uuid4().hex
    with append_lock_held(world, superuser):
        answer = open_account(world, key)
        assert (answer.status, answer.code) == (503, "BUSY")
        assert int(answer.headers["Retry-After"]) > 0
    assert "Idempotent-Replayed" not in done(open_account(world, key)).headers


def test_an_act_whose_acknowledgement_is_lost_is_unknown_and_happens_once(
    world: World, superuser: psycopg.Connection
) -> None:
    key, administrator = uuid4().hex, world.school.administrator
    administrator.sign_in()
    before = world.services.record.head()
    with ThreadPoolExecutor(1) as threads, append_lock_held(world, superuser):
        acting = threads.submit(open_account, world, key)
        end_who_waits_for_the_append(superuser)
        answer = acting.result()
    assert (answer.status, answer.code) == (503, "OUTCOME_UNKNOWN")
    assert int(answer.headers["Retry-After"]) > 0
    assert world.services.record.head() == before
    first, again = done(open_account(world, key)), done(open_account(world, key))
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.body["account"] == again.body["account"]


def end_who_waits_for_the_append(superuser: psycopg.Connection) -> None:
    query = (
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event = 'advisory'"
    )
    while not superuser.execute(query).fetchall():
        pass


def test_a_sign_in_whose_login_is_forgiven_by_another_meanwhile_succeeds(
    world: World, superuser: psycopg.Connection
) -> None:
    actor = world.school.handler
    actor.sign_in()
    table = sql.Identifier(world.services.ground.schema, "sign_in_attempt")
    with ThreadPoolExecutor(1) as threads:
        with superuser.transaction():
            superuser.execute(sql.SQL("SELECT FROM {} FOR UPDATE").format(table))
            credentials = {"login": actor.login, "password": PASSWORD}
            signing_in = threads.submit(Client(world.address).post, "/v1/sessions", credentials)
            wait_for_a_row(superuser)
            superuser.execute(sql.SQL("DELETE FROM {}").format(table))
        assert signing_in.result().status == 201


def wait_for_a_row(superuser: psycopg.Connection) -> None:
    """Come back when somebody waits for another transaction to end."""
    query = (
        "SELECT FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event = 'transactionid'"
    )
    while not superuser.execute(query).fetchall():
        pass
