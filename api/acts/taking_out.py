"""Lists that leave as files. Each is recorded, and pinned by its digest to what it held.

Whoever sends the same request again gets the very same lines, by what they may see then, and that
is recorded too; where it can't be the same any more, they get nothing under the old export's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.identifiers import new_stream
from api.problems import Problem
from domain.notes import RecordExported

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk


@dataclass(frozen=True)
class Taken:
    """A file, and what is recorded of it."""

    octets: bytes
    event: RecordExported


def take_out(
    desk: Desk,
    acting: Acting,
    make: Callable[[datetime], Taken],
    permit: Callable[[Deliberation], object],
) -> tuple[Answer, Taken]:
    """Make a file as of an instant, and record that it was taken out.

    ``make`` and ``permit`` raise the problem ``FORBIDDEN`` where the caller may not.
    Raises the problem ``EXPORT_CHANGED`` where the request was sent before and its file can't be
    made again.
    """

    def think(deliberation: Deliberation) -> None:
        permit(deliberation)
        deliberation.write(stream, taken.event)

    stream = new_stream("export", acting.at)
    answer = desk.before(acting)
    if answer is None:
        taken = make(acting.at)
        answer = desk.act(acting, think)
    if not answer.replayed:
        return answer, taken
    (first,) = desk.record.load(answer.stream_of(RecordExported.topic)).recorded
    taken = make(first.recorded_at)
    if taken.event != first.event:
        assert isinstance(first.event, RecordExported)
        raise Problem("EXPORT_CHANGED", export=first.stream, digest=first.event.digest)
    return desk.again(answer, acting, think), taken
