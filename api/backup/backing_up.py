"""``mingjian backup``: the record into one directory, the keys and the journal into another."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING

from api.archive_keys import FILE as ARCHIVE_KEY
from api.archive_keys import TRUSTED
from api.backup.progress import Octets, Work, nobody
from api.foundation import MASTER_KEY
from api.keys import FILE as FRONT_DOOR_KEY
from api.keys import open_front_door_keys
from audit.backup.loading import refuse_unfinished
from audit.backup.manifest import BackupRefusedError
from audit.backup.proving import prove
from audit.backup.saving import exported, last_order, position_of, save, size_of, snapshot
from audit.keys.custody import Task, at_once, custody
from audit.keys.journal import FILE as JOURNAL
from audit.keys.keyfile import KeyFile
from audit.record import Record
from projections.catalogue import VIEWS
from projections.digest import seen

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from api.backup.progress import Tell
    from api.database import Reached
    from audit.backup.manifest import Manifest
    from audit.keys.custody import AskAgain

OF_THE_KEYS = (MASTER_KEY, FRONT_DOOR_KEY, ARCHIVE_KEY, TRUSTED, JOURNAL)


def keys_beside(directory: Path) -> Path:
    """Where the keys go unless somewhere else is named: never inside the data."""
    return directory.with_name(f"{directory.name}.keys")


def back_up(
    reached: Reached,
    directory: Path,
    keys: Path,
    at: datetime,
    tell: Tell = nobody,
    ask_again: AskAgain = at_once,
) -> Manifest:
    """Save the record and its keys, while it is being used; both places must be new.

    Written under another name first: what bears the name is whole and was seen to open, and
    whoever is interrupted begins again. ``tell`` hears how far it has come, ``ask_again`` who is
    at work on the keys already.
    Raises ``BackupRefusedError``, ``CustodyHeldError``, ``CustodyLostError``, ``KeyFileError``
    and ``KeyFileRefusedError``.
    """
    _refuse_together(directory, keys)
    with custody(reached.owner_url, reached.ground.schema, Task.BACKUP, ask_again) as held:
        refuse_unfinished(reached.owner_url, reached.ground)
        unfinished, apart = _new(directory), _new(keys)
        manifest = _save(reached, unfinished, at, tell)
        # After the snapshot: each order whose keys are alive in it but were destroyed meanwhile is
        # in the journal. No key was wrapped anew: the lock is ours.
        _copy_keys(reached.settings.key_directory, apart)
        tell(Work.PROVING, 0, 1)
        prove(unfinished, manifest, apart / MASTER_KEY)
        tell(Work.PROVING, 1, 1)
        held.confirm()
        # Dying between the two leaves keys without a backup, and never a backup without keys.
        _name(apart, keys)
        _name(unfinished, directory)
    return manifest


def _save(reached: Reached, unfinished: Path, at: datetime, tell: Tell) -> Manifest:
    key_file = KeyFile(reached.settings.key_directory / MASTER_KEY)
    open_front_door_keys(reached.settings.key_directory)
    with ExitStack() as stack:
        connection = stack.enter_context(snapshot(reached.owner_url))
        name = exported(connection)
        url = reached.settings.database_url or ""
        beside = stack.enter_context(snapshot(url, name))
        position = position_of(connection, reached.ground)
        _wait_for_the_disk(reached, key_file, position)
        tell(Work.DIGESTS, 0, 1)
        # A view that stands before an order can't be built again as it stands: its names are gone.
        ordered = last_order(connection, reached.ground)
        views = tuple(
            each for each in seen(beside, reached.ground.views, VIEWS) if each.position >= ordered
        )
        tell(Work.DIGESTS, 1, 1)
        passed = Octets(tell, Work.SAVING, size_of(connection, reached.ground))
        return save(connection, reached.ground, unfinished, views, at, passed=passed)


def _wait_for_the_disk(reached: Reached, key_file: KeyFile, position: int) -> None:
    """What was seen is not durable yet, and a backup must not hold what a crash takes away."""
    url = reached.settings.database_url or ""
    with Record(url, reached.ground, key_file, connections=1) as record:
        record.wait_until_flushed(position)


def _refuse_together(directory: Path, keys: Path) -> None:
    for each in (directory, keys):
        if each.exists():
            msg = (
                f"{each} is there already; a backup is never put over anything, name a new place"
                " (keys without a backup beside them are of one that was interrupted: remove them)"
            )
            raise BackupRefusedError(msg)
    one, other = directory.absolute(), keys.absolute()
    if one == other or one in other.parents or other in one.parents:
        msg = f"keys lie apart from the data they open; name a place outside {directory}"
        raise BackupRefusedError(msg)


def _new(directory: Path) -> Path:
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    return unfinished


def _copy_keys(source: Path, target: Path) -> None:
    for name in OF_THE_KEYS:
        if (source / name).exists():
            put_key_file(source / name, target / name)


def put_key_file(source: Path, target: Path) -> None:
    """Copy a file so that nobody else can read the copy at any moment, and whole or not at all."""
    draft = target.with_name(f"{target.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    _flush(target.parent)


def _name(draft: Path, place: Path) -> None:
    draft.rename(place)
    _flush(place.parent)


def _flush(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
