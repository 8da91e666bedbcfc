"""What somebody from the public hands in, and the receipt by which they go on (回执).

They sign in nowhere, and are known by the receipt alone: it is told once, and travels in a body
and never in an address. Whoever hands in much, or guesses at receipts, has to wait ever longer.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from flask import request
from marshmallow import fields

from api.acts.desk import known
from api.conventions.admission import Admission
from api.conventions.fields import AnswerSchema, Body, Statement, Text
from api.http.public_files import files_field
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from marshmallow import Schema

    from api.acts.handed_in import Receipt
    from api.conventions.blueprint import Blueprint

P = ParamSpec("P")


class HandInBody(Body):
    """What somebody says, with files; whoever gives no name states concrete facts or has files."""

    statement = Statement()
    name = Text(load_default=None, longest=100)
    contact = Text(load_default=None, longest=200)
    files = files_field()


class ReceiptSchema(AnswerSchema):
    """The receipt, told this once, and what was handed in counts as."""

    receipt = fields.String()
    kind = fields.String(metadata={"description": "`objection`, or `complaint` after the period."})


class ReceiptBody(Body):
    """The receipt that was told when the thing was handed in."""

    receipt = Text(longest=60)


class ReceiptWithReasonBody(ReceiptBody):
    """The receipt, and why; may be left out."""

    reason = Statement(load_default=None)


def hands_in(
    blueprint: Blueprint,
    address: str,
    body: type[Body] = HandInBody,
    answers: type[Schema] = ReceiptSchema,
) -> Callable[[Callable[Concatenate[dict[str, Any], datetime, P], Receipt]], None]:
    """Let a view take in what somebody from the public hands in; the answer is the receipt."""

    def decorate(hand_in: Callable[Concatenate[dict[str, Any], datetime, P], Receipt]) -> None:
        @wraps(hand_in)
        def view(stated: dict[str, Any], *none: P.args, **parts: P.kwargs) -> dict[str, str]:
            now = services().clock.now()
            services().sign_in.throttle.count_guess(request.remote_addr or "", now)
            handed_in = hand_in(stated, now, *none, **parts)
            receipt = services().receipts.issue(handed_in.stream, now)
            return {"receipt": receipt, "kind": handed_in.kind}

        _open(blueprint, address, view, body, blueprint.response(201, answers), 409)

    return decorate


def by_receipt(
    blueprint: Blueprint, followed: type[Schema], stands: Callable[[str], dict[str, Any]]
) -> Callable[..., None]:
    """How a resource takes in what whoever holds a receipt does; the answer is how it stands now.

    An act is given the stream that the receipt is for and, by name, what the body states beside.
    """

    def post(address: str, act: Callable[..., object], body: type[Body] | None = None) -> None:
        def view(stated: dict[str, Any]) -> dict[str, Any]:
            stream, now = _stream_of(stated.pop("receipt")), services().clock.now()
            act(services().office, stream, now, **stated)
            return stands(stream)

        view.__name__, view.__doc__ = act.__name__, (act.__doc__ or "").partition("\n")[0]
        problems = (404,) if body is None else (404, 409)
        response = blueprint.response(200, followed)
        _open(blueprint, address, view, body or ReceiptBody, response, *problems)

    return post


def _open(
    blueprint: Blueprint,
    address: str,
    view: Callable[..., Any],
    body: type[Body],
    response: Callable[[Callable[..., Any]], Callable[..., Any]],
    *problems: int,
) -> None:
    """Let a view answer whoever asks, signed in or not."""
    told = blueprint.tells(*problems)(blueprint.arguments(body)(response(view)))
    blueprint.post(address)(blueprint.admits(Admission.PUBLIC)(told))


def _stream_of(receipt: str) -> str:
    """The stream that a receipt is for. Raises the problem ``NOT_FOUND``; who guesses waits."""
    guess, now = request.remote_addr or "", services().clock.now()
    services().sign_in.throttle.count_guess(guess, now)
    stream = known(services().receipts.stream_of(receipt))
    services().sign_in.throttle.forgive_guess(guess)
    return stream
