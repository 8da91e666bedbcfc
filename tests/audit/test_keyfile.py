"""The key file: private, whole, and rotated without losing an epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.keys.keyfile import KeyFile, KeyFileError, Use

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    KeyFile.create(tmp_path / "keys.json")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_an_existing_key_file_is_never_replaced(key_file: KeyFile) -> None:
    before = key_file.path.read_bytes()
    with pytest.raises(KeyFileError, match="exists already"):
        KeyFile.create(key_file.path)
    assert key_file.path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_open_to_others_is_refused_with_the_remedy(key_file: KeyFile, mode: int) -> None:
    key_file.path.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        KeyFile(key_file.path)


def test_a_missing_key_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be read"):
        KeyFile(tmp_path / "keys.json")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"wrapping": {"1": "no hex"}}'])
def test_a_damaged_key_file_is_told_without_its_content(key_file: KeyFile, content: str) -> None:
    key_file.path.write_text(content)
    with pytest.raises(KeyFileError, match="damaged"):
        KeyFile(key_file.path)


def test_every_use_has_a_key_of_its_own(key_file: KeyFile) -> None:
    keys = {key_file.newest(use)[1] for use in Use}
    assert len(keys) == len(Use)
    assert {len(key) for key in keys} == {32}


def test_after_a_rotation_the_new_epoch_writes_and_the_old_one_is_read(key_file: KeyFile) -> None:
    old = key_file.newest(Use.WRAPPING)
    key_file.rotate(Use.WRAPPING)
    assert key_file.newest(Use.WRAPPING)[0] == 2
    assert key_file.key(Use.WRAPPING, 1) == old[1]
    assert KeyFile(key_file.path).epochs(Use.WRAPPING) == key_file.epochs(Use.WRAPPING)
    assert key_file.path.stat().st_mode & 0o777 == 0o600


def test_a_rotation_by_another_process_is_noticed_when_its_epoch_is_met(key_file: KeyFile) -> None:
    other = KeyFile(key_file.path)
    other.rotate(Use.WRAPPING)
    assert key_file.key(Use.WRAPPING, 2) == other.key(Use.WRAPPING, 2)


def test_a_forgotten_epoch_is_gone_and_the_one_that_writes_stays(key_file: KeyFile) -> None:
    key_file.rotate(Use.WRAPPING)
    key_file.forget_older(Use.WRAPPING, Use.SEARCH)
    assert list(KeyFile(key_file.path).epochs(Use.SEARCH)) == [1]
    with pytest.raises(KeyFileError, match="epoch 1"):
        KeyFile(key_file.path).key(Use.WRAPPING, 1)


def test_what_a_crash_left_beside_the_key_file_goes_with_the_next_rotation(
    key_file: KeyFile,
) -> None:
    key_file.path.with_name("keys.json.new").write_bytes(key_file.path.read_bytes())
    key_file.rotate(Use.WRAPPING)
    key_file.forget_older(Use.WRAPPING)
    assert list(key_file.path.parent.glob("*keys.json*")) == [key_file.path]


def test_nothing_but_the_key_file_is_left_beside_it(key_file: KeyFile) -> None:
    key_file.rotate(Use.SEARCH)
    assert list(key_file.path.parent.glob("keys.json*")) == [key_file.path]
