"""A backup and a restore say how far they have come, and may be interrupted at any point."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from api.backup.backing_up import back_up
from api.backup.progress import Work
from api.backup.restoring import restore
from api.foundation import MASTER_KEY
from audit.keys.keyfile import KeyFile
from audit.record import Record
from tests.api.test_backup import elsewhere, home  # noqa: F401 -- fixtures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.database import Reached
    from tests.api.world import World

Told = list[tuple[Work, int, int]]


def telling(told: Told) -> Callable[[Work, int, int], object]:
    return lambda work, done, whole: told.append((work, done, whole))


def stopping_in(work: Work) -> Callable[[Work, int, int], object]:
    """Somebody who presses Ctrl-C when that work has begun."""

    def tell(begun: Work, _done: int, _whole: int) -> None:
        if begun is work:
            raise KeyboardInterrupt

    return tell


def look_complete(told: Told, *works: Work) -> None:
    """Each work went forward, never beyond its whole, and to its end."""
    assert list(dict.fromkeys(work for work, _, _ in told)) == list(works)
    for one in works:
        of_one = [(done, whole) for work, done, whole in told if work is one]
        assert all(before <= after for (before, _), (after, _) in pairwise(of_one))
        assert all(done <= whole for done, whole in of_one)
        if one is not Work.SAVING:  # of which only the size of the tables is known before
            assert of_one[-1][0] == of_one[-1][1] > 0


def test_each_work_of_a_backup_and_of_a_restore_is_told_to_its_end(
    world: World,
    home: Reached,  # noqa: F811 -- the fixture
    elsewhere: Reached,  # noqa: F811 -- the fixture
    tmp_path: Path,
) -> None:
    at, told = world.clock.now(), Told()
    back_up(home, tmp_path / "data", tmp_path / "keys-saved", at, telling(told))
    look_complete(told, Work.DIGESTS, Work.SAVING, Work.PROVING)
    told.clear()
    restore(elsewhere, tmp_path / "data", tmp_path / "keys-saved", at, telling(told))
    look_complete(told, Work.LOADING, Work.CHAINS, Work.KEYS, Work.VIEWS)


def test_an_interrupted_backup_leaves_nothing_under_its_name_and_is_begun_again(
    world: World,
    home: Reached,  # noqa: F811 -- the fixture
    tmp_path: Path,
) -> None:
    data, keys, at = tmp_path / "data", tmp_path / "keys-saved", world.clock.now()
    with pytest.raises(KeyboardInterrupt):
        back_up(home, data, keys, at, stopping_in(Work.SAVING))
    assert not data.exists()
    assert not keys.exists()
    assert back_up(home, data, keys, at).position > 0


def test_a_restore_that_was_interrupted_while_putting_in_is_begun_again(
    world: World,
    home: Reached,  # noqa: F811 -- the fixture
    elsewhere: Reached,  # noqa: F811 -- the fixture
    tmp_path: Path,
) -> None:
    data, keys, at = tmp_path / "data", tmp_path / "keys-saved", world.clock.now()
    saved = back_up(home, data, keys, at)
    with pytest.raises(KeyboardInterrupt):
        restore(elsewhere, data, keys, at, stopping_in(Work.LOADING))
    assert restore(elsewhere, data, keys, at).events == saved.position


def test_a_restore_that_was_interrupted_while_it_was_checked_holds_the_whole_record(
    world: World,
    home: Reached,  # noqa: F811 -- the fixture
    elsewhere: Reached,  # noqa: F811 -- the fixture
    tmp_path: Path,
) -> None:
    data, keys, at = tmp_path / "data", tmp_path / "keys-saved", world.clock.now()
    saved = back_up(home, data, keys, at)
    with pytest.raises(KeyboardInterrupt):
        restore(elsewhere, data, keys, at, stopping_in(Work.CHAINS))
    key_file = KeyFile(elsewhere.settings.key_directory / MASTER_KEY)
    url = elsewhere.settings.database_url or ""
    with Record(url, elsewhere.ground, key_file) as record:
        assert record.head() == saved.position
