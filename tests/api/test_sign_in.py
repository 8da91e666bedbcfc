"""Signing in, staying signed in, signing out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.signin import LoginTakenError
from domain.account.events import Part
from tests.api.accounts import LOGIN, PASSWORD, facts
from tests.api.client import Client

if TYPE_CHECKING:
    from api.clock import SettableClock
    from api.services import Services
    from api.signin.throttle import Attempt
    from tests.api.accounts import AccountsInMemory


pytestmark = pytest.mark.usefixtures("dear_secrets")


def test_a_one_time_code_opens_a_session_that_is_good_for_replacing_it_only(
    anonymous: Client, code: str
) -> None:
    answer = anonymous.post("/v1/sessions", {"login": LOGIN, "password": code})
    assert answer.status == 201
    assert answer.body["password_change_required"] is True
    caller = Client(anonymous.address, answer.body["access_token"])
    refused = caller.get("/v1/sessions")
    assert (refused.status, refused.code) == (403, "PASSWORD_CHANGE_REQUIRED")


def test_replacing_the_code_activates_the_account_and_lets_the_same_session_go_on(
    official: Client, accounts: AccountsInMemory, clock: SettableClock
) -> None:
    assert official.get("/v1/sessions").status == 200
    ((actor, at),) = accounts.activations
    assert (actor.account, actor.person, actor.method) == ("account-1", "person-1", "password")
    assert at == clock.now()


def test_a_code_that_was_replaced_opens_nothing_any_more(official: Client, code: str) -> None:
    answer = official.post("/v1/sessions", {"login": LOGIN, "password": code})
    assert (answer.status, answer.code) == (401, "SIGN_IN_REFUSED")


def test_a_one_time_code_may_be_typed_in_small_letters_without_hyphens(
    anonymous: Client, code: str
) -> None:
    anonymous.signed_in(LOGIN, code.lower().replace("-", " "))


def test_a_one_time_code_runs_out(anonymous: Client, code: str, clock: SettableClock) -> None:
    clock.set(clock.now() + timedelta(days=7))
    answer = anonymous.post("/v1/sessions", {"login": LOGIN, "password": code})
    assert (answer.status, answer.code) == (401, "ONE_TIME_CODE_EXPIRED")


def test_the_login_is_found_however_its_letters_are_written(official: Client) -> None:
    official.signed_in("  ＳＯＭＥ-Applicant ", PASSWORD)


def test_an_unknown_login_is_answered_like_a_wrong_password(official: Client) -> None:
    wrong = official.post("/v1/sessions", {"login": LOGIN, "password": "wrong"})
    unknown = official.post("/v1/sessions", {"login": "nobody", "password": "wrong"})
    assert wrong.status == unknown.status == 401
    assert wrong.headers["WWW-Authenticate"] == unknown.headers["WWW-Authenticate"] == "Bearer"
    assert {**wrong.body, "request_id": ""} == {**unknown.body, "request_id": ""}


def test_a_disabled_account_neither_signs_in_nor_goes_on(
    official: Client, accounts: AccountsInMemory
) -> None:
    accounts.known["account-1"] = facts(disabled=True)
    answer = official.post("/v1/sessions", {"login": LOGIN, "password": PASSWORD})
    assert (answer.status, answer.code) == (401, "SIGN_IN_REFUSED")
    assert official.get("/v1/sessions").code == "SIGN_IN_ENDED"


def test_an_access_token_ends_after_ten_minutes_and_a_refresh_gives_a_new_one(
    official: Client, clock: SettableClock
) -> None:
    clock.set(clock.now() + timedelta(minutes=10, seconds=31))
    assert official.get("/v1/sessions").code == "SIGN_IN_ENDED"
    answer = official.post("/v1/sessions/refresh", {"refresh_token": official.refresh_token})
    assert answer.status == 200
    assert Client(official.address, answer.body["access_token"]).get("/v1/sessions").status == 200


def test_a_refresh_token_that_comes_twice_ends_the_session(official: Client) -> None:
    first = official.post("/v1/sessions/refresh", {"refresh_token": official.refresh_token})
    again = official.post("/v1/sessions/refresh", {"refresh_token": official.refresh_token})
    assert (again.status, again.code) == (401, "SIGN_IN_ENDED")
    latest = Client(official.address, first.body["access_token"])
    assert latest.get("/v1/sessions").code == "SIGN_IN_ENDED"
    stolen = latest.post("/v1/sessions/refresh", {"refresh_token": first.body["refresh_token"]})
    assert stolen.code == "SIGN_IN_ENDED"


def test_no_refresh_carries_a_session_past_its_end(official: Client, clock: SettableClock) -> None:
    clock.set(clock.now() + timedelta(hours=12))
    answer = official.post("/v1/sessions/refresh", {"refresh_token": official.refresh_token})
    assert answer.code == "SIGN_IN_ENDED"


def test_signing_out_ends_the_access_token_at_once(official: Client) -> None:
    assert official.delete("/v1/sessions/current").status == 204
    assert official.get("/v1/sessions").code == "SIGN_IN_ENDED"


def test_sessions_are_listed_and_ended_one_by_one(official: Client, clock: SettableClock) -> None:
    clock.set(clock.now() + timedelta(seconds=1))
    other = official.signed_in(LOGIN, PASSWORD)
    newest, oldest = official.get("/v1/sessions").body["sessions"]
    assert (newest["current"], oldest["current"]) == (False, True)
    assert official.delete(f"/v1/sessions/{newest['session']}").status == 204
    assert other.get("/v1/sessions").code == "SIGN_IN_ENDED"
    assert official.delete(f"/v1/sessions/{newest['session']}").code == "NOT_FOUND"


def test_the_sessions_of_others_look_absent(
    official: Client, accounts: AccountsInMemory, services: Services, clock: SettableClock
) -> None:
    accounts.known["account-2"] = facts("account-2")
    code = services.sign_in.give_code("account-2", "another", Part.WHOLE, clock.now())
    answer = official.post("/v1/sessions", {"login": "another", "password": code})
    assert official.delete(f"/v1/sessions/{answer.body['session']}").code == "NOT_FOUND"


def test_a_new_one_time_code_ends_every_session(
    official: Client, services: Services, clock: SettableClock
) -> None:
    services.sign_in.give_code("account-1", LOGIN, Part.WHOLE, clock.now())
    assert official.get("/v1/sessions").code == "SIGN_IN_ENDED"


def test_replacing_the_password_ends_every_other_session(official: Client) -> None:
    other = official.signed_in(LOGIN, PASSWORD)
    answer = official.put(
        "/v1/password", {"current_password": PASSWORD, "new_password": "another 密语 altogether"}
    )
    assert answer.status == 204
    assert official.get("/v1/sessions").status == 200
    assert other.get("/v1/sessions").code == "SIGN_IN_ENDED"


REPLACED = "another 密语 altogether"


@pytest.fixture
def replaced_between(
    official: Client, services: Services, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever gives the password next has it replaced as soon as it was found right."""
    forgive = services.sign_in.throttle.forgive
    replaced: list[Attempt] = []

    def replace_first(attempt: Attempt) -> None:
        if not replaced:
            replaced.append(attempt)
            clock.set(clock.now() + timedelta(seconds=1))
            body = {"current_password": PASSWORD, "new_password": REPLACED}
            assert official.put("/v1/password", body).status == 204
        forgive(attempt)

    monkeypatch.setattr(services.sign_in.throttle, "forgive", replace_first)


