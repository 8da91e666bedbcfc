"""Versions as entity tags: the strong ETag of a stream is ``"v<version>"`` (RFC 9110 §8.8.3).

A tag serves ``If-Match`` only. Representations of a case differ by caller, so no answer is
ever 304 on its strength.
"""

from __future__ import annotations

import re

from flask import request

from api.problems import Problem

_TAG = re.compile(r'"v(0|[1-9][0-9]{0,9})"')


def expected_version() -> int:
    """The version that the caller saw, as If-Match states it.

    Raises the problem ``IF_MATCH_REQUIRED`` (428), or ``IF_MATCH_MALFORMED`` (400) for
    anything but one strong tag of ours.
    """
    stated = request.headers.getlist("If-Match")
    if not stated:
        raise Problem("IF_MATCH_REQUIRED")
    match = _TAG.fullmatch(stated[0].strip())
    if len(stated) > 1 or match is None:
        raise Problem("IF_MATCH_MALFORMED")
    return int(match[1])


def etag(version: int) -> dict[str, str]:
    """The header by which an answer tells the version of its stream."""
    return {"ETag": f'"v{version}"'}
