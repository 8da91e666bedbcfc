"""Idempotency keys: the same request sent again has one effect and the same answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import request

from api.problems import Problem
from api.services import services
from api.signin.caller import authenticated

_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True)
class IdempotencyKey:
    """Who sent which key with what; ``body`` is the record's HMAC of method, path and body."""

    account: str
    key: str
    body: bytes


def idempotency_key(content: bytes | None = None) -> IdempotencyKey:
    """The key of the present request, for the account that sent it.

    ``content`` stands for the body where that is not read whole, such as an attachment's digest.
    Raises the problem ``IDEMPOTENCY_KEY_MISSING`` or ``IDEMPOTENCY_KEY_MALFORMED`` (400).
    """
    stated = request.headers.getlist("Idempotency-Key")
    if not stated:
        raise Problem("IDEMPOTENCY_KEY_MISSING")
    if len(stated) > 1 or not _KEY.fullmatch(stated[0]):
        raise Problem("IDEMPOTENCY_KEY_MALFORMED")
    body = request.get_data(cache=True) if content is None else content
    asked = f"{request.method} {request.path}\n".encode() + body
    digest = services().record.digest_of_body(asked)
    return IdempotencyKey(authenticated().account, stated[0], digest)


def replayed() -> dict[str, str]:
    """The header of an answer that was given before and is given again."""
    return {"Idempotent-Replayed": "true"}
