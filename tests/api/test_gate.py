"""Every address is closed but those that are listed here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from api.settings import Settings
from tests.api.applications import frame_of

if TYPE_CHECKING:
    from tests.api.client import Client

OPEN = {
    ("GET", "/livez"),
    ("GET", "/metrics"),
    ("GET", "/openapi.json"),
    ("GET", "/readyz"),
    ("GET", "/v1/certificates/<number>"),
    ("GET", "/v1/certificates/<number>/scans/<check>"),
    ("POST", "/v1/certificates/<number>/verifications"),
    ("GET", "/v1/publicities"),
    ("GET", "/v1/publicities/<posting>"),
    ("POST", "/v1/accessions"),
    ("POST", "/v1/accessions/completions"),
    ("POST", "/v1/accessions/follow"),
    ("POST", "/v1/accessions/erasure-requests"),
    ("POST", "/v1/accessions/withdrawals"),
    ("POST", "/v1/complaints"),
    ("POST", "/v1/objections/erasure-requests"),
    ("POST", "/v1/objections/files"),
    ("POST", "/v1/objections/follow"),
    ("POST", "/v1/objections/withdrawals"),
    ("POST", "/v1/public-files"),
    ("POST", "/v1/registrations"),
    ("POST", "/v1/publicities/<posting>/objections"),
    ("POST", "/v1/sessions"),
    ("POST", "/v1/sessions/refresh"),
}

_PLACE = re.compile(r"<(?:(\w+)(?:\('(\w+)'\))?:)?\w+>")

ADDRESSES = sorted(
    (method, rule.rule)
    for rule in frame_of(Settings()).url_map.iter_rules()
    for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
)


@pytest.mark.parametrize(("method", "path"), [each for each in ADDRESSES if each not in OPEN])
def test_a_closed_address_answers_401_to_nobody(visitor: Client, method: str, path: str) -> None:
    answer = visitor.request(method, _PLACE.sub(_thing, path))
    assert (answer.status, answer.code) == (401, "SIGN_IN_REQUIRED")


def test_what_is_listed_as_open_exists() -> None:
    assert set(ADDRESSES) >= OPEN


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer x", "Basic YTpi", "Bearer eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0.", "Bearer  "],
)
def test_an_invented_token_opens_nothing(visitor: Client, authorization: str) -> None:
    assert visitor.get("/v1/sessions", Authorization=authorization).status == 401


def _thing(place: re.Match[str]) -> str:
    """Something that an address may name at this place."""
    if place[2] is not None:
        return f"{place[2]}-7"
    return str(UUID(int=7)) if place[1] == "uuid" else "7"
