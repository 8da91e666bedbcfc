"""The clock, identifiers and key files of the front door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from api.clock import ClockSetBackError, SettableClock, SystemClock
from api.identifiers import normalised_code, one_time_code, receipt, uuid7
from api.keys import (
    FILE,
    FrontDoorKeys,
    KeyFileRefusedError,
    create_front_door_keys,
    keyed_digest,
    open_front_door_keys,
)

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)


def test_the_systems_clock_says_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_settable_clock_stands_still_and_goes_only_forward() -> None:
    clock = SettableClock(NOW)
    assert clock.now() == clock.now() == NOW
    clock.set(NOW + timedelta(days=1))
    assert clock.now() == NOW + timedelta(days=1)
    with pytest.raises(ClockSetBackError):
        clock.set(NOW)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SettableClock(datetime(2024, 10, 15))  # noqa: DTZ001 -- the point


def test_a_uuid7_has_its_version_its_variant_and_its_time() -> None:
    made = uuid7(NOW)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOW.timestamp() * 1000)
    assert len({uuid7(NOW) for _ in range(1000)}) == 1000
    assert str(uuid7(NOW)) < str(uuid7(NOW + timedelta(milliseconds=1)))


def test_a_code_is_the_same_however_it_is_typed() -> None:
    code = one_time_code()
    assert normalised_code(code.lower().replace("-", "")) == code
    assert normalised_code(f" {code.replace('-', ' ')} ") == code


def test_codes_and_receipts_have_no_characters_that_look_alike() -> None:
    drawn = set("".join(one_time_code() + receipt() for _ in range(50))) - {"-"}
    assert drawn.isdisjoint("01ILO")


def test_a_key_file_is_readable_by_its_owner_only_and_made_once(tmp_path: Path) -> None:
    create_front_door_keys(tmp_path)
    first = (tmp_path / FILE).read_text()
    create_front_door_keys(tmp_path)
    assert (tmp_path / FILE).read_text() == first
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_key_file_that_others_may_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    create_front_door_keys(tmp_path)
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(KeyFileRefusedError, match="chmod 600"):
        open_front_door_keys(tmp_path)


@pytest.mark.parametrize("content", ["", "x", "ab" * 31, "某" * 64])
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(KeyFileRefusedError, match="backup"):
        open_front_door_keys(tmp_path)


def test_a_missing_key_file_is_never_replaced_silently(tmp_path: Path) -> None:
    with pytest.raises(KeyFileRefusedError, match="backup"):
        open_front_door_keys(tmp_path)


def test_keys_for_different_uses_differ_and_show_nowhere() -> None:
    keys = FrontDoorKeys((b"k" * 32,))
    assert keys.newest("cursor") != keys.newest("access token")
    assert "k" * 8 not in repr(keys)


def test_parts_of_a_digest_can_not_be_shifted_into_one_another() -> None:
    assert keyed_digest(b"k", "ab", "c") != keyed_digest(b"k", "a", "bc")
