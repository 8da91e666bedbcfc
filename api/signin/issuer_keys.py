"""The public keys of the configured issuer: fetched when needed, kept, and kept on when it fails.

A JSON Web Key Set (RFC 7517). The address is a setting and never comes out of a token, so no
token can send this server anywhere.
"""

from __future__ import annotations

import urllib.request
from datetime import timedelta
from http.client import HTTPException
from threading import Lock
from typing import TYPE_CHECKING

import orjson
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.problems import Problem

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import Message
    from typing import IO

    from joserfc.jwk import Key

_log = structlog.get_logger()

_FRESH = timedelta(minutes=10)
"""For how long fetched keys are used without asking again."""
_STALE = timedelta(hours=24)
"""For how long they are used while the issuer does not answer."""
_PAUSE = timedelta(seconds=30)
"""Least time between two fetches, however many unknown keys are named."""
_ANSWER_SECONDS = 5.0
"""Seconds that the issuer has for each part of its answer."""
_LARGEST = 1 << 18
"""Most bytes that are read of a key set."""


class IssuerKeys:
    """The keys at one address. Safe to use from several threads, of which one fetches."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._fetching = Lock()
        self._keys: dict[str | None, Key] = {}
        self._fetched_at: datetime | None = None
        self._asked_at: datetime | None = None

    def find(self, kid: str | None, now: datetime) -> Key | None:
        """The key of this id; None where the issuer has none such.

        Raises the problem ``ISSUER_UNAVAILABLE`` (503) where no keys can be had.
        """
        if self._old(now) or kid not in self._keys:
            self._fetch(now)
        if self._fetched_at is None or now - self._fetched_at > _STALE:
            raise Problem("ISSUER_UNAVAILABLE", headers={"Retry-After": "30"})
        return self._keys.get(kid)

    def _old(self, now: datetime) -> bool:
        return self._fetched_at is None or now - self._fetched_at > _FRESH

    def _fetch(self, now: datetime) -> None:
        """Ask the issuer, unless somebody just did. What it answered before stays if it fails."""
        with self._fetching:
            if self._asked_at is not None and now - self._asked_at < _PAUSE:
                return
            self._asked_at = now
            try:
                self._keys = _asymmetric(_read(self._address))
            except (OSError, HTTPException, JoseError, ValueError, KeyError, TypeError) as error:
                _log.warning("issuer keys not fetched", kind=type(error).__name__)
                return
            self._fetched_at = now


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Goes nowhere but to the address of the setting."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002 -- as the library has it
        fp: IO[bytes],  # noqa: ARG002 -- the same
        code: int,  # noqa: ARG002 -- the same
        msg: str,  # noqa: ARG002 -- the same
        headers: Message,  # noqa: ARG002 -- the same
        newurl: str,  # noqa: ARG002 -- the same
    ) -> None:
        """Answer None: a redirection is an error."""
        return


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def _read(address: str) -> bytes:
    """What stands at the address, which the settings checked. Raises ``OSError`` and others."""
    with _opener.open(address, timeout=_ANSWER_SECONDS) as answer:
        octets: bytes = answer.read(_LARGEST + 1)
    if len(octets) > _LARGEST:
        msg = "the key set is too large"
        raise ValueError(msg)
    return octets


def _asymmetric(octets: bytes) -> dict[str | None, Key]:
    """The keys by their ids. A key that both sides share has no business in a public set."""
    keys = KeySet.import_key_set(orjson.loads(octets))
    found: dict[str | None, Key] = {
        key.kid: key for key in keys if key.key_type != "oct" and key.get("use", "sig") == "sig"
    }
    if len(found) == 1:
        found[None] = next(iter(found.values()))  # a token may leave out the id of the only key
    return found
