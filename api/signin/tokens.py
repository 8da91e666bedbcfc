"""Access tokens: short-lived JWTs (RFC 7519, RFC 9068 in spirit) signed with the front door's key.

A token names a session, and the session is looked up at each request; so ending a session
ends its tokens at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from api.keys import FrontDoorKeys

_ALGORITHM = "HS256"
_LEEWAY = 30
"""Seconds by which clocks of several servers may differ."""
_AT_HAND = 4096
"""Of so many tokens a process remembers what they say; whether that is good is asked each time."""


class TokenRefusedError(Exception):
    """The token is not one of ours, or no longer good."""


@dataclass(frozen=True)
class Tokens:
    """Makes and reads the tokens of one server, whose public address is issuer and audience."""

    keys: FrontDoorKeys
    public_url: str
    life: timedelta

    def make(self, session: str, account: str, now: datetime) -> str:
        """A token that is good for ``life`` from now."""
        issued = int(now.timestamp())
        claims: dict[str, object] = {
            "iss": self.public_url,
            "aud": self.public_url,
            "sub": account,
            "sid": session,
            "iat": issued,
            "exp": issued + int(self.life.total_seconds()),
        }
        key = OctKey.import_key(self.keys.newest("access token"))
        return jwt.encode({"alg": _ALGORITHM}, claims, key, algorithms=[_ALGORITHM])

    def session_of(self, token: str, now: datetime) -> str:
        """The session that a token names.

        Raises ``TokenRefusedError``.
        """
        for octets in self.keys.accepted("access token"):
            try:
                said = _said(token, octets, self.public_url)
            except (JoseError, ValueError):
                continue
            if said.issued - _LEEWAY <= now.timestamp() < said.ends + _LEEWAY:
                return said.session
        raise TokenRefusedError


class _Said(NamedTuple):
    """What a token of ours says, whenever it is good: Unix seconds."""

    session: str
    issued: int
    ends: int


@lru_cache(maxsize=_AT_HAND)
def _said(token: str, octets: bytes, server: str) -> _Said:
    """What a token says that a server signed by a key. Raises ``JoseError`` or ``ValueError``."""
    claims = jwt.decode(token, OctKey.import_key(octets), algorithms=[_ALGORITHM]).claims
    jwt.JWTClaimsRegistry(
        now=int(claims.get("iat") or 0),  # whether it is good now is asked each time
        iss={"essential": True, "value": server},
        aud={"essential": True, "value": server},
        iat={"essential": True},
        exp={"essential": True},
        sub={"essential": True},
        sid={"essential": True},
    ).validate(claims)
    return _Said(str(claims["sid"]), int(claims["iat"]), int(claims["exp"]))
