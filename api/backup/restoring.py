"""``mingjian restore``: a backup put back, proved to be what was saved, and erased again.

Steps, each of which may be the last before a crash: the next try, with the same backup, finds the
tables empty and begins again, or finds them filled and goes on with what is left. Until it has
come to its end nothing is served, so no word is shown that was erased after the backup.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.sql import SQL, Identifier

from api.backup.backing_up import OF_THE_KEYS, put_key_file
from api.backup.progress import Octets, Positions, Work, nobody
from api.backup.replaying import replay
from api.foundation import EVERY_MIGRATION, open_record
from audit.backup.loading import compared, finish, load, refuse_living, size_of, unfinished
from audit.backup.manifest import BackupRefusedError, Manifest, digest_of, read_manifest
from audit.keys.custody import Task, custody
from audit.keys.journal import FILE as JOURNAL
from audit.keys.journal import Journal
from audit.migrate import migrate
from audit.parallel_check import PROCESSES, check_in_shares
from projections.advance import PAGE, UpTo, advance
from projections.catalogue import VIEWS
from projections.digest import unlike
from projections.parallel_rebuild import Ground, grow_in_parallel
from projections.progress import prepare
from projections.rebuild import rebuild
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from psycopg import Connection

    from api.backup.progress import Tell
    from api.database import Reached
    from audit.backup.loading import Begun
    from audit.backup.manifest import SeenView
    from audit.parallel_check import Open
    from audit.record import Record


@dataclass(frozen=True)
class Restored:
    """What was put back and found equal: events, streams, keys that open, tables of views.

    ``erased`` is how many keys were alive in the backup and are destroyed again;
    ``uncompared`` the views that this version makes otherwise than the one that was saved.
    """

    manifest: Manifest
    events: int
    streams: int
    keys: int
    view_tables: int
    uncompared: tuple[str, ...]
    erased: int


def restore(
    reached: Reached, directory: Path, keys: Path, at: datetime, tell: Tell = nobody
) -> Restored:
    """Put a backup back into a database in which this record does not live.

    ``tell`` hears how far it has come.
    Raises ``BackupRefusedError`` and says what does not fit; ``CustodyHeldError``,
    ``MigrationError``, ``KeyFileError``.
    """
    manifest = read_manifest(directory)
    if manifest.origin != reached.settings.origin:
        msg = (
            f"the backup is of {manifest.origin}, not of {reached.settings.origin};"
            " set MINGJIAN_RECORD"
        )
        raise BackupRefusedError(msg)
    with custody(reached.owner_url, reached.ground.schema, Task.RESTORE):
        before = _fill(reached, directory, manifest, keys, at, tell)
        done = _prove(reached, manifest, at, tell, before)
        finish(reached.owner_url, reached.ground)
    return done


def _fill(
    reached: Reached, directory: Path, manifest: Manifest, keys: Path, at: datetime, tell: Tell
) -> Begun | None:
    """Fill the tables, unless an interrupted restore of the same backup has done so: answers it."""
    settings, ground = reached.settings, reached.ground
    begun = unfinished(reached.owner_url, ground)
    if begun is not None and begun.manifest != digest_of(directory):
        msg = "a restore of another backup into this database was not finished: finish that one"
        raise BackupRefusedError(msg)
    if begun is None:
        refuse_living(reached.owner_url, ground)
    _put_keys(keys, settings.key_directory)
    if begun is None:
        passed = Octets(tell, Work.LOADING, size_of(directory, manifest))
        load(reached.owner_url, ground, directory, manifest, EVERY_MIGRATION, at, passed=passed)
    return begun


def _prove(
    reached: Reached, manifest: Manifest, at: datetime, tell: Tell, before: Begun | None
) -> Restored:
    """See that the tables hold the record that was saved, and erase again what was erased.

    Views are not compared again once erasing has begun: names are gone by which they were made.
    """
    settings, ground = reached.settings, reached.ground
    migrate(reached.owner_url, ground, manifest.origin, at, EVERY_MIGRATION)
    _end_sessions(reached, at)
    opening = partial(open_record, settings, ground)
    streams = _check_chains(opening, manifest, tell)
    with (
        opening(connections=4) as record,
        psycopg.connect(settings.database_url or "", autocommit=True) as connection,
    ):
        opened = _open_every_key(record, connection, ground.schema, tell)
        versions = {view.name: view.version for view in VIEWS}
        comparable = [each for each in manifest.views if versions.get(each.name) == each.version]
        if before is None or not before.compared:
            _check_views(connection, reached, record, comparable, tell)
            compared(reached.owner_url, ground, at)
        erased = replay(record, Journal(settings.key_directory), at)
        _catch_up(connection, ground.views, record)
    tables = sum(len(each.tables) for each in comparable)
    uncompared = tuple(sorted(versions.keys() - {each.name for each in comparable}))
    return Restored(manifest, manifest.position, streams, opened, tables, uncompared, erased)


def _put_keys(saved: Path, target: Path) -> None:
    """Put back the key files that are missing; one that is there counts, it may be newer.

    What either journal says was destroyed, was.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for destruction in Journal(saved).entries():
        Journal(target).note(destruction)
    for name in OF_THE_KEYS:
        if name != JOURNAL and (saved / name).exists() and not (target / name).exists():
            put_key_file(saved / name, target / name)


