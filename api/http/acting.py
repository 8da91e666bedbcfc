"""From a request to somebody who acts, and from what came of it to the common answer.

``posts`` is how a resource takes an act in: an address, the act's row, the body that it asks for.
What the OpenAPI document says of an act's guards it takes from the row that carries them out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from flask import g, request
from marshmallow import Schema, fields

from api.acts.acting import Acting, Promise
from api.acts.guard import Row, guard
from api.acts.thing import Thing, read
from api.conventions import visibility
from api.conventions.blueprint import FILE
from api.conventions.fields import AnswerSchema, Body, HappenedSchema
from api.conventions.idempotency import idempotency_key, replayed
from api.conventions.requests import request_id
from api.conventions.versions import etag, expected_version
from api.http.act_operations import WAYS, Offering, Way, acts_field, acts_of, written
from api.http.addresses import address_of
from api.problems import Problem
from api.services import services
from api.signin import authenticated
from api.signin.gate import whence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.acts.acting import Answer
    from api.conventions.blueprint import Blueprint
    from api.office import Office

Answered = tuple[dict[str, Any], int, dict[str, str]]
"""A body with its status and headers, as flask-smorest takes it from a view."""


Reads = Thing[Any] | Callable[[Any, Acting, str], Offering]
"""A kind of thing, or a function that reads one: whose acts are next is told."""


ADDRESSES: dict[Row[Any, Any], str] = {}
"""Where each act is taken in."""
_WAITING = frozenset({visibility.PARAMETER, "wait"})
"""The parameters by which a request asks to be answered later."""
BODIES: dict[Row[Any, Any], type[Body] | None] = {}
"""What states all that an act asks, where it is given that as it was read."""


class CarriesOut(Protocol):
    """``guard`` itself, or what does more after it, such as telling a code."""

    def __call__(self, office: Office, acting: Acting, name: str, /, **asked: Any) -> Answer:  # noqa: ANN401 -- as the body has it
        """Carry an act out on the thing of that name."""


class AppendedSchema(AnswerSchema):
    """What a command led to: the state of its stream, and its events."""

    stream = fields.String()
    version = fields.Integer()
    position = fields.Integer(
        metadata={"description": "For `wait_for`; 0 where nothing had to be recorded."}
    )
    events = fields.List(fields.Nested(HappenedSchema))
    links = fields.Dict(keys=fields.String(), values=fields.String())
    acts = acts_field()


PARTS: dict[Thing[Any], str] = {}
"""Of things that a stream tells beside another: where they are read, beneath its address."""


def posts(blueprint: Blueprint, reads: Reads | None = None) -> Callable[..., None]:
    """How a resource takes its acts in; ``reads`` is the thing whose acts are next, or its reader.

    The first part of an address names the thing that the act is about; further parts, and the
    members of the body, are what is asked.
    """

    def post(
        address: str,
        row: Row[Any, Any],
        body: type[Body] | None = None,
        by: CarriesOut | None = None,
    ) -> None:
        carry_out = by if by is not None else partial(_by_row, row)

        def view(*asked: dict[str, Any] | object, **parts: str) -> Answered:
            name, further = _named(parts)
            who = asking(row)
            stated = asked[0] if asked else {}
            words = stated if isinstance(stated, dict) else {"command": stated}
            answer = carry_out(services().office, who, name, **words, **further)
            return told(answer, row, name, reads)

        view.__name__, view.__doc__ = row.decide.__name__, row.decide.__doc__
        takes(blueprint, address, row, body)(view)
        if by is None:
            BODIES[row] = body

    return post


def takes(
    blueprint: Blueprint,
    address: str,
    row: Row[Any, Any],
    body: type[Body] | None = None,
    *,
    headers: type[Schema] | None = None,
    query: type[Schema] | None = None,
    files: Iterable[str] = (),
    answers: type[Schema] | tuple[str, ...] = AppendedSchema,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view take an act in; ``answers`` is a schema, or media types of a file.

    ``files`` are the media types of the file that is the body, where no ``body`` is read here.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        if isinstance(answers, tuple):
            for each in answers:
                view = blueprint.response(201, content_type=each)(view)
        else:
            view = blueprint.response(201, answers)(view)
        for schema, location in ((headers, "headers"), (query, "query"), (body, "json")):
            if schema is not None:
                view = blueprint.arguments(schema, location=location)(view)
        content: dict[str, Any] = {each: {"schema": FILE} for each in files}
        if content:
            view = blueprint.doc(requestBody={"required": True, "content": content})(view)
        ADDRESSES[row] = f"{blueprint.url_prefix}{address}"
        operation = f"{blueprint.name}.{view.__name__}"
        asked = written(ADDRESSES[row]) + _query_of(query)
        WAYS.append(Way(row, operation, asked, body, tuple(files)))
        return blueprint.post(address)(blueprint.appends(to_existing=row.changes)(view))

    return decorate


def _query_of(query: type[Schema] | None) -> str:
    """What an address asks for beside its path, with each value in braces."""
    names = [] if query is None else [name for name, e in query().fields.items() if e.required]
    return "?" + "&".join(f"{name}={{{name}}}" for name in names) if names else ""


def asking(row: Row[Any, Any], content: bytes | None = None) -> Acting:
    """Whoever sent the present request, to do an act; see ``commanding``."""
    return commanding(to_existing=row.changes, content=content)


def told(
    answer: Answer,
    row: Row[Any, Any],
    name: str,
    reads: Reads | None = None,
    **members: Any,  # noqa: ANN401 -- of the body
) -> Answered:
    """The common answer to an act, with the acts that are next, and members of its own."""
    stream = row.about.stream(name)
    if row.begins is not None:
        stream = name = answer.stream_of(row.begins.topic)
    begun = None if row.begins is None else name
    part = PARTS.get(reads, "") if isinstance(reads, Thing) else ""
    acts = _next(answer, reads, name, begun, stream)
    return answered(answer, stream, shown_at=part, acts=acts, **members)


def _next(
    answer: Answer, reads: Reads | None, name: str, begun: str | None, stream: str
) -> list[dict[str, Any]]:
    """What is next, as far as the caller may know of the thing now: by what the act has read.

    Who did something is told that they did, whatever has become of their right to look since.
    """
    if reads is None:
        return []
    office, who = services().office.after(answer), acting()
    try:
        seen = (
            read(office, who, reads, name) if isinstance(reads, Thing) else reads(office, who, name)
        )
    except Problem as problem:
        if problem.code not in ("FORBIDDEN", "NOT_FOUND"):
            raise
        return []
    return acts_of(seen, begun, stream)


def _by_row(row: Row[Any, Any], office: Office, who: Acting, name: str, /, **asked: Any) -> Answer:  # noqa: ANN401 -- as the body has it
    return guard(office, who, row, name, **asked)


def _named(parts: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The thing that an address names, and what else it says."""
    name, *_ = (*parts, "")
    return parts.get(name, ""), {part: parts[part] for part in parts if part != name}


