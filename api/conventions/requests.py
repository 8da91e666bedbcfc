"""What happens around every request: its id, its trace, the headers of its answer, its log line.

``X-Request-Id`` is ours and goes into the envelope of events.
A caller's own id is only logged, and only if it is a UUID: free text could say anything.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, cast

import structlog
from flask import g, request

from api.conventions.measures import known, observe
from api.identifiers import new_id
from api.services import services

if TYPE_CHECKING:
    from flask import Flask, Response

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_log = structlog.get_logger()


def register_requests(app: Flask) -> None:
    """Let every request of the application begin and end here."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The server's own id of the present request."""
    return cast("str", g.request_id)


def _begin() -> None:
    g.began = perf_counter()
    g.request_id = new_id(services().clock.now())
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id, **_trace())


def _trace() -> dict[str, str]:
    """What the caller says about the request, as far as it is of a form that names nobody."""
    trace = {}
    if _UUID.fullmatch(stated := request.headers.get("X-Request-Id", "")):
        trace["client_request_id"] = stated.lower()
    if (match := _TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))) is not None:
        trace |= {"trace_id": match[1], "parent_span_id": match[2]}
    return trace


def _end(response: Response) -> Response:
    if response.status_code == HTTPStatus.NO_CONTENT:
        response.set_data(b"")
        del response.headers["Content-Type"]
    response.headers["X-Request-Id"] = g.get("request_id", "")
    route = request.url_rule.rule if request.url_rule is not None else "unknown"
    seconds = perf_counter() - g.get("began", perf_counter())
    method = known(request.method)
    observe(method, route, response.status_code, seconds)
    # the route, never the path: an address may hold anything, whether or not it exists
    _log.info(
        "answered",
        method=method,
        route=route,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
    )
    return response
