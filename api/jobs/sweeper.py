"""The sweeper: forgets what need not be kept, once an hour. No fact of the record is among it.

For how long it is kept before: see ``api.tables.retention``.
Only the keys of files that nobody handed in are destroyed by order of an event, as every key is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.jobs.discarding import discard_uploads_for_cases, discard_uploads_of_the_public
from api.tables import retention
from domain import beijing

if TYPE_CHECKING:
    from threading import Event

    from api.services import Services

_PAUSE = 3600.0


def sweep_until(stop: Event, services: Services) -> None:
    """Sweep now and every hour, until the event is set. Several may sweep at once."""
    while True:
        sweep(services)
        if stop.wait(_PAUSE):
            return


def sweep(services: Services) -> None:
    """Forget old idempotency keys, sessions long over, attempts at signing in, idle uploads."""
    now = services.clock.now()
    services.record.claims.sweep(now - retention.FIRST_ANSWERS)
    services.sign_in.sessions.sweep(now - retention.SIGN_INS)
    services.sign_in.throttle.sweep(now)
    services.sign_in.tally.sweep(beijing.day(now - retention.SIGN_INS))
    discard_uploads_of_the_public(services, now)
    discard_uploads_for_cases(services, now)
    services.case_uploads.sweep(now)
