"""Access tokens: short-lived JWTs (RFC 7519, RFC 9068 in spirit) signed with the front door's key.

A token names a session, and the session is looked up at each request; so ending a session
ends its tokens at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

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
                claims = _signed(token, octets)
                self._registry(now).validate(claims)
            except (JoseError, ValueError):
                continue
            return str(claims["sid"])
        raise TokenRefusedError

    def _registry(self, now: datetime) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.public_url},
            aud={"essential": True, "value": self.public_url},
            exp={"essential": True},
            sub={"essential": True},
            sid={"essential": True},
        )


@lru_cache(maxsize=_AT_HAND)
def _signed(token: str, octets: bytes) -> dict[str, Any]:
    """What a token says that was signed by a key. Raises ``JoseError`` or ``ValueError``."""
    return jwt.decode(token, OctKey.import_key(octets), algorithms=[_ALGORITHM]).claims
