"""Paging by cursor: where the last page ended, signed and bound to the query and its caller.

No page numbers: what was added meanwhile moves nothing.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

import orjson
from flask import request
from marshmallow import Schema, fields
from marshmallow.validate import Length

from api.conventions.fields import NumberInQuery
from api.conventions.visibility import PARAMETER
from api.keys import keyed_digest
from api.problems import Problem
from api.services import services
from api.signin.caller import caller_or_nobody

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNATURE = 16
"""Octets of the signature that a cursor carries."""

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
    signature, place = octets[:_SIGNATURE], octets[_SIGNATURE:]
    if not any(
        hmac.compare_digest(signature, _sign(key, place))
        for key in services().keys.accepted("cursor")
    ):
        raise Problem("CURSOR_REFUSED")
    return cast("Place", tuple(orjson.loads(place)))


def link_to_next(place: Place | None) -> dict[str, str]:
    """The Link header to the page after this place (RFC 8288); none after the last page."""
    if place is None:
        return {}
    octets = orjson.dumps(place)
    signed = _sign(services().keys.newest("cursor"), octets) + octets
    cursor = base64.urlsafe_b64encode(signed).rstrip(b"=").decode()
    query = urlencode([*_query("cursor"), ("cursor", cursor)])
    return {"Link": f'<{request.path}?{query}>; rel="next"'}


def _sign(key: bytes, place: bytes) -> bytes:
    """Bound to the path, every parameter but the page's size, and the caller's account."""
    filters: Sequence[str] = [part for pair in sorted(_query("cursor", "limit")) for part in pair]
    caller = caller_or_nobody()
    account = "" if caller is None else caller.account
    return keyed_digest(key, account, request.path, place, *filters)[:_SIGNATURE]


def _query(*without: str) -> list[tuple[str, str]]:
    names = {PARAMETER, *without}
    return [pair for pair in request.args.items(multi=True) if pair[0] not in names]
