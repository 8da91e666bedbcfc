"""What is left after crashes, cut connections and crowds."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from audit.record import (
    AcknowledgementLostError,
    AlreadyClaimedError,
    AppendFailedError,
    Head,
    IdempotencyClaim,
    Record,
)
from bench.between import between_commit_and_flush
from bench.delivery import deliver
from bench.load import under_load
from bench.site import a_site
from tests.audit.proxy import a_proxy
from tests.audit.said import Numbered, a_request, a_stream, append_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.keys.keyfile import KeyFile
    from bench.site import Site
    from tests.audit.proxy import Proxy
    from tests.conftest import Database


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of its own, which may be killed."""
    with a_site() as made:
        yield made


@pytest.fixture
def proxy(database: Database) -> Iterator[Proxy]:
    with (
        TemporaryDirectory() as directory,
        a_proxy(Path(directory), str(database.server.socket)) as one,
    ):
        yield one


@pytest.fixture
def distant(database: Database, key_file: KeyFile, proxy: Proxy) -> Iterator[Record]:
    """The record, as it is seen through the proxy, on one connection."""
    there = make_conninfo(database.url, host=proxy.host)
    with Record(there, database.ground, key_file, connections=1) as opened:
        append_numbers(opened, a_stream(), 0)
        yield opened


def test_postgresql_killed_between_commit_and_flush_loses_nothing_that_was_told(
    site: Site,
) -> None:
    tally = between_commit_and_flush(site, rounds=20)
    assert (tally.acknowledged, tally.lost, tally.twice, tally.holes) == (20, 0, 0, 0)
    assert tally.taken  # so the crash does take what nobody was told of


def test_writers_and_servers_killed_under_load_lose_and_repeat_nothing(site: Site) -> None:
    tally = under_load(site, rounds=8)
    assert (tally.rounds, tally.lost, tally.twice, tally.holes) == (8, 0, 0, 0)
    assert tally.acknowledged > 0


@pytest.mark.parametrize("answer", [1, 2], ids=["to the append", "to the flush"])
def test_a_connection_cut_after_the_commit_and_retried_records_one_event(
    distant: Record, proxy: Proxy, answer: int
) -> None:
    claim = IdempotencyClaim("account-1", "key-1", distant.digest_of_body(b""), 201)
    request = a_request(Head.new(a_stream()), Numbered(number=1), claim=claim)
    proxy.swallow_answer(answer)
    with pytest.raises(AcknowledgementLostError):
        distant.append(request)
    with pytest.raises(AlreadyClaimedError):
        distant.append(request)
    outcome = distant.outcome_of("account-1", "key-1")
    assert outcome is not None
    assert outcome.first_position == outcome.last_position == distant.flushed_head() == 2


def test_everybody_in_a_lost_transaction_is_told_so(distant: Record, proxy: Proxy) -> None:
    proxy.swallow_answer(1)
    with pytest.raises(AcknowledgementLostError):
        append_numbers_to_new(distant)
    assert append_numbers_to_new(distant) == 3


def append_numbers_to_new(record: Record) -> int:
    return record.append(a_request(Head.new(a_stream()), Numbered(number=1))).positions[0]


def test_a_database_that_is_too_busy_says_that_nothing_was_written(
    database: Database, key_file: KeyFile
) -> None:
    impatient = make_conninfo(database.url, options="-c statement_timeout=1000")
    with Record(impatient, database.ground, key_file) as record:
        append_numbers_to_new(record)
        with psycopg.connect(database.superuser_url) as connection:
            connection.execute("LOCK TABLE record.event IN EXCLUSIVE MODE")
            with pytest.raises(AppendFailedError, match="timeout"):
                append_numbers_to_new(record)
        assert append_numbers_to_new(record) == 2


def test_what_eight_writers_store_three_followers_get_in_order_and_once(site: Site) -> None:
    seen = deliver(site, events=2000, writers=8, followers=3)
    assert (seen.stored, seen.delivered, seen.out_of_order, seen.twice) == (2000, 2000, 0, 0)
