"""Access tokens: what is one of ours, and what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from api.keys import FrontDoorKeys
from api.signin.tokens import TokenRefusedError, Tokens

NOW = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
OLD, NEW = b"o" * 32, b"n" * 32
URL = "https://review.example"


def tokens(*lines: bytes, url: str = URL) -> Tokens:
    """The tokens of a server with these keys, the newest first."""
    return Tokens(FrontDoorKeys(lines), url, timedelta(minutes=10))


def test_a_token_names_its_session() -> None:
    token = tokens(NEW).make("session-1", "account-1", NOW)
    assert tokens(NEW).session_of(token, NOW) == "session-1"


def test_a_token_of_an_older_key_is_good_until_the_key_is_taken_out() -> None:
    token = tokens(OLD).make("session-1", "account-1", NOW)
    assert tokens(NEW, OLD).session_of(token, NOW) == "session-1"
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW)


def test_a_token_of_another_server_is_refused() -> None:
    token = tokens(NEW, url="https://other.example").make("session-1", "account-1", NOW)
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW)


def test_a_token_is_refused_half_a_minute_after_its_end() -> None:
    token = tokens(NEW).make("session-1", "account-1", NOW)
    tokens(NEW).session_of(token, NOW + timedelta(minutes=10, seconds=29))
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW + timedelta(minutes=10, seconds=31))


def claimed() -> dict[str, Any]:
    issued = int(NOW.timestamp())
    parties = {"iss": URL, "aud": URL, "sub": "account-1", "sid": "session-1"}
    return {**parties, "iat": issued, "exp": issued + 60}


def signed(claims: dict[str, Any], algorithm: str = "HS256") -> str:
    key = OctKey.import_key(FrontDoorKeys((NEW,)).newest("access token"))
    return jwt.encode({"alg": algorithm}, claims, key, algorithms=[algorithm])


def test_a_token_with_all_of_its_claims_is_taken() -> None:
    assert tokens(NEW).session_of(signed(claimed()), NOW) == "session-1"


def test_a_token_of_a_later_hour_is_refused_until_then() -> None:
    token = signed(claimed())
    tokens(NEW).session_of(token, NOW - timedelta(seconds=30))
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW - timedelta(seconds=31))


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "sid", "iat", "exp"])
def test_a_token_without_one_of_its_claims_is_refused(missing: str) -> None:
    claims = claimed()
    del claims[missing]
    token = signed(claims)
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW)


def test_a_token_under_another_algorithm_is_refused() -> None:
    token = signed(claimed(), "HS512")
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW)