def _end_sessions(reached: Reached, at: datetime) -> None:
    """Everybody signs in anew: a token that was used after the backup would be good again."""
    table = Identifier(reached.ground.schema, "session")
    ending = SQL("UPDATE {} SET ended_at = %s, ended_because = 'restored' WHERE ended_at IS NULL")
    with psycopg.connect(reached.owner_url) as connection:
        connection.execute(ending.format(table), (at,))


def _check_chains(opening: Open, manifest: Manifest, tell: Tell) -> int:
    """Every position, version and hash; a verdict on separation is no fault of the backup's."""
    told = Positions(tell, Work.CHAINS, manifest.position)
    whole = check_in_shares(opening, moved=told)
    broken = [each for each in whole.faults if not each.code.startswith("SEPARATION_")]
    if broken or whole.positions < manifest.position:
        first = f"{broken[0].code} at {broken[0].position}" if broken else "events are missing"
        msg = f"the record that was saved is not whole: {first}; see mingjian audit check"
        raise BackupRefusedError(msg)
    return whole.streams


def _open_every_key(record: Record, connection: Connection[Any], schema: str, tell: Tell) -> int:
    """The key file is the one of this record: each key that is alive unwraps; how many."""
    living = SQL("{} WHERE wrapped IS NOT NULL").format(Identifier(schema, "sealing_key"))
    query = SQL("SELECT key_id, epoch, wrapped FROM {}").format(living)
    row = connection.execute(SQL("SELECT count(*) FROM {}").format(living)).fetchone()
    whole = int(row[0]) if row else 0
    count = 0
    with connection.transaction(), connection.cursor("keys", binary=True) as cursor:
        for key_id, epoch, wrapped in cursor.execute(query):
            record.keys.unwrap(key_id, epoch, wrapped)
            count += 1
            tell(Work.KEYS, count, whole)
    return count


def _check_views(
    connection: Connection[Any],
    reached: Reached,
    record: Record,
    comparable: list[SeenView],
    tell: Tell,
) -> None:
    """Build the views as they stood and compare every table."""
    by_position: dict[int, list[SeenView]] = {}
    for each in comparable:
        by_position.setdefault(each.position, []).append(each)
    live = reached.ground.views
    for position, expected in by_position.items():
        names = {each.name for each in expected}
        views = [view for view in VIEWS if view.name in names]
        told = Positions(tell, Work.VIEWS, position)
        if position > PAGE:  # what fits on a page is not worth a process
            grow_in_parallel(_ground(reached, position), views, PROCESSES, told)
        rebuild(connection, live, UpTo(record, position), views, told)
        different = list(unlike(connection, live, views, expected))
        if different:
            msg = f"views are not what they were: {', '.join(different)}; see mingjian audit check"
            raise BackupRefusedError(msg)


def _ground(reached: Reached, position: int) -> Ground:
    settings, ground = reached.settings, reached.ground
    opening = partial(_up_to, partial(open_record, settings, ground), position)
    return Ground(settings.database_url or "", ground.views, opening)


@contextmanager
def _up_to(opening: Open, position: int) -> Iterator[UpTo]:
    """The record as if it ended at a position; in a new process, too."""
    with opening() as record:
        yield UpTo(record, position)


def _catch_up(connection: Connection[Any], live: str, record: Record) -> None:
    """Show everything, the erasures that were replayed among it."""
    look_at(connection, live)
    prepare(connection, VIEWS)
    while advance(connection, record, VIEWS):
        pass
