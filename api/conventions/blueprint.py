"""The blueprint that every resource uses: flask-smorest's, typed and with our conventions."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import flask_smorest  # type: ignore[import-untyped]
from marshmallow import Schema

from api.conventions.admission import Admission
from api.conventions.parsing import StrictParser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

P = ParamSpec("P")
R = TypeVar("R")
View = TypeVar("View", bound="Callable[..., Any]")

Documentation = dict[str, Any]
_NOTHING = Schema()
TEXT: Documentation = {"type": "string"}
FILE: Documentation = {"type": "string", "format": "binary"}
"""Octets, as the clients that are generated know them (OpenAPI 3.1 alone would say nothing)."""


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """The operations of one resource.

    From the outside in: ``get``/``post``/…, ``admits``, ``appends``, ``arguments``, ``response``.
    The first line of a view's docstring is its summary in the OpenAPI document.
    """

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, *, prefix: str, description: str) -> None:
        super().__init__(name, __name__, url_prefix=prefix, description=description)
        self._prepare_doc_cbks.append(self._prepare_conventions_doc)

    def get(self, rule: str) -> Callable[[View], View]:
        """Let the view answer GET."""
        return self._on("GET", rule)

    def post(self, rule: str) -> Callable[[View], View]:
        """Let the view answer POST."""
        return self._on("POST", rule)

    def put(self, rule: str) -> Callable[[View], View]:
        """Let the view answer PUT."""
        return self._on("PUT", rule)

    def delete(self, rule: str) -> Callable[[View], View]:
        """Let the view answer DELETE."""
        return self._on("DELETE", rule)

    def arguments(
        self, schema: type[Schema] | Schema, *, location: str = "json"
    ) -> Callable[[Callable[..., R]], Callable[..., R]]:
        """Hand what the schema reads from body or query to the view as its next argument."""
        once = schema() if isinstance(schema, type) else schema
        decorate: Callable[[Callable[..., R]], Callable[..., R]] = super().arguments(
            once, location=location
        )
        return decorate

    def response(
        self,
        status: int,
        schema: type[Schema] | Schema | Mapping[str, Any] | None = None,
        *,
        description: str | None = None,
        content_type: str | None = None,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Answer with this status what the schema makes of the view's value.

        What has a content type and no schema is a file, or a text.
        """
        if content_type is not None and schema is None:
            schema = TEXT if content_type.startswith("text/") else FILE
        decorate: Callable[[Callable[P, R]], Callable[P, R]] = super().response(
            status, schema, description=description, content_type=content_type
        )
        return decorate

    def admits(self, admission: Admission) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Say who is let in, where that is not ``SIGNED_IN``."""

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            marked = _documented(view, admission=admission)
            marked.admission = admission  # type: ignore[attr-defined] # read by api.signin.gate
            return marked

        return decorate

    def tells(self, *problems: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Name further statuses of problems, which do not follow from the conventions."""
        return lambda view: _documented(view, problems=problems)

    def appends(self, *, to_existing: bool) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Document an operation that appends events: Idempotency-Key, and If-Match to existing.

        The view itself asks ``idempotency_key()`` and ``expected_version()`` for them.
        """
        return lambda view: _documented(view, appends=True, to_existing=to_existing)

    def _on(self, method: str, rule: str) -> Callable[[View], View]:
        route: Callable[[View], View] = self.route(rule, methods=[method])

        def decorate(view: View) -> View:
            told = _documented(view, names_something=True) if "<" in rule else view
            return route(self._asked_nothing(told) if method == "GET" else told)  # type: ignore[return-value] # the same view, still

        return decorate

    def _asked_nothing(self, view: Callable[P, R]) -> Callable[P, R]:
        """Refuse whatever is asked of who takes no query, as of who takes one; not of the public.

        What is asked for and left out of account would look like what was asked for.
        """
        known = getattr(view, "_apidoc", {})
        parameters = known.get("arguments", {}).get("parameters", ())
        if known.get("admission") is Admission.PUBLIC or "query" in {e["in"] for e in parameters}:
            return view

        @wraps(view)
        def asked(*arguments: P.args, **named: P.kwargs) -> R:
            self.ARGUMENTS_PARSER.parse(_NOTHING, location="query")
            return view(*arguments, **named)

        return asked

    def _store_endpoint_docs(self, endpoint: str, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- as flask-smorest's
        super()._store_endpoint_docs(endpoint, *arguments, **options)
        for method, documentation in self._docs[endpoint].items():
            if method != "parameters":
                documentation["operation"] = f"{self.name}.{endpoint}"

    @staticmethod
    def _prepare_conventions_doc(
        doc: Documentation, doc_info: Documentation, *, method: str, **_: object
    ) -> Documentation:
        """Add to the document what follows from the conventions alone."""
        parameters: list[str] = doc.setdefault("parameters", [])
        problems = {400, 405, 406, 500, 503}
        problems |= set(doc_info.get("problems", ()))
        if doc_info.get("names_something"):
            problems.add(404)
        if doc_info.get("admission") is Admission.PUBLIC:
            doc["security"] = []
        else:
            problems |= {401, 403, 404}
        if method == "get" and "security" not in doc:
            parameters.append("WAIT_FOR")
            problems |= {409, 422}
        if method in ("post", "put"):
            problems |= {413, 415, 429}
        if doc_info.get("appends"):
            parameters.append("IDEMPOTENCY_KEY")
            problems |= {409, 422}
        if doc_info.get("to_existing"):
            parameters.append("IF_MATCH")
            problems |= {412, 428}
        if "arguments" in doc_info:
            problems.add(422)
        responses = doc.setdefault("responses", {})
        responses.update({status: f"PROBLEM_{status}" for status in sorted(problems)})
        doc["operationId"] = doc_info["operation"]
        return doc


def _documented(view: Callable[P, R], **facts: object) -> Callable[P, R]:
    @wraps(view)
    def same(*arguments: P.args, **named: P.kwargs) -> R:
        return view(*arguments, **named)

    same._apidoc = {**getattr(view, "_apidoc", {}), **facts}  # type: ignore[attr-defined] # noqa: SLF001 -- where flask-smorest keeps it
    return same
