"""The issuer's keys: fetched once, again when one is unknown, and kept on while it is away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from joserfc.jwk import ECKey

from api.problems import Problem
from api.signin.issuer_keys import IssuerKeys
from tests.api.issuer import FakeIssuer, running
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def issuer() -> Iterator[FakeIssuer]:
    """An issuer for this test alone."""
    with running() as started:
        yield started


def test_keys_are_fetched_once_in_ten_minutes(issuer: FakeIssuer) -> None:
    keys = IssuerKeys(issuer.address)
    for minutes in (0, 5, 10):
        assert keys.find("key-1", THE_BEGINNING + timedelta(minutes=minutes)) is not None
    assert issuer.asked == 1
    keys.find("key-1", THE_BEGINNING + timedelta(minutes=11))
    assert issuer.asked == 2


def test_an_unknown_key_is_asked_for_but_not_more_often_than_twice_a_minute(
    issuer: FakeIssuer,
) -> None:
    keys = IssuerKeys(issuer.address)
    assert keys.find("key-1", THE_BEGINNING) is not None
    for seconds in range(30):
        assert keys.find(f"guess-{seconds}", THE_BEGINNING + timedelta(seconds=seconds)) is None
    assert issuer.asked == 1
    issuer.keys.append(ECKey.generate_key("P-256", {"kid": "key-2"}))
    assert keys.find("key-2", THE_BEGINNING + timedelta(seconds=30)) is not None


def test_keys_are_kept_for_a_day_while_the_issuer_is_away(issuer: FakeIssuer) -> None:
    keys = IssuerKeys(issuer.address)
    keys.find("key-1", THE_BEGINNING)
    issuer.up = False
    assert keys.find("key-1", THE_BEGINNING + timedelta(hours=24)) is not None
    with pytest.raises(Problem, match="ISSUER_UNAVAILABLE"):
        keys.find("key-1", THE_BEGINNING + timedelta(hours=24, seconds=31))


def test_a_key_that_the_issuer_took_back_is_good_no_more(issuer: FakeIssuer) -> None:
    keys = IssuerKeys(issuer.address)
    keys.find("key-1", THE_BEGINNING)
    issuer.keys = [ECKey.generate_key("P-256", {"kid": "key-2"})]
    assert keys.find("key-1", THE_BEGINNING + timedelta(minutes=11)) is None


@pytest.mark.parametrize(
    "published",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"keys": 7}',
        b'{"keys": []}',
        b'{"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}',
        b" " * (1 << 18) + b"{}",
    ],
    ids=["empty", "html", "list", "number", "none", "no-point", "large"],
)
def test_what_is_no_set_of_keys_is_as_good_as_no_answer(
    issuer: FakeIssuer, published: bytes
) -> None:
    issuer.published = published
    with pytest.raises(Problem, match="ISSUER_UNAVAILABLE"):
        IssuerKeys(issuer.address).find("key-1", THE_BEGINNING)


def test_a_shared_secret_in_a_public_set_is_no_key(issuer: FakeIssuer) -> None:
    issuer.published = (
        b'{"keys": [{"kty": "oct", "kid": "key-1", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ"}]}'
    )
    assert IssuerKeys(issuer.address).find("key-1", THE_BEGINNING) is None


def test_an_issuer_that_cannot_be_reached_says_so_as_a_503() -> None:
    with pytest.raises(Problem) as told:
        IssuerKeys("http://127.0.0.1:1/keys").find("key-1", THE_BEGINNING)
    assert (told.value.code, told.value.status) == ("ISSUER_UNAVAILABLE", 503)
