"""Versions, idempotency keys, pages and headers, which are alike for every resource."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from api.conventions.answer_headers import with_headers
from domain.account.events import Part
from tests.api.accounts import PASSWORD, facts

if TYPE_CHECKING:
    from api.services import Services
    from tests.api.accounts import AccountsInMemory
    from tests.api.client import Client

PROMISES = {"Idempotency_Key": "key-1", "If_Match": '"v7"'}


def test_a_version_is_an_etag_and_goes_up_by_an_act(clerk: Client) -> None:
    answer = clerk.post("/probe/a/acts", {}, **PROMISES)
    assert (answer.status, answer.headers["ETag"]) == (201, '"v8"')
    assert answer.headers["Idempotent-Replayed"] == "true"


def test_an_act_on_something_existing_needs_the_version_that_was_seen(clerk: Client) -> None:
    answer = clerk.post("/probe/a/acts", {}, Idempotency_Key="key-1")
    assert (answer.status, answer.code) == (428, "IF_MATCH_REQUIRED")


@pytest.mark.parametrize("tag", ["*", 'W/"v7"', '"v7", "v8"', "v7", '"7"', '"v07"', '"v-1"', ""])
def test_only_one_strong_tag_of_ours_is_a_version(clerk: Client, tag: str) -> None:
    answer = clerk.post("/probe/a/acts", {}, Idempotency_Key="key-1", If_Match=tag)
    assert (answer.status, answer.code) == (400, "IF_MATCH_MALFORMED")


def test_an_act_needs_an_idempotency_key(clerk: Client) -> None:
    answer = clerk.post("/probe/a/acts", {}, If_Match='"v7"')
    assert (answer.status, answer.code) == (400, "IDEMPOTENCY_KEY_MISSING")


@pytest.mark.parametrize("key", ["", "a b", "k" * 65, "某"])
def test_an_idempotency_key_is_short_and_plain(clerk: Client, key: str) -> None:
    headers = {**PROMISES, "Idempotency_Key": key.encode().decode("latin-1")}
    answer = clerk.post("/probe/a/acts", {}, **headers)
    assert (answer.status, answer.code) == (400, "IDEMPOTENCY_KEY_MALFORMED")


def test_the_digest_of_a_request_covers_its_body_and_its_address(clerk: Client) -> None:
    first = clerk.post("/probe/a/acts", {"x": 1}, **PROMISES).body["body"]
    assert clerk.post("/probe/a/acts", {"x": 1}, **PROMISES).body["body"] == first
    assert clerk.post("/probe/a/acts", {"x": 2}, **PROMISES).body["body"] != first
    assert clerk.post("/probe/b/acts", {"x": 1}, **PROMISES).body["body"] != first


def test_an_anonymous_request_learns_nothing_but_401(visitor: Client) -> None:
    for headers in ({}, PROMISES):
        answer = visitor.request("POST", "/probe/a/acts", b"{", headers)
        assert (answer.status, answer.code) == (401, "SIGN_IN_REQUIRED")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_following_the_links_gives_every_row_once(clerk: Client) -> None:
    path: str | None = "/probe?limit=3&colour=red"
    seen: list[str] = []
    pages = 0
    while path is not None:
        answer = clerk.get(path)
        seen += answer.body["things"]
        pages += 1
        path = _next(answer.headers["Link"])
    assert seen == [f"thing-{number}" for number in range(1, 8)]
    assert pages == 3


def test_the_size_of_the_page_may_change_on_the_way(clerk: Client) -> None:
    path = _next(clerk.get("/probe?limit=3").headers["Link"])
    assert path is not None
    answer = clerk.get(path.replace("limit=3", "limit=2"))
    assert answer.body["things"] == ["thing-4", "thing-5"]


def test_a_cursor_tells_nobody_where_its_page_ended(clerk: Client) -> None:
    path = _next(clerk.get("/probe?limit=3").headers["Link"])
    assert path is not None
    cursor = path.rpartition("cursor=")[2]
    assert b"thing" not in base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def test_a_cursor_of_another_query_is_refused(clerk: Client) -> None:
    path = _next(clerk.get("/probe?limit=3&colour=red").headers["Link"])
    assert path is not None
    answer = clerk.get(path.replace("red", "blue"))
    assert (answer.status, answer.code) == (400, "CURSOR_REFUSED")


def test_a_cursor_of_another_caller_is_refused(
    official: Client, services: Services, accounts: AccountsInMemory
) -> None:
    path = _next(official.get("/probe?limit=3").headers["Link"])
    assert path is not None
    accounts.known["account-2"] = facts("account-2")
    code = services.sign_in.give_code("account-2", "another", Part.WHOLE, services.clock.now())
    other = official.signed_in("another", code)
    other.put("/v1/password", {"current_password": code, "new_password": PASSWORD})
    assert other.get(path).code == "CURSOR_REFUSED"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "!!!!", "A" * 64])
def test_an_invented_cursor_is_refused(clerk: Client, cursor: str) -> None:
    assert clerk.get(f"/probe?cursor={cursor}").code == "CURSOR_REFUSED"


@pytest.mark.parametrize("path", ["/v1/sessions", "/probe/faults/bug", "/nothing", "/livez"])
def test_no_answer_is_kept_framed_or_guessed_at(clerk: Client, path: str) -> None:
    headers = clerk.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_what_an_answer_says_of_its_own_is_not_said_again() -> None:
    begun: dict[str, list[str]] = {}

    def start(_status: str, headers: list[tuple[str, str]], _failure: object = None, /) -> Any:  # noqa: ANN401 -- as WSGI has it
        for name, said in headers:
            begun.setdefault(name.lower(), []).append(said)

    with_headers(start)("200 OK", [("cache-control", "private")])
    assert begun["cache-control"] == ["private"]
    assert begun["x-frame-options"] == ["DENY"]


def test_the_request_id_is_the_servers_own(visitor: Client) -> None:
    own = "01929a3e-0000-7000-8000-000000000000"
    answer = visitor.get("/livez", X_Request_Id=own)
    assert answer.headers["X-Request-Id"] not in ("", own)


def test_an_empty_answer_has_no_body_and_no_type(official: Client) -> None:
    answer = official.delete("/v1/sessions/current")
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (204, "", None)


def test_a_stated_address_counts_only_behind_a_trusted_proxy(visitor: Client) -> None:
    answer = visitor.get("/probe/address", X_Forwarded_For="192.0.2.1")
    assert answer.body == {"address": "127.0.0.1"}


def _next(link: str | None) -> str | None:
    return None if link is None else link.partition(">")[0].removeprefix("<")
