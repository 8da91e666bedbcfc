"""Putting on record from where on its times were wrong, so that they go on from the true one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.guard import act_as
from api.identifiers import new_id, new_stream
from domain.actor import SystemActor
from domain.notes import TimeResumed
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from audit.record import Record
    from audit.times import Times

CONSOLE = SystemActor("console")
"""Whoever may use the machine that Mingjian runs on; who that was is in the decision."""


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

    def decide(deliberation: Deliberation) -> None:
        resumed = TimeResumed(document=document, wrong_from=wrong_from)
        deliberation.write(new_stream("record", at), resumed)

    return act_as(record, CONSOLE, new_id(at), at, decide)


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
    if last is None:
        return Refusal(
            "WRONG_FROM",
            "记录中没有晚于时钟的时间，只是久未记录；请不带 --wrong-from。",
            "No time of the record is later than the clocks, it was only silent for long; leave"
            " --wrong-from out.",
        )
    return Refusal(
        "WRONG_FROM",
        f"自位置 {last} 起，记录的时间晚于时钟。请用 --wrong-from 写明时间自何位置起有误，"
        f"不得大于 {last}。",
        f"From position {last} on the record's times are later than the clocks. Say with"
        f" --wrong-from from which position on times were wrong, {last} at most.",
    )
