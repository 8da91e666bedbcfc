"""The log says what happened, and nothing about anybody."""

from __future__ import annotations

import json
import logging
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from api.log import configure_log
from tests.api.accounts import DOCUMENT, LOGIN, NAME, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.client import Client

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
