"""``docs/openapi.json``: the OpenAPI document of this version."""

from __future__ import annotations

from functools import cache

from api.app import frame
from api.http.unversioned import document
from api.settings import Settings


@cache
def current() -> str:
    """The document as it should stand."""
    return document(frame(Settings()).api)
