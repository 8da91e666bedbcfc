"""Pages of other origins that may speak with this server from a browser (CORS): those named.

No cookie is ever asked for, so none is allowed: whoever signs in sends a bearer token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

from api.services import services

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask

_TOLD = "ETag, Export, Idempotent-Replayed, Link, Location, Repr-Digest, Retry-After, X-Request-Id"
"""What a page may read of an answer's headers, beside what every page may."""
_ASKED = (
    "Accept-Language, Authorization, Consultation, Content-Type, Idempotency-Key, If-Match,"
    " If-None-Match, Last-Event-ID, Mandate"
)
_LONG_ENOUGH = "600"
"""Seconds for which a browser need not ask again."""


def register_origins(app: Flask, origins: Collection[str]) -> None:
    """Let pages of these origins ask; call it before the gate, which no question passes."""
    if origins:
        app.before_request(_answer_beforehand)
        app.after_request(_tell)


def _named() -> str | None:
    origin = request.headers.get("Origin")
    return origin if origin in services().settings.origins else None


def _answer_beforehand() -> Response | None:
    """Answer what a browser asks before it sends a request (a preflight)."""
    asked = request.headers.get("Access-Control-Request-Method")
    if request.method != "OPTIONS" or asked is None or _named() is None:
        return None
    answer = Response(status=204)
    answer.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
    answer.headers["Access-Control-Allow-Headers"] = _ASKED
    answer.headers["Access-Control-Max-Age"] = _LONG_ENOUGH
    return answer


def _tell(response: Response) -> Response:
    response.vary.add("Origin")
    if (origin := _named()) is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = _TOLD
    return response
