"""Guessing at sign-ins gets slow, and only for whoever guesses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from api.problems import Problem
from api.signin.throttle import Attempt
from tests.api.accounts import LOGIN, PASSWORD

if TYPE_CHECKING:
    from api.clock import SettableClock
    from api.services import Services
    from api.signin.throttle import Throttle
    from tests.api.client import Client
    from tests.conftest import Database

pytestmark = pytest.mark.usefixtures("dear_secrets")

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def throttle(services: Services) -> Throttle:
    """The throttle of the application."""
    return services.sign_in.throttle


def test_the_sixth_guess_has_to_wait(official: Client, clock: SettableClock) -> None:
    for _ in range(5):
        answer = official.post("/v1/sessions", {"login": LOGIN, "password": "guess"})
        assert answer.status == 401
    answer = official.post("/v1/sessions", {"login": LOGIN, "password": PASSWORD})
    assert (answer.status, answer.code) == (429, "TOO_MANY_ATTEMPTS")
    assert answer.headers["Retry-After"] == "1"
    assert "1 秒" in answer.body["detail"]
    clock.set(clock.now() + timedelta(seconds=1))
    official.signed_in(LOGIN, PASSWORD)


def test_each_further_guess_waits_twice_as_long(throttle: Throttle, clock: SettableClock) -> None:
    assert [guess(throttle, HERE, clock) for _ in range(9)] == [0, 0, 0, 0, 0, 1, 2, 4, 8]


def test_no_wait_is_longer_than_a_quarter_of_an_hour(
    throttle: Throttle, clock: SettableClock
) -> None:
    waits = [guess(throttle, HERE, clock) for _ in range(18)]
    assert max(waits) == waits[-1] == 900


def test_a_guesser_elsewhere_does_not_keep_the_holder_out(
    throttle: Throttle, clock: SettableClock
) -> None:
    for _ in range(10):
        guess(throttle, ELSEWHERE, clock)
    throttle.count(Attempt(LOGIN, HERE), clock.now())


def test_many_guessers_at_one_login_slow_down_together(
    throttle: Throttle, clock: SettableClock
) -> None:
    for number in range(20):
        throttle.count(Attempt(LOGIN, f"198.51.100.{number}"), clock.now())
    with pytest.raises(Problem, match="TOO_MANY_ATTEMPTS"):
        throttle.count(Attempt(LOGIN, HERE), clock.now())


def test_one_address_that_tries_many_logins_slows_down(
    throttle: Throttle, clock: SettableClock
) -> None:
    for number in range(100):
        throttle.count(Attempt(f"login-{number}", HERE), clock.now())
    with pytest.raises(Problem, match="TOO_MANY_ATTEMPTS"):
        throttle.count(Attempt(LOGIN, HERE), clock.now())


def test_success_takes_the_failures_back(throttle: Throttle, clock: SettableClock) -> None:
    for _ in range(4):
        throttle.count(Attempt(LOGIN, HERE), clock.now())
    throttle.forgive(Attempt(LOGIN, HERE))
    for _ in range(5):
        throttle.count(Attempt(LOGIN, HERE), clock.now())


def test_who_was_quiet_for_a_quarter_of_an_hour_starts_anew(
    throttle: Throttle, clock: SettableClock
) -> None:
    for _ in range(7):
        guess(throttle, HERE, clock)
    clock.set(clock.now() + timedelta(minutes=15, seconds=1))
    assert [guess(throttle, HERE, clock) for _ in range(5)] == [0] * 5


def test_guesses_made_at_once_count_like_guesses_made_in_turn(
    throttle: Throttle, clock: SettableClock
) -> None:
    def attempt(_: int) -> bool:
        try:
            throttle.count(Attempt(LOGIN, HERE), clock.now())
        except Problem:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 5


def test_an_attempt_that_meets_one_just_being_forgiven_counts_anew(
    services: Services, throttle: Throttle, database: Database, clock: SettableClock
) -> None:
    throttle.count(Attempt(LOGIN, HERE), clock.now())
    table = sql.Identifier(services.ground.schema, "sign_in_attempt")
    with ThreadPoolExecutor(1) as threads:
        with psycopg.connect(database.superuser_url) as forgiving:
            forgiving.execute(sql.SQL("SELECT FROM {} FOR UPDATE").format(table))
            counting = threads.submit(throttle.count, Attempt(LOGIN, HERE), clock.now())
            wait_for_a_lock(database)
            forgiving.execute(sql.SQL("DELETE FROM {}").format(table))
        counting.result()


def wait_for_a_lock(database: Database) -> None:
    """Come back when somebody waits for a row of this database."""
    query = (
        "SELECT FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(database.superuser_url, autocommit=True) as looking:
        while not looking.execute(query).fetchall():
            pass


def test_who_forgives_takes_the_subjects_in_the_order_of_who_counts(
    services: Services, throttle: Throttle, database: Database, clock: SettableClock
) -> None:
    """So nobody holds the second and waits for the first, and there is no deadlock."""
    throttle.count(Attempt(LOGIN, HERE), clock.now())
    _, *others = throttle._subjects(Attempt(LOGIN, HERE))
    first, second = sorted(subject.digest for subject in others)
    table = sql.Identifier(services.ground.schema, "sign_in_attempt")
    lock = sql.SQL("SELECT FROM {} WHERE subject = %s FOR UPDATE NOWAIT").format(table)
    with ThreadPoolExecutor(1) as threads:
        with psycopg.connect(database.superuser_url) as holding:
            holding.execute(lock, (first,))
            forgiving = threads.submit(throttle.forgive, Attempt(LOGIN, HERE))
            wait_for_a_lock(database)
            holding.execute(lock, (second,))
        forgiving.result()


def guess(throttle: Throttle, address: str, clock: SettableClock) -> int:
    """Guess as soon as one may; answers how many seconds one had to wait."""
    began = clock.now()
    while True:
        try:
            throttle.count(Attempt(LOGIN, address), clock.now())
        except Problem as problem:
            clock.set(clock.now() + timedelta(seconds=int(problem.headers["Retry-After"])))
        else:
            return int((clock.now() - began).total_seconds())
