"""What whoever runs the server puts on record: new keys, and a time set right.

Rotating keys is recorded last, when the key file has forgotten the old epochs; so an erasure is
never said to be complete too early, and where we die before it, the next rotation says it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import structlog

from api.acts.desk import Desk
from api.acts.guard import act_as
from api.foundation import MASTER_KEY
from api.identifiers import new_id, new_stream
from audit.backup.loading import refuse_unfinished
from audit.keys.custody import Task, custody
from audit.keys.keyfile import KeyFile
from audit.keys.rotation import rotate
from audit.record import AppendRequest, Head, Record, Write
from domain.actor import CONSOLE, SystemActor
from domain.refusal import Refusal, Refused
from domain.single_events import KeysRotated, TimeResumed

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Answer
    from api.database import Reached
    from audit.keys.rotation import Rotated
    from audit.times import Times

_log = structlog.get_logger()

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


def resume_time(record: Record, document: str, wrong_from: int | None, at: datetime) -> Answer:
    """Let the record's time go on from ``at``, as two persons decided under ``document``.

    Raises ``Refused`` with ``CLOCKS_DIFFER``, ``TIME_IS_RIGHT`` or ``WRONG_FROM``.
    """
    times = record.times()
    if times.skew(at) is not None:
        raise Refused(_clocks_differ(times))
    if not times.ahead and not times.silent:
        raise Refused(_time_is_right())
    last = times.first_ahead if times.ahead else None
    if (wrong_from is None) is not (last is None) or not 1 <= (wrong_from or 1) <= (last or 1):
        raise Refused(_wrong_from(last))

    def decide(desk: Desk) -> None:
        resumed = TimeResumed(document=document, wrong_from=wrong_from)
        desk.write(new_stream("record", at), resumed)

    return act_as(partial(Desk, record), CONSOLE, new_id(at), at, decide)


def _clocks_differ(times: Times) -> Refusal:
    return Refusal(
        "CLOCKS_DIFFER",
        f"本机时钟与数据库时钟（{times.database}）不一致，请先将两者校准。",
        f"The clocks of this machine and of the database ({times.database}) differ; set both"
        " first.",
    )


def _time_is_right() -> Refusal:
    return Refusal(
        "TIME_IS_RIGHT",
        "记录的时间与时钟相符，无需恢复。",
        "The record's time agrees with the clocks; there is nothing to resume.",
    )


def _wrong_from(last: int | None) -> Refusal:
    chinese = "记录中没有晚于时钟的时间，只是久未记录；请不带 --wrong-from"
    english = (
        "No time of the record is later than the clocks, it was only silent for long; leave"
        " --wrong-from out"
    )
    if last is not None:
        chinese = (
            f"自位置 {last} 起，记录的时间晚于时钟。请用 --wrong-from 写明时间自何位置起有误，"
            f"不得大于 {last}"
        )
        english = (
            f"From position {last} on the record's times are later than the clocks. Say with"
            f" --wrong-from from which position on times were wrong, {last} at most"
        )
    return Refusal("WRONG_FROM", f"{chinese}。", f"{english}.")
