"""An invented province on a real record: nothing of it is anything but what the house decided."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from audit.keys.keyfile import KeyFile
from audit.record import Record
from audit.whole import check_whole
from bench.fill import FIRST_YEAR, fill
from bench.filling.county import PACKS, DecidingRecord, beginning, lived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit.record import Recorded
    from tests.conftest import Database

EVENTS, BROKEN_OFF = 3200, 1600
"""So many are filled in, in two goes: the first ends in the middle of the second season."""


@pytest.fixture(scope="module")
def filled(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    database = fresh_database()
    keys = KeyFile.create(tmp_path_factory.mktemp("keys") / "keys.json")
    with Record(database.url, database.ground, keys, connections=2) as record:
        begun = beginning(FIRST_YEAR)
        assert EVENTS > fill(record, BROKEN_OFF, 3, 1, begun) >= BROKEN_OFF
        assert fill(record, EVENTS, 3, 1, begun) == record.head() >= EVENTS
        yield record


@pytest.fixture(scope="module")
def told(filled: Record) -> list[Recorded]:
    return list(filled.read(0, EVENTS * 2))


def test_what_was_filled_stands_as_the_whole_check_wants_it(filled: Record) -> None:
    whole = check_whole(filled)
    assert (whole.positions, whole.faults) == (filled.head(), [])


def test_everything_happens_that_happens_in_a_year(told: list[Recorded]) -> None:
    happened = Counter(each.event.topic for each in told)
    wanted = (
        "case:submitted:1 case:returned:1 case:recognised:1 case:certificate-issued:1"
        " objection:raised:1 investigation:opened:1 person:title-gained:1 filing:refused:1"
        " separation:conflict-refused:1 account:claimed:1 case:publicity-closed:1"
    )
    assert set(wanted.split()) <= happened.keys()


def test_more_is_done_before_the_deadline_than_in_a_month_of_the_summer(
    told: list[Recorded],
) -> None:
    months = Counter(each.placed_at.month for each in told if each.placed_at.year == 2011)
    assert months[10] > 2 * months[8] > 0


def test_each_locality_files_under_its_own_notice(told: list[Recorded]) -> None:
    filed = {getattr(e.event, "law").pack for e in told if e.event.topic == "case:opened:1"}  # noqa: B009 -- of this kind alone
    assert len(filed) > 1
    assert filed <= set(PACKS)


def test_the_same_seed_acts_in_the_same_way() -> None:
    begun = beginning(2011)
    first, again, other = (topics(begun, seed) for seed in ("1", "1", "2"))
    assert first == again != other


def topics(begun: DecidingRecord, seed: str) -> list[str]:
    """What happens in a county, one topic after the other."""
    asked = lived(begun, 0, 2011, seed)
    return [one.topic for each in asked for write in each.writes for one in write.events]
