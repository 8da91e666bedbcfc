from __future__ import annotations

import os
import stat
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.embedded import EmbeddedServer, EmbeddedServerError, Role
from api.embedded.account import account_for_postgresql
from api.embedded.layout import Layout
from api.embedded.programs import programs
from api.embedded.runtime import Runtime

if TYPE_CHECKING:
    from pathlib import Path

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def asked(server: EmbeddedServer, question: str) -> str:
    with psycopg.connect(server.url("postgres", Role.SUPERUSER)) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("listen_addresses", ""),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("synchronous_commit", "on"),
    ],
)
def test_the_server_is_set_as_promised(server: EmbeddedServer, setting: str, value: str) -> None:
    assert asked(server, f"SHOW {setting}") == value


def test_text_is_ordered_alike_on_every_machine(server: EmbeddedServer) -> None:
    question = "SELECT datlocale FROM pg_database WHERE datlocprovider = 'b' AND datname = "
    assert asked(server, f"{question}'mingjian'") == "C.UTF-8"


def test_nobody_enters_without_the_password(server: EmbeddedServer) -> None:
    for role in Role:
        address = server.url(role=role).replace(f"{role}:", f"{role}:not-")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(address)


def test_the_application_owns_nothing_and_may_make_nothing(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False,) * 5
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.mine ()")


def test_what_it_keeps_is_closed_to_others(layout: Layout) -> None:
    with EmbeddedServer(layout.data) as server:
        assert mode(layout.private) == mode(layout.cluster) == mode(server.socket) == 0o700
        assert mode(layout.passwords) == 0o600


def test_it_leaves_nothing_among_the_temporary_files(layout: Layout) -> None:
    with EmbeddedServer(layout.data) as server:
        runtime = server.socket.parent
        assert runtime.exists()
    assert not runtime.exists()


def test_passwords_that_others_can_read_are_refused(a_used_cluster: Layout) -> None:
    a_used_cluster.passwords.chmod(0o640)
    with pytest.raises(EmbeddedServerError, match="chmod 600"):
        EmbeddedServer(a_used_cluster.data).__enter__()


def test_a_first_start_cut_short_is_made_good(layout: Layout) -> None:
    layout.unfinished_cluster.mkdir(parents=True)
    (layout.unfinished_cluster / "half").touch()
    with EmbeddedServer(layout.data) as server:
        assert asked(server, "SELECT 42") == "42"
    assert not layout.unfinished_cluster.exists()


def test_a_data_directory_may_lie_deeper_than_a_socket_may(tmp_path: Path) -> None:
    deep = tmp_path / ("数据" * 20) / ("d" * 80)
    with EmbeddedServer(deep) as server:
        assert asked(server, "SELECT 42") == "42"


@root_only
def test_under_root_it_runs_where_only_root_may_enter_and_opens_no_door(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedServer(closed / "data") as server:
        assert asked(server, "SELECT 42") == "42"
    assert mode(closed) == 0o700
    assert Layout(closed / "data").cluster.stat().st_uid != 0


@root_only
def test_under_root_programs_out_of_reach_are_copied_to_within_reach(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = account_for_postgresql()
    runtime = Runtime(server.socket.parent)
    monkeypatch.setattr("api.embedded.programs.open_to_everyone", lambda _: False)
    postgres = programs(account, runtime) / "postgres"
    answer = subprocess.run(
        [postgres, "--version"], capture_output=True, check=True, cwd="/", **account.credentials()
    )
    assert postgres.is_relative_to(runtime.directory)
    assert answer.stdout.startswith(b"postgres (PostgreSQL)")
