"""Lists that leave as files. Each is recorded, and pinned by its digest to what it held.

Whoever sends the same request again gets the very same lines, by what they may see then, and that
is recorded too; where it can't be the same any more, they get nothing under the old export's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.access import Act
from api.acts.guard import Row, again, guard
from api.acts.replay import answered_before
from api.acts.thing import EVERYTHING
from api.problems import Problem
from domain.single_events import RecordExported

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting, Answer
    from api.acts.desk import Desk
    from api.office import Office


@dataclass(frozen=True)
class Taken:
    """A file, and what is recorded of it."""

    pieces: Callable[[], Iterable[bytes]]
    """The whole of it from the beginning, whenever it is asked for."""
    event: RecordExported


def exported(_desk: Desk, _about: object, *, event: RecordExported) -> tuple[RecordExported]:
    """Take a list out as a file."""
    return (event,)


def take_out(
    office: Office, acting: Acting, row: Row[Any, Any], make: Callable[[datetime], Taken]
) -> tuple[Answer, Taken]:
    """Make a file as of an instant, and record that it was taken out.

    ``make`` raises the problem ``FORBIDDEN`` where the caller may not.
    Raises the problem ``EXPORT_CHANGED`` where the request was sent before and its file can't be
    made again.
    """
    answer = answered_before(office.record, acting)
    if answer is None:
        taken = make(acting.at)
        answer = guard(office, acting, row, "", event=taken.event)
    if not answer.replayed:
        return answer, taken
    (first,) = office.record.load(answer.stream_of(RecordExported.topic)).recorded
    taken = make(first.recorded_at)
    if taken.event != first.event:
        assert isinstance(first.event, RecordExported)
        raise Problem("EXPORT_CHANGED", export=first.stream, digest=first.event.digest)
    return again(office, answer, acting, row, "", event=taken.event), taken


EXPORT = Row(EVERYTHING, Act.EXPORT, exported, begins=RecordExported, changes=False)