@pytest.mark.usefixtures("replaced_between")
def test_a_password_replaced_during_a_sign_in_opens_no_session_and_stays_replaced(
    anonymous: Client,
) -> None:
    answer = anonymous.post("/v1/sessions", {"login": LOGIN, "password": PASSWORD})
    assert (answer.status, answer.code) == (401, "SIGN_IN_REFUSED")
    anonymous.signed_in(LOGIN, REPLACED)


@pytest.mark.usefixtures("replaced_between")
def test_of_two_who_replace_the_same_password_at_once_the_second_is_refused(
    official: Client, anonymous: Client
) -> None:
    body = {"current_password": PASSWORD, "new_password": "a third 密语 altogether"}
    answer = official.put("/v1/password", body)
    assert (answer.status, answer.code) == (403, "SECRET_REFUSED")
    anonymous.signed_in(LOGIN, REPLACED)


def test_replacing_the_password_needs_the_one_in_force(official: Client) -> None:
    answer = official.put(
        "/v1/password", {"current_password": "guess", "new_password": "another 密语 altogether"}
    )
    assert (answer.status, answer.code) == (403, "SECRET_REFUSED")


def test_a_password_with_the_document_number_is_refused(official: Client) -> None:
    answer = official.put(
        "/v1/password",
        {"current_password": PASSWORD, "new_password": "x-360734190001011232-y"},
    )
    assert (answer.status, answer.code) == (422, "PASSWORD_UNFIT")
    assert [error["pointer"] for error in answer.body["errors"]] == ["/new_password"]


def test_a_sign_in_is_fresh_for_five_minutes_and_again_after_the_password_was_given(
    official: Client, clock: SettableClock
) -> None:
    answer = official.post("/v1/sessions/current/confirmations", {"password": PASSWORD})
    until = (clock.now() + timedelta(minutes=5)).isoformat()
    assert (answer.status, answer.body["fresh_until"]) == (201, until)
    wrong = official.post("/v1/sessions/current/confirmations", {"password": "guess"})
    assert (wrong.status, wrong.code) == (403, "SECRET_REFUSED")


def test_no_two_accounts_have_the_same_login(
    code: str, services: Services, clock: SettableClock
) -> None:
    assert code
    with pytest.raises(LoginTakenError):
        services.sign_in.give_code("account-2", LOGIN.upper(), Part.WHOLE, clock.now())
