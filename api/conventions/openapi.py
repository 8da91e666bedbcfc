"""The OpenAPI 3.1 document, and flask-smorest's ``Api`` with what it must do differently here."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

import flask_smorest  # type: ignore[import-untyped]
from flask_smorest.utils import prepare_response  # type: ignore[import-untyped]
from marshmallow import fields

from api.conventions.fields import AnswerSchema, HappenedSchema, SparseSchema
from api.problems.handlers import answer_http_exception
from api.problems.problem import MEDIA_TYPE

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.exceptions import HTTPException

_DESCRIPTIONS = {
    400: "The request cannot be read, or lacks a header that it needs.",
    401: "Nobody is signed in, or the sign-in has ended.",
    403: "The account may not do this, or must first replace a code or confirm its password.",
    404: "It does not exist, or lies outside what the caller may see.",
    405: "The address does not support the method.",
    406: "The content cannot be given in a format that was asked for.",
    409: "The law or the present state does not allow it: every reason, with its rule.",
    412: "It was changed since the version that If-Match names.",
    413: "The body is too large; ``limit`` says how many bytes are taken.",
    415: "The media type of the body is not supported.",
    422: "Fields were not accepted, or the Idempotency-Key belongs to another request.",
    428: "If-Match is missing.",
    429: "Too many attempts; Retry-After says when to try again.",
    500: "Something went wrong on the server; the request id identifies it in its log.",
    503: "The server cannot do it at present; Retry-After says when to try again.",
}


class RuleSchema(AnswerSchema):
    """A rule on which a refusal rests, with the words of its notice."""

    id = fields.String()
    clause = fields.String()
    quote = fields.String()
    source = fields.String(metadata={"description": "The policy pack."})


class RefusalSchema(AnswerSchema):
    """One reason for a refusal."""

    code = fields.String()
    detail = fields.String()
    pointer = fields.String()
    rules = fields.List(fields.String())


class FieldErrorSchema(AnswerSchema):
    """What is wrong with one field."""

    pointer = fields.String(metadata={"description": "JSON pointer (RFC 6901)."})
    detail = fields.String()


class ProblemSchema(SparseSchema):
    """A problem (RFC 9457)."""

    type = fields.String(required=True, metadata={"description": "A stable URN for each code."})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(
        required=True, metadata={"description": "In the language that Accept-Language prefers."}
    )
    code = fields.String(required=True)
    request_id = fields.String(required=True)
    rules = fields.List(fields.Nested(RuleSchema))
    position = fields.Integer(
        metadata={"description": "Where the refusal stands in the record, if it was recorded."}
    )
    limit = fields.Integer(metadata={"description": "The most bytes that are taken."})
    refusals = fields.List(fields.Nested(RefusalSchema))
    errors = fields.List(fields.Nested(FieldErrorSchema))
    events = fields.List(
        fields.Nested(HappenedSchema),
        metadata={"description": "What the request led to, where it had been carried out before."},
    )


def _word_or_nothing(_: object, field: fields.Field[Any], **told: Any) -> dict[str, Any]:  # noqa: ANN401 -- as apispec's
    """A word that may be null, as one or the other: of a list with null in it some make a puzzle.

    Taken out of what is told of the field already, which is apispec's way to replace it.
    """
    ret = told["ret"]
    if not field.allow_none or "enum" not in ret:
        return {}
    words = {"type": "string", "enum": [each for each in ret.pop("enum") if each is not None]}
    words |= {"x-names": ret.pop("x-names")} if "x-names" in ret else {}
    del ret["type"]
    return {"anyOf": [words, {"type": "null"}]}


class Api(flask_smorest.Api):  # type: ignore[misc] # flask-smorest has no types
    """Answers problems as problem+json and says so in the document."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None
    """Every status is named; a default would let the document allow any answer."""

    def __init__(self, app: Flask) -> None:
        app.config.update(
            API_TITLE="明鉴 Mingjian",
            API_VERSION="1",
            OPENAPI_VERSION="3.1.0",
            API_SPEC_OPTIONS=self._SPECIFICATION,
        )
        super().__init__(app)
        self.ma_plugin.converter.add_attribute_function(_word_or_nothing)

    _SPECIFICATION: ClassVar[dict[str, Any]] = {
        "info": {
            "description": "The record behind professional-title (职称) review. "
            "Clients ignore members of answers that they do not know.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"signIn": []}],
        "components": {
            "securitySchemes": {
                "signIn": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            }
        },
    }

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Answer an exception of Werkzeug's or webargs'."""
        return answer_http_exception(error)

    def _register_responses(self) -> None:
        for status, description in _DESCRIPTIONS.items():
            self._register_problem(f"PROBLEM_{status}", description)
        # flask-smorest's own decorators name responses by status
        self._register_problem(HTTPStatus(422).name, _DESCRIPTIONS[422])

    def _register_problem(self, name: str, description: str) -> None:
        response = {"description": description, "schema": self.ERROR_SCHEMA}
        prepare_response(response, self.spec, MEDIA_TYPE)
        self.spec.components.response(name, response, lazy=True)

    def _register_etag_headers(self) -> None:
        self.spec.components.parameter(
            "IF_MATCH",
            "header",
            {
                "name": "If-Match",
                "required": True,
                "description": "The version that the caller saw, as its ETag.",
                "schema": {"type": "string", "pattern": '^"v(0|[1-9][0-9]{0,9})"$'},
            },
            lazy=True,
        )
        self.spec.components.parameter(
            "IDEMPOTENCY_KEY",
            "header",
            {
                "name": "Idempotency-Key",
                "required": True,
                "description": "New for each act, the same when a request is sent again.",
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
            },
            lazy=True,
        )
        self.spec.components.parameter(
            "WAIT_FOR",
            "query",
            {
                "name": "wait_for",
                "description": "Answer only when the views show everything up to this position.",
                "schema": {"type": "integer", "minimum": 0},
            },
            lazy=True,
        )
