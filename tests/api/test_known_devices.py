"""Whoever guesses elsewhere keeps nobody waiting on a device from which they signed in before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.app import open_services
from api.clock import SettableClock
from api.foundation import lay_foundation
from api.jobs.sweeper import sweep
from api.services import Services
from api.serving.running import listening
from api.settings import Settings
from domain.account.events import Part
from tests.api.accounts import PASSWORD, AccountsInMemory, facts
from tests.api.applications import application
from tests.api.client import Client
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.client import Answer
    from tests.conftest import Database

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/129.0 Edg/129.0"
OFFICE = {"X_Forwarded_For": "192.0.2.1", "User_Agent": BROWSER}
AT_HOME = {"X_Forwarded_For": "203.0.113.7", "User_Agent": BROWSER}
ELSEWHERE = tuple(
    {"X_Forwarded_For": f"198.51.100.{number}", "User_Agent": BROWSER} for number in range(1, 6)
)


@dataclass
class House:
    """A running application behind one proxy, which says where a client comes from."""

    address: str
    services: Services
    accounts: AccountsInMemory
    clock: SettableClock


@dataclass
class Holder:
    """Somebody with an account and a password."""

    house: House
    account: str
    login: str
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        services, now = self.house.services, self.house.clock.now()
        self.house.accounts.known[self.account] = facts(self.account)
        code = services.sign_in.give_code(self.account, self.login, Part.WHOLE, now)
        self.client = Client(self.house.address).entered(self.login, code, PASSWORD)

    def sign_in(self, secret: str, **where: str) -> Answer:
        """Whoever it is asks for a session by this login."""
        return self.client.post("/v1/sessions", {"login": self.login, "password": secret}, **where)

    def confirm(self, secret: str, **where: str) -> Answer:
        """Whoever holds the session's token gives the secret again."""
        body = {"password": secret}
        return self.client.post("/v1/sessions/current/confirmations", body, **where)


