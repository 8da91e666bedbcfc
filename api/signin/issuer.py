"""Bearer tokens of the configured issuer (OpenID Connect): what they say, once they are believed.

A token says which subject signed in there, in which session and when. Which account that is,
is said by a binding; what the account may do, by the record. Nothing else of a token counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from api.signin.issuer_keys import IssuerKeys
from api.signin.tokens import TokenRefusedError
from domain.document import DocumentKind
from domain.personal import tells_only

if TYPE_CHECKING:
    from collections.abc import Mapping

METHOD = "oidc"

_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "Ed25519"]
"""Signatures only: nothing that a public key could be mistaken for the secret of."""
_LEEWAY = 30
"""Seconds by which the issuer's clock may differ."""


@dataclass(frozen=True)
class Presented:
    """A token that was believed. ``authenticated_at`` is None where the issuer does not say.

    ``vouched`` is whom the issuer verified them to be, where it is trusted to say so and does.
    """

    subject: str
    session: str
    authenticated_at: datetime | None
    vouched: Vouched | None = None


@tells_only("kind")
@dataclass(frozen=True)
class Vouched:
    """The name and the identity document of somebody, as the issuer verified them."""

    name: str
    kind: DocumentKind
    number: str


@dataclass(frozen=True)
class Claims:
    """Under which names its tokens bear that, and of which kind the document is."""

    name: str
    number: str
    kind: DocumentKind

    def read(self, claims: Mapping[str, Any]) -> Vouched | None:
        """What they say; None where one of the two is not there or is no text."""
        name, number = claims.get(self.name), claims.get(self.number)
        if not isinstance(name, str) or not isinstance(number, str):
            return None
        return Vouched(name, self.kind, number) if name.strip() and number.strip() else None


@dataclass(frozen=True)
class Issuer:
    """The one issuer whose tokens are taken, for the one audience that this server is.

    ``vouches`` where it is trusted to say who somebody is.
    """

    name: str
    audience: str
    keys: IssuerKeys
    vouches: Claims | None = None

    def read(self, token: str, now: datetime) -> Presented:
        """What a token says.

        ``sid``, or else ``jti``, names the session there (OpenID Connect Core §2, RFC 7519).
        Raises ``TokenRefusedError``, and the problem ``ISSUER_UNAVAILABLE`` (503).
        """
        try:
            kid = jws.extract_compact(token.encode()).headers().get("kid")
            key = self.keys.find(kid, now)
            if key is None:
                raise TokenRefusedError
            claims = jwt.decode(token, key, algorithms=_ALGORITHMS).claims
            self._registry(now).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise TokenRefusedError from error
        return Presented(
            _text(claims.get("sub")),
            _text(claims.get("sid") or claims.get("jti")),
            _instant(claims.get("auth_time"), now),
            None if self.vouches is None else self.vouches.read(claims),
        )

    def _registry(self, now: datetime) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.name},
            aud={"essential": True, "value": self.audience},
            exp={"essential": True},
            sub={"essential": True},
        )


def _text(value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 255:  # noqa: PLR2004 -- OpenID Connect Core §2
        raise TokenRefusedError
    return value


def _instant(value: object, now: datetime) -> datetime | None:
    """The time of the sign-in; one that lies ahead is no evidence of anything."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefusedError
    if not 0 <= value <= now.timestamp() + _LEEWAY:
        raise TokenRefusedError
    return min(datetime.fromtimestamp(value, UTC), now)
