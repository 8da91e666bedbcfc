"""What runs out, or is gone for good: space on the disk, connections, keys."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from api.embedded import Role as DatabaseRole
from api.http.masking import ERASED
from audit.record import AppendRequest, Head, Write
from domain.actor import SystemActor
from domain.objection.kept import UploadsDiscarded
from tests.api.filings import SCAN, done, draft, file, opine
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.embedded import EmbeddedServer
    from tests.api.actor import Actor
    from tests.api.world import World

_FULL = """
CREATE FUNCTION {schema}.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON {schema}.{table}
    FOR EACH ROW EXECUTE FUNCTION {schema}.full_disk();
"""


@pytest.fixture
def owner(world: World, server: EmbeddedServer) -> Iterator[psycopg.Connection]:
    """The world's database, as somebody who may put faults into it."""
    name = str(conninfo_to_dict(world.services.settings.database_url or "")["dbname"])
    address = server.url(name, DatabaseRole.SUPERUSER)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@contextmanager
def full(owner: psycopg.Connection, schema: str, table: str) -> Iterator[None]:
    """A disk on which the table can't grow: PostgreSQL's own error, raised where it would be."""
    names = {"schema": sql.Identifier(schema), "table": sql.Identifier(table)}
    owner.execute(sql.SQL(_FULL).format(**names))
    try:
        yield
    finally:
        owner.execute(sql.SQL("DROP FUNCTION {schema}.full_disk() CASCADE").format(**names))


def contents(owner: psycopg.Connection, schema: str, *tables: str) -> list[Any]:
    """How many rows there are in each."""
    count = sql.SQL("SELECT count(*) FROM {}")
    return [
        owner.execute(count.format(sql.Identifier(schema, table))).fetchone() for table in tables
    ]


def test_with_a_full_disk_nothing_is_half_written_and_afterwards_it_goes_on(
    world: World, owner: psycopg.Connection
) -> None:
    schema = world.services.ground.schema
    administrator = world.school.administrator
    body = {
        "name": "某甲",
        "document": {"kind": "resident_identity_card", "number": invented_number()},
        "organisation": world.school.organisation,
        "roles": ["applicant"],
        "login": f"login-{uuid4().hex[:12]}",
    }
    key = uuid4().hex
    before = contents(owner, schema, "event", "identity")
    with full(owner, schema, "event"):
        answer = administrator.post("/v1/accounts", body, key=key)
        assert (answer.status, answer.code) == (503, "STORAGE_FULL")
        assert int(answer.headers["Retry-After"]) > 0
        assert contents(owner, schema, "event", "identity") == before
        assert administrator.get("/v1/accounts").status == 200
    done(administrator.post("/v1/accounts", body, key=key))


def test_a_file_for_which_there_is_no_room_leaves_nothing_behind(
    world: World, owner: psycopg.Connection
) -> None:
    applicant = world.applicant(world.school)
    case = draft(applicant, world.school)
    schema, tables = world.services.ground.schema, ("attachment", "attachment_chunk")
    before = contents(owner, schema, *tables)
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": uuid4().hex}
    with full(owner, schema, "attachment_chunk"):
        answer = applicant.client.request("POST", f"{case}/uploads", SCAN, headers)
        assert (answer.status, answer.code) == (503, "STORAGE_FULL")
        assert contents(owner, schema, *tables) == before
    assert applicant.client.request("POST", f"{case}/uploads", SCAN, headers).status == 201


def test_without_a_free_connection_a_request_is_told_to_come_back(world: World) -> None:
    caller, pool = world.school.handler.client, world.services.views.pool
    with ExitStack() as taken:
        for _ in range(pool.max_size):
            taken.enter_context(pool.connection())
        answer = caller.get("/v1/work-queue")
        assert (answer.status, answer.code) == (503, "BUSY")
        assert int(answer.headers["Retry-After"]) > 0
    assert caller.get("/v1/work-queue").status == 200


def test_where_a_key_was_destroyed_every_place_says_so(
    world: World, owner: psycopg.Connection
) -> None:
    school = world.school
    applicant = world.applicant(school, "某将删者")
    case = draft(applicant, school)
    done(file(applicant, case))
    position = done(opine(school.handler, case, opinion="秘密意见")).body["position"]
    record = world.services.record
    rows = owner.execute(
        sql.SQL("SELECT key_id FROM {} WHERE key_id LIKE %s").format(
            sql.Identifier(world.services.ground.schema, "sealing_key")
        ),
        (f"{applicant.person}/%",),
    ).fetchall()
    ordered = UploadsDiscarded(keys=tuple(row[0] for row in rows))
    appended = record.append(
        AppendRequest(
            writes=(Write(Head.new("upload-test"), (ordered,)),),
            actor=SystemActor("test"),
            at=world.clock.now(),
            command="command-test",
        )
    )
    record.keys.destroy(appended.positions[0], world.clock.now())
    for path in places(applicant, case):
        answer = world.school.handler.get(
            f"{path}?wait_for={position}" if "?" not in path else path
        )
        assert answer.status == 200, (path, answer.body)
        assert "某将删者" not in str(answer.body), path
        assert "秘密意见" not in str(answer.body), path
    seen = done(school.handler.get(case)).body
    assert ERASED in str(seen)


def places(applicant: Actor, case: str) -> Iterator[str]:
    """Wherever a person's words are shown to who deals with their case."""
    yield case
    yield f"{case}/history"
    yield f"{case}/separation"
    yield f"/v1/persons/{applicant.person}"
    yield "/v1/cases?limit=200"
    yield "/v1/work-queue?limit=200"
