"""The sweeper: forgets what need not be kept, once an hour. No fact of the record is among it.

Only the keys of files that nobody handed in are destroyed by order of an event, as every key is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.eraser import carry_out_at_once
from api.identifiers import new_id, new_stream
from domain.actor import SystemActor
from domain.objection.kept import UploadsDiscarded
from domain.personal import Purpose
from projections import objections
from projections.progress import wait_for

if TYPE_CHECKING:
    from datetime import datetime
    from threading import Event

    from api.application.deliberation import Deliberation
    from api.services import Services

JOB = "sweeper"
_PAUSE = 3600.0
_SECONDS = 5.0
"""How long the sweeper waits for the views: what they don't know of it must not discard."""
_PROMISES = timedelta(days=7)
"""For how long a repeated request gets its first answer."""
_SESSIONS = timedelta(days=90)
"""For how long it can be seen when an account was signed in, after that ran out."""


def sweep_until(stop: Event, services: Services) -> None:
    """Sweep now and every hour, until the event is set. Several may sweep at once."""
    while True:
        sweep(services)
        if stop.wait(_PAUSE):
            return


def sweep(services: Services) -> None:
    """Forget old idempotency keys, sessions long over, and attempts at signing in."""
    now = services.clock.now()
    services.record.claims.sweep(now - _PROMISES)
    services.sign_in.sessions.sweep(now - _SESSIONS)
    services.sign_in.throttle.sweep(now)
    discard_uploads(services, now)


def discard_uploads(services: Services, now: datetime) -> int:
    """Discard the files that the public uploaded and never handed in; answers how many.

    The order is recorded before a key goes. If we die behind it the eraser goes on; the rows are
    forgotten last, so that dying in between discards again what is gone, which changes nothing.
    """
    old = services.public_uploads.left_over(now)
    if not old:
        return 0
    with services.views.connection() as connection:
        if not wait_for(connection, services.record.head(), _SECONDS):
            return 0  # once more at the next look
        handed_in = objections.with_something(connection, old)
    orphans = [file for file in old if file not in handed_in]
    if orphans:
        keys = tuple(f"{file}/{Purpose.MATERIAL.value}/1" for file in orphans)
        stream = new_stream("upload", now)

        def think(deliberation: Deliberation) -> None:
            deliberation.write(stream, UploadsDiscarded(keys=keys))

        answer = services.office.desk.act_as(SystemActor(JOB), new_id(now), now, think)
        carry_out_at_once(services, answer)
    services.public_uploads.forget(old)
    return len(orphans)
