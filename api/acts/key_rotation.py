"""Rotating the keys of a record, and putting that on record.

Dying anywhere loses nothing: rotated again, everything is brought under still newer epochs. That
it was done is recorded last, when the key file has forgotten the old epochs; so an erasure is
never said to be complete too early, and where we die before it, the next rotation says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.foundation import MASTER_KEY
from api.identifiers import new_id, new_stream
from audit.backup.loading import refuse_unfinished
from audit.keys.custody import Task, custody
from audit.keys.keyfile import KeyFile
from audit.keys.rotation import rotate
from audit.record import AppendRequest, Head, Record, Write
from domain.actor import SystemActor
from domain.notes import KeysRotated

if TYPE_CHECKING:
    from datetime import datetime

    from api.database import Reached
    from audit.keys.rotation import Rotated

JOB = "rotation"


def rotate_keys(reached: Reached, at: datetime) -> Rotated:
    """Rotate what wraps the sealing keys, and what digests identity documents.

    Raises ``CustodyHeldError`` while somebody else is at work on the keys, and what
    ``audit.keys.rotation.rotate`` raises.
    """
    ground, url = reached.ground, reached.settings.database_url or ""
    with custody(reached.owner_url, ground.schema, Task.ROTATION) as held:
        refuse_unfinished(reached.owner_url, ground)
        key_file = KeyFile(reached.settings.key_directory / MASTER_KEY)
        with Record(url, ground, key_file, connections=2) as record:
            done = rotate(reached.owner_url, ground, record, key_file, held, at)
            record.append(_noted(done, at))
    return done


def _noted(done: Rotated, at: datetime) -> AppendRequest:
    rotated = KeysRotated(
        wrapping=done.wrapping,
        identity=done.identity,
        rewrapped=done.rewrapped,
        documents=done.documents,
    )
    return AppendRequest(
        writes=(Write(Head.new(new_stream("rotation", at)), (rotated,)),),
        actor=SystemActor(JOB),
        at=at,
        command=new_id(at),
    )