@pytest.fixture(scope="module")
def house(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    database, clock = fresh_database(), SettableClock(THE_BEGINNING)
    keys, known = tmp_path_factory.mktemp("keys"), AccountsInMemory()
    settings = Settings(database_url=database.url, keys=keys, threads=4, trusted_proxies=1)
    lay_foundation(settings, database.owner_url, database.ground, database.origin, clock.now())
    services = open_services(settings, database.ground, clock, lambda _: known)
    with listening(application(services, probed=False)) as address:
        yield House(address, services, known, clock)
    services.close()


@pytest.fixture
def holder(house: House) -> Holder:
    """Somebody who was never guessed at, and has not said yet from where they sign in."""
    house.clock.set(house.clock.now() + timedelta(minutes=16))
    number = len(house.accounts.known) + 1
    return Holder(house, f"account-{number}", f"Some-Holder-{number}")


@pytest.fixture
def at_the_office(holder: Holder) -> Holder:
    """The holder, who has signed in at the office."""
    answer = holder.sign_in(PASSWORD, **OFFICE)
    assert answer.status == 201
    holder.client = holder.client.within(answer)
    return holder


@pytest.fixture
def guessed_at(at_the_office: Holder) -> Holder:
    """The holder, at whose account others have made thirty wrong guesses from five addresses."""
    answers = [
        at_the_office.sign_in(f"guess {number}", **there)
        for number in range(6)
        for there in ELSEWHERE
    ]
    assert {answer.status for answer in answers} == {401, 429}
    return at_the_office


def test_thirty_wrong_guesses_elsewhere_delay_the_holder_at_the_office_by_nothing(
    guessed_at: Holder,
) -> None:
    assert guessed_at.sign_in(PASSWORD, **OFFICE).status == 201
    assert [guessed_at.sign_in("guess", **there).status for there in ELSEWHERE] == [429] * 5
    assert guessed_at.sign_in(PASSWORD, **OFFICE).status == 201


def test_on_a_device_that_is_new_the_holder_waits_meanwhile_and_is_told_how_long(
    guessed_at: Holder,
) -> None:
    answer = guessed_at.sign_in(PASSWORD, **AT_HOME)
    assert (answer.status, answer.code) == (429, "TOO_MANY_ATTEMPTS")
    seconds = int(answer.headers["Retry-After"])
    assert 0 < seconds <= 900
    assert f"{seconds} 秒" in answer.body["detail"]


def test_the_secret_is_confirmed_and_replaced_without_delay_too(guessed_at: Holder) -> None:
    assert guessed_at.confirm(PASSWORD, **OFFICE).status == 201
    change = {"current_password": PASSWORD, "new_password": "another 密语 altogether"}
    assert guessed_at.client.put("/v1/password", change, **AT_HOME).status == 429
    assert guessed_at.client.put("/v1/password", change, **OFFICE).status == 204


def test_who_has_only_taken_a_token_makes_no_device_known(guessed_at: Holder) -> None:
    assert guessed_at.client.get("/v1/sessions", **AT_HOME).status == 200
    assert guessed_at.confirm(PASSWORD, **AT_HOME).status == 429
    tokens = {"refresh_token": guessed_at.client.refresh_token}
    assert guessed_at.client.post("/v1/sessions/refresh", tokens, **AT_HOME).status == 200
    assert guessed_at.sign_in(PASSWORD, **AT_HOME).status == 429


def test_who_guesses_on_the_very_device_waits_there_alone(at_the_office: Holder) -> None:
    for _ in range(5):
        assert at_the_office.sign_in("guess", **OFFICE).status == 401
    assert at_the_office.sign_in(PASSWORD, **OFFICE).status == 429
    assert at_the_office.confirm(PASSWORD, **OFFICE).status == 429
    assert at_the_office.sign_in(PASSWORD, **AT_HOME).status == 201


@pytest.mark.parametrize("said", [{}, {"User_Agent": ""}, {"User_Agent": "  "}])
def test_who_says_nothing_of_their_browser_has_no_device(
    holder: Holder, said: dict[str, str]
) -> None:
    silent = {"X_Forwarded_For": "192.0.2.1", **said}
    assert holder.sign_in(PASSWORD, **silent).status == 201
    for number in range(20):
        holder.sign_in("guess", X_Forwarded_For=f"198.51.100.{number}")
    assert holder.sign_in(PASSWORD, **silent).status == 429


def test_a_device_is_known_to_the_account_that_signed_in_there_and_to_no_other(
    guessed_at: Holder,
) -> None:
    guesser = Holder(guessed_at.house, "account-of-the-guesser", "of-the-guesser")
    assert guesser.sign_in(PASSWORD, **AT_HOME).status == 201
    assert guessed_at.sign_in(PASSWORD, **AT_HOME).status == 429


def test_a_login_is_one_login_however_its_letters_are_written(holder: Holder) -> None:
    """Whether anybody has it or not: who guesses can't tell."""
    for login in (holder.login, "of-nobody-at-all"):
        spellings = [login, login.upper(), f" {login}", login.replace("o", "ｏ"), f"{login} "]
        for each in spellings:
            body = {"login": each, "password": "guess"}
            answer = holder.client.post("/v1/sessions", body, **OFFICE)
            assert (answer.status, answer.code) == (401, "SIGN_IN_REFUSED")
        body = {"login": login.title(), "password": PASSWORD}
        assert holder.client.post("/v1/sessions", body, **OFFICE).status == 429


def test_the_addresses_of_one_network_are_one_guesser(holder: Holder) -> None:
    for number in range(5):
        assert holder.sign_in("guess", X_Forwarded_For=f"2001:db8::{number + 1:x}").status == 401
    assert holder.sign_in(PASSWORD, X_Forwarded_For="2001:db8::ffff").status == 429
    assert holder.sign_in(PASSWORD, X_Forwarded_For="2001:db8:0:1::1").status == 201
    assert holder.sign_in(PASSWORD, X_Forwarded_For="::ffff:192.0.2.9").status == 201


def test_guesses_leave_one_line_a_day_however_many_there_are(at_the_office: Holder) -> None:
    services = at_the_office.house.services
    with services.database.connection() as connection:
        connection.execute("DELETE FROM sign_in_tally WHERE account = ''")
    for number in range(8):
        there = {"X_Forwarded_For": f"198.51.100.{number}", "User_Agent": f"{BROWSER} {number}"}
        at_the_office.sign_in("guess", **there)
        of_nobody = {"login": f"nobody-{number}", "password": "guess"}
        at_the_office.client.post("/v1/sessions", of_nobody, **there)
    query = (
        "SELECT device <> '', succeeded, refused FROM sign_in_tally"
        " WHERE account IN (%s, '') ORDER BY account, device"
    )
    with services.database.connection() as connection:
        rows = connection.execute(query, (at_the_office.account,)).fetchall()
    of_logins_that_nobody_has, by_the_code_and_in_vain = (False, 0, 8), (False, 1, 8)
    assert rows == [of_logins_that_nobody_has, by_the_code_and_in_vain, (True, 1, 0)]


def test_a_device_is_forgotten_ninety_days_after_the_last_sign_in(at_the_office: Holder) -> None:
    house = at_the_office.house
    devices = [house.services.keys.digest("device", OFFICE["X_Forwarded_For"], BROWSER)]

    def known_after(days: int) -> bool:
        house.clock.set(house.clock.now() + timedelta(days=days))
        sweep(house.services)
        tally = house.services.sign_in.tally
        return tally.known(at_the_office.account, "password", devices) is not None

    assert [known_after(0), known_after(90), known_after(1)] == [True, True, False]