def acting() -> Acting:
    """Whoever sent the present request, to read something.

    Where it waits for nothing, what the gate has seen of the record is new enough to be read.
    """
    caller = authenticated()
    return Acting(
        actor=caller.actor(),
        roles=caller.roles,
        at=services().clock.now(),
        request=request_id(),
        caught_up=request.method == "GET" and _WAITING.isdisjoint(request.args),
    )


def commanding(*, to_existing: bool, content: bytes | None = None) -> Acting:
    """Whoever sent the present request, to change something, under an idempotency key.

    ``to_existing`` asks for the version that they saw; ``content`` stands for the body where
    that is not read whole.
    Raises the problems of ``idempotency_key`` and ``expected_version``.
    """
    caller, at = authenticated(), services().clock.now()
    key = idempotency_key(content)
    g.promise = Promise(key.account, key.key, key.body)
    return Acting(
        actor=caller.actor(),
        roles=caller.roles,
        at=at,
        request=request_id(),
        promise=g.promise,
        expected=expected_version() if to_existing else None,
        device=services().sign_in.device(caller, whence()),
        fresh=caller.is_fresh(at) or not services().settings.fresh_sign_in_for_decisions,
    )


def answered(
    answer: Answer,
    stream: str,
    *,
    shown_at: str = "",
    acts: Iterable[dict[str, Any]] = (),
    links: Mapping[str, str] | None = None,
    **members: object,
) -> Answered:
    """The common answer to a command on a stream, with further members of its own.

    ``shown_at`` is where what was changed is read, beneath the stream's own address.
    201 with the new version as ETag; 200 where nothing had to be recorded.
    """
    version = answer.version_of(stream)
    if version is None:
        version = services().record.load(stream).version
    own = address_of(stream)
    own = own and f"{own}{shown_at}"
    body: dict[str, Any] = {
        "stream": stream,
        "version": version,
        "position": answer.position,
        "events": answer.happened,
        "links": {**({"self": own} if own is not None else {}), **(links or {})},
        "acts": list(acts),
        **members,
    }
    headers = etag(version)
    if own is not None:
        headers["Location"] = own
    if answer.replayed:
        headers |= replayed()
    return body, 201 if answer.happened else 200, headers
