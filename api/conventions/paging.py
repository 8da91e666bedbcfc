"""Paging by cursor: where the last page ended, sealed and bound to the query and its caller.

No page numbers: what was added meanwhile moves nothing. Sealed, because a page may end behind
something that its caller is not told of.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from functools import cache
from typing import cast
from urllib.parse import urlencode

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import request
from marshmallow import Schema, fields
from marshmallow.validate import Length

from api.conventions.fields import NumberInQuery
from api.conventions.visibility import PARAMETER
from api.problems import Problem
from api.services import services
from api.signin.caller import caller_or_nobody

_NONCE = 12
"""Octets at the head of a cursor, by which no two are sealed alike."""

Place = tuple[str | int | None, ...]
"""The sort key of the last row of a page: ids, positions, days; nothing personal."""


class PageQuery(Schema):
    """The query parameters of every list; a list's own schema inherits from it."""

    limit = NumberInQuery(load_default=50, least=1, most=200)
    cursor = fields.String(load_default=None, validate=Length(1, 2000))


def place_of(cursor: str | None) -> Place | None:
    """Where the page asked for begins: after this place, or at the start.

    Raises the problem ``CURSOR_REFUSED`` (400) for a cursor of another query or caller.
    """
    if cursor is None:
        return None
    try:
        octets = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Problem("CURSOR_REFUSED") from error
    for key in services().keys.accepted("cursor"):
        try:
            place = _cipher(key).decrypt(octets[:_NONCE], octets[_NONCE:], _bound_to())
        except (InvalidTag, ValueError):
            continue
        return cast("Place", tuple(orjson.loads(place)))
    raise Problem("CURSOR_REFUSED")


def link_to_next(place: Place | None) -> dict[str, str]:
    """The Link header to the page after this place (RFC 8288); none after the last page."""
    if place is None:
        return {}
    nonce = secrets.token_bytes(_NONCE)
    cipher = _cipher(services().keys.newest("cursor"))
    sealed = nonce + cipher.encrypt(nonce, orjson.dumps(place), _bound_to())
    cursor = base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
    query = urlencode([*_query("cursor"), ("cursor", cursor)])
    return {"Link": f'<{request.path}?{query}>; rel="next"'}


@cache
def _cipher(key: bytes) -> AESGCM:
    """What seals under a key of the front door, of which there are few."""
    return AESGCM(key)


def _bound_to() -> bytes:
    """The path, every parameter but the page's size, and the caller's account."""
    caller = caller_or_nobody()
    account = "" if caller is None else caller.account
    return orjson.dumps([account, request.path, *sorted(_query("cursor", "limit"))])


def _query(*without: str) -> list[tuple[str, str]]:
    names = {PARAMETER, *without}
    return [pair for pair in request.args.items(multi=True) if pair[0] not in names]
