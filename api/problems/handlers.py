"""The one place where an exception becomes an answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError
from flask import current_app, g, json, request
from psycopg import errors
from psycopg_pool import PoolTimeout
from werkzeug.exceptions import HTTPException

from api.acts.acting import RefusedOnRecord
from api.acts.replay import happened
from api.problems.field_messages import field_errors
from api.problems.problem import MEDIA_TYPE, Language, Problem, refusals_document, too_large
from api.services import services
from audit.append.errors import (
    AcknowledgementLostError,
    KeyDestroyedError,
    RecordAheadError,
    StreamConflictError,
)
from audit.append.flushing import PositionLostError
from audit.keys.sealing import SealBrokenError
from audit.leaf.envelope import LARGEST_LEAF, EventTooLargeError
from audit.outage import database_error_behind, is_outage
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

_log = structlog.get_logger()

_CODE_OF_STATUS = {
    400: "BAD_REQUEST",
    401: "SIGN_IN_REQUIRED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    409: "CONFLICT",
    412: "STALE",
    415: "MEDIA_TYPE_UNSUPPORTED",
    422: "FIELDS_REFUSED",
    428: "IF_MATCH_REQUIRED",
    431: "HEADERS_TOO_LARGE",
    503: "BUSY",
}
_RETRY = {"Retry-After": "2"}
_UNASKED = ("BUSY", "DATABASE_UNAVAILABLE", "OUTCOME_UNKNOWN", "STORAGE_FULL", "INTERNAL_ERROR")
"""Where the database is not asked once more."""


def register_handlers(app: Flask) -> None:
    """Let every exception that leaves a view be answered here."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(Refused, _answer_refused)
    app.register_error_handler(psycopg.Error, _answer_database)
    app.register_error_handler(PersistenceError, _answer_record)
    app.register_error_handler(PositionLostError, _answer_record)
    app.register_error_handler(EventTooLargeError, _answer_record)
    app.register_error_handler(SealBrokenError, _answer_damaged)
    app.register_error_handler(Exception, _answer_unknown)


def answer_http_exception(error: HTTPException) -> Response:
    """Werkzeug's and webargs' exceptions, with the headers that they ask for (Allow, …)."""
    if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 -- RFC 9110 §15.5
        return cast("Response", error.get_response())
    data: Mapping[str, object] = getattr(error, "data", None) or {}
    if error.code == 413:  # noqa: PLR2004 -- RFC 9110 §15.5.14
        assert request.max_content_length is not None, "the application sets it for every request"
        return answer_problem(too_large("BODY_TOO_LARGE", request.max_content_length))
    code = _CODE_OF_STATUS.get(error.code or 500, "INTERNAL_ERROR")
    if error.code == 400 and "json" in cast("Mapping[str, object]", data.get("messages") or {}):  # noqa: PLR2004 -- webargs could not parse
        code = "MALFORMED_JSON"
    unchanged = ("content-type", "content-length")
    headers = {key: value for key, value in error.get_headers() if key.lower() not in unchanged}
    fields = field_errors(data["messages"]) if error.code == 422 and "messages" in data else ()  # noqa: PLR2004 -- webargs' validation
    return answer_problem(Problem(code, errors=fields, headers=headers))


def answer_problem(problem: Problem) -> Response:
    """A problem in the language of the caller."""
    headers = dict(problem.headers)
    if problem.status == 401:  # noqa: PLR2004 -- RFC 9110 §11.6.1 asks for a challenge
        headers.setdefault("WWW-Authenticate", "Bearer")
    if problem.status == 503:  # noqa: PLR2004 -- RFC 9110 §10.2.3
        headers.setdefault("Retry-After", _RETRY["Retry-After"])
    body = problem.document(language(), _request_id())
    _tell_of_events(body, headers)
    return _response(body, problem.status, headers)


def _tell_of_events(body: dict[str, object], headers: dict[str, str]) -> None:
    """Whoever sends a request again is told what it led to, also where no more is told."""
    promise = g.pop("promise", None)
    if promise is None or body["code"] in _UNASKED:
        return
    events = happened(services().record, promise)
    if events:
        body["events"] = [asdict(each) for each in events]
        headers["Idempotent-Replayed"] = "true"


def language() -> Language:
    """The language of the caller; Chinese unless they prefer English."""
    for tag, quality in request.accept_languages:  # the most wanted first
        if quality > 0 and (primary := tag.partition("-")[0].lower()) in ("zh", "en"):
            return cast("Language", primary)
    return "zh"


def _answer_refused(refused: Refused) -> Response:
    _log.info("refused", codes=[refusal.code for refusal in refused.refusals])
    cited = [services().office.laws.cited(refusal) for refusal in refused.refusals]
    body = refusals_document(cited, language(), _request_id())
    headers: dict[str, str] = {}
    if isinstance(refused, RefusedOnRecord):
        body["position"] = refused.position
        if refused.replayed:
            headers["Idempotent-Replayed"] = "true"
    else:
        _tell_of_events(body, headers)
    return _response(body, 409, headers)


def _answer_damaged(error: SealBrokenError) -> Response:
    """Sealed words were altered where they are stored: nothing of the answer is believed."""
    _log.error("what is stored was altered", exc_info=error)
    return answer_problem(Problem("DATA_DAMAGED"))


def _answer_database(error: psycopg.Error) -> Response:
    """The database is full, gone, or too slow: trying again may help."""
    _log.warning("database", kind=type(error).__name__, sqlstate=error.sqlstate)
    if isinstance(error, errors.DiskFull):
        return answer_problem(Problem("STORAGE_FULL"))
    if isinstance(error, (errors.QueryCanceled, errors.LockNotAvailable, PoolTimeout)):
        return answer_problem(Problem("BUSY"))
    if isinstance(error, errors.UndefinedTable):  # the views are made by whoever leads them
        return answer_problem(Problem("NOT_YET_VISIBLE"))
    if is_outage(error):
        return answer_problem(Problem("DATABASE_UNAVAILABLE"))
    return _answer_unknown(error)


def _answer_record(error: Exception) -> Response:
    """The record did not take an append, or could not say whether it did."""
    _log.warning("record", kind=type(error).__name__)
    if isinstance(error, (AcknowledgementLostError, PositionLostError)):
        return answer_problem(Problem("OUTCOME_UNKNOWN"))
    if (behind := database_error_behind(error)) is not None:
        return _answer_database(behind)
    if isinstance(error, EventTooLargeError):
        return answer_problem(too_large("ACT_TOO_LARGE", LARGEST_LEAF))
    if isinstance(error, RecordAheadError):
        return answer_problem(Problem("CLOCKS_DISAGREE", headers={"Retry-After": "60"}))
    if isinstance(error, KeyDestroyedError):
        return answer_problem(Problem("ERASED"))
    if isinstance(error, StreamConflictError):
        return answer_problem(Problem("BUSY"))
    if is_outage(error):
        return answer_problem(Problem("DATABASE_UNAVAILABLE"))
    return _answer_unknown(error)


def _answer_unknown(error: Exception) -> Response:
    """What nobody foresaw: logged without the words of the exception, which may be personal."""
    if isinstance(error, HTTPException):
        return answer_http_exception(error)
    _log.error("failed", exc_info=error)
    return answer_problem(Problem("INTERNAL_ERROR"))


def _request_id() -> str:
    return cast("str", g.get("request_id", ""))


def _response(body: Mapping[str, object], status: int, headers: Mapping[str, str]) -> Response:
    response = current_app.response_class(
        json.dumps(body), status, dict(headers), content_type=MEDIA_TYPE
    )
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    return response
