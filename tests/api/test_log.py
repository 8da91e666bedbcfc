"""The log says what happened, and nothing about anybody."""

from __future__ import annotations

import json
import logging
import socket
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from gunicorn.config import Config  # type: ignore[import-untyped]

from api.log import configure_log
from api.serving.running import PlainLogger
from tests.api.accounts import DOCUMENT, LOGIN, NAME, PASSWORD
from tests.api.filings import draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.client import Client
    from tests.api.world import World

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """The log as it is written, for this test alone."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = StringIO()
    configure_log("info", written)
    yield written
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def lines(log: StringIO) -> list[dict[str, Any]]:
    """What was logged since this was last asked."""
    text = log.getvalue()
    log.seek(0)
    log.truncate()
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_has_the_request_the_account_the_case_and_the_trace(
    log: StringIO, official: Client
) -> None:
    lines(log)
    client_id = "01929a3e-0000-7000-8000-000000000000"
    answer = official.get("/v1/sessions", traceparent=TRACE, X_Request_Id=client_id)
    (line,) = lines(log)
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["account"] == "account-1"
    assert line["client_request_id"] == client_id
    assert line["trace_id"] == "0af7651916cd43dd8448eb211c80319c"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/sessions", 200)


def test_nothing_that_names_a_person_gets_into_the_log(log: StringIO, official: Client) -> None:
    official.get("/probe/faults/bug", X_Request_Id=DOCUMENT, traceparent=DOCUMENT)
    official.get(f"/v1/{DOCUMENT}?name={DOCUMENT}")
    official.post("/v1/sessions", {"login": LOGIN, "password": DOCUMENT})
    official.post("/probe", {"name": NAME, "amount": DOCUMENT})
    written = log.getvalue()
    for word in (DOCUMENT, NAME, LOGIN, PASSWORD):
        assert word not in written


ADDRESSES = (
    f"/v1/cases/{DOCUMENT}",
    f"/v1/cases/case-{DOCUMENT}/history?as_of={DOCUMENT}",
    f"/v1/cases/case-36073419-0001-0112-8000-{DOCUMENT[:12]}",
    f"/v1/persons/{DOCUMENT}?wait_for={DOCUMENT}",
    f"/v1/publicities/{DOCUMENT}",
    f"/v1/certificates/{DOCUMENT}",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_that_a_client_wrote_into_an_address_gets_into_the_log(
    log: StringIO, anonymous: Client, official: Client, address: str
) -> None:
    lines(log)
    for who in (anonymous, official):
        who.get(address)
        who.request(DOCUMENT, address)
    written = lines(log)
    assert len([each for each in written if each["event"] == "answered"]) == 4
    assert not any("case" in each for each in written)
    assert DOCUMENT[:12] not in str(written)
    assert {each["method"] for each in written if "method" in each} == {"GET", "other"}


def test_a_request_that_can_not_be_read_is_not_quoted(log: StringIO, anonymous: Client) -> None:
    host, port = anonymous.address.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        client.sendall(f"GET {DOCUMENT} {DOCUMENT} HTTP/1.1\r\n\r\n".encode())
        assert client.recv(100)
    assert DOCUMENT not in log.getvalue()


def test_nor_is_one_on_which_the_server_fails(log: StringIO) -> None:
    plain = PlainLogger(Config())
    plain.exception("Error handling request %s %s", "GET", f"/v1/cases/{DOCUMENT}")
    plain.warning(f"Invalid request from ip=127.0.0.1: {DOCUMENT}")
    assert [each["event"] for each in lines(log)] == [
        "a request could not be answered",
        "a request could not be read",
    ]


def test_a_case_that_there_is_is_named(log: StringIO, world: World) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    case = path.rpartition("/")[2]
    applicant.client  # noqa: B018 -- signed in before the lines are read
    lines(log)
    applicant.get(path)
    applicant.change(path, "/assessments", {})
    assert [each["case"] for each in lines(log) if each["event"] == "answered"] == [case] * 3


def test_a_failure_is_logged_with_its_kind_and_its_places_only(
    log: StringIO, anonymous: Client
) -> None:
    answer = anonymous.get("/probe/faults/bug")
    failed = next(line for line in lines(log) if line["event"] == "failed")
    assert failed["request_id"] == answer.body["request_id"]
    (stack,) = failed["exception"]
    assert stack["kind"] == "RuntimeError"
    assert any("probe.py" in place for place in stack["places"])


def test_lines_of_other_libraries_are_of_the_same_form(log: StringIO) -> None:
    logging.getLogger("psycopg.pool").warning("discarding %s", "a connection")
    (line,) = lines(log)
    assert (line["event"], line["level"]) == ("discarding a connection", "warning")


def test_a_line_that_can_not_be_written_keeps_nobody_from_their_answer(
    log: StringIO, official: Client
) -> None:
    log.close()
    assert official.get("/v1/sessions").status == 200
