"""Access tokens: what is one of ours, and what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "sid", "exp"])
def test_a_token_without_one_of_its_claims_is_refused(missing: str) -> None:
    end = int(NOW.timestamp()) + 60
    claims = {"iss": URL, "aud": URL, "sub": "account-1", "sid": "session-1", "exp": end}
    del claims[missing]
    key = OctKey.import_key(FrontDoorKeys((NEW,)).newest("access token"))
    token = jwt.encode({"alg": "HS256"}, claims, key)
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW)


def test_a_token_under_another_algorithm_is_refused() -> None:
    end = int(NOW.timestamp()) + 60
    claims = {"iss": URL, "aud": URL, "sub": "account-1", "sid": "session-1", "exp": end}
    key = OctKey.import_key(FrontDoorKeys((NEW,)).newest("access token"))
    token = jwt.encode({"alg": "HS512"}, claims, key, algorithms=["HS512"])
    with pytest.raises(TokenRefusedError):
        tokens(NEW).session_of(token, NOW)
