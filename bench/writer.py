"""A writer in a process of its own: appends until it is killed, and says what was acknowledged.

``python -m bench.writer URL KEY_FILE THREADS``: a line for each acknowledged command, nothing else.
A command whose acknowledgement was lost is tried again under its key until it is known.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from uuid import uuid4

from eventsourcing.persistence import OperationalError

from audit.keys.keyfile import KeyFile
from audit.record import (
    AlreadyClaimedError,
    AppendRequest,
    Head,
    IdempotencyClaim,
    Record,
    Write,
)
from bench.site import GROUND
from bench.subjects import Measured
from domain.actor import SystemActor


def write_for_ever(record: Record) -> None:
    """Append event after event to new streams."""
    while True:
        key = str(uuid4())
        request = AppendRequest(
            writes=(Write(Head.new(f"bench-{key}"), (Measured(number=1, text="load"),)),),
            actor=SystemActor("bench"),
            at=datetime.now(UTC),
            command=key,
            claim=IdempotencyClaim("bench", key, record.digest_of_body(b""), 201),
        )
        while not known(record, request, key):
            pass
        # One write of a whole line: lines of several threads do not mix.
        os.write(sys.stdout.fileno(), f"{key}\n".encode())


def known(record: Record, request: AppendRequest, key: str) -> bool:
    """Whether the command stands in the record for certain."""
    try:
        record.append(request)
    except AlreadyClaimedError:
        return stands(record, key)
    except OperationalError:
        return stands(record, key)
    return True


def stands(record: Record, key: str) -> bool:
    """Whether the idempotency record answers, with the disk behind it."""
    try:
        return record.outcome_of("bench", key) is not None
    except OperationalError:
        return False


if __name__ == "__main__":
    url, key_path, threads = sys.argv[1:]
    opened = Record(url, GROUND, KeyFile(Path(key_path)), connections=4)
    for _ in range(int(threads)):
        Thread(target=write_for_ever, args=(opened,)).start()
