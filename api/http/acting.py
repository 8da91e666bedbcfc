"""From a request to somebody who acts, and from what came of it to the common answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from flask import g
from marshmallow import fields

from api.acts.acting import Acting, Promise
from api.conventions.fields import AnswerSchema, HappenedSchema
from api.conventions.idempotency import idempotency_key, replayed
from api.conventions.requests import request_id
from api.conventions.versions import etag, expected_version
from api.http.addresses import address_of
from api.problems import Problem
from api.services import services
from api.signin import authenticated
from api.signin.gate import whence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from api.access import Act
    from api.acts.answer import Answer

Answered = tuple[dict[str, Any], int, dict[str, str]]
"""A body with its status and headers, as flask-smorest takes it from a view."""


def acts_field() -> fields.List[str]:
    """What a representation of one thing lists: the acts of the table of access that are next."""
    return fields.List(
        fields.String(),
        required=True,
        metadata={"description": "The acts that this caller may do next."},
    )


class Offering(Protocol):
    """Something that was read, with the acts that are next on it."""

    @property
    def offers(self) -> Iterable[Act]:
        """The acts that the reader may do next."""


class AppendedSchema(AnswerSchema):
    """What a command led to: the state of its stream, and its events."""

    stream = fields.String(required=True)
    version = fields.Integer(required=True)
    position = fields.Integer(
        required=True,
        metadata={"description": "For `wait_for`; 0 where nothing had to be recorded."},
    )
    events = fields.List(fields.Nested(HappenedSchema), required=True)
    links = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    acts = acts_field()


def acting() -> Acting:
    """Whoever sent the present request, to read something."""
    caller = authenticated()
    return Acting(
        actor=caller.actor(),
        roles=caller.roles,
        at=services().clock.now(),
        request=request_id(),
    )


def commanding(*, to_existing: bool, content: bytes | None = None) -> Acting:
    """Whoever sent the present request, to change something, under an idempotency key.

    ``to_existing`` asks for the version that they saw; ``content`` stands for the body where
    that is not read whole.
    Raises the problems of ``idempotency_key`` and ``expected_version``.
    """
    caller = authenticated()
    key = idempotency_key(content)
    g.promise = Promise(key.account, key.key, key.body)
    return Acting(
        actor=caller.actor(),
        roles=caller.roles,
        at=services().clock.now(),
        request=request_id(),
        promise=g.promise,
        expected=expected_version() if to_existing else None,
        device=services().sign_in.device(caller, whence()),
    )


def deciding(*, to_existing: bool = True) -> Acting:
    """Whoever sent the present request, to decide as a leader or as the second officer.

    Raises the problem ``FRESH_SIGN_IN_REQUIRED`` too, unless the settings ask for no fresh
    sign-in: a decision is made by who holds the secret, not by who finds the session open.
    """
    who = commanding(to_existing=to_existing)
    require_fresh_sign_in(who)
    return who


def require_fresh_sign_in(*several: Acting) -> None:
    """Raises ``FRESH_SIGN_IN_REQUIRED`` where one is asked for; not where all was decided before.

    ``several`` is the same caller under each of the keys by which they decide.
    """
    if not services().settings.fresh_sign_in_for_decisions:
        return
    desk = services().office.desk
    try:
        authenticated().require_fresh_sign_in(several[0].at)
    except Problem:
        if any(desk.before(each) is None for each in several):
            raise


def offers_of(read: Callable[[], Offering]) -> tuple[Act, ...]:
    """The acts that are next, as far as the caller may know of the thing now.

    Who did something is told that they did, whatever has become of their right to look since.
    """
    try:
        return tuple(read().offers)
    except Problem as problem:
        if problem.code not in ("FORBIDDEN", "NOT_FOUND"):
            raise
        return ()


def answered(
    answer: Answer,
    stream: str,
    *,
    next_acts: Iterable[Act] = (),
    links: Mapping[str, str] | None = None,
    **members: object,
) -> Answered:
    """The common answer to a command on a stream, with further members of its own.

    201 with the new version as ETag; 200 where nothing had to be recorded.
    """
    version = answer.version_of(stream)
    if version is None:
        version = services().record.load(stream).version
    own = address_of(stream)
    body: dict[str, Any] = {
        "stream": stream,
        "version": version,
        "position": answer.position,
        "events": answer.happened,
        "links": {**({"self": own} if own is not None else {}), **(links or {})},
        "acts": [act.value for act in next_acts],
        **members,
    }
    headers = etag(version)
    if own is not None:
        headers["Location"] = own
    if answer.replayed:
        headers |= replayed()
    return body, 201 if answer.happened else 200, headers
