"""The views following the record, as a job of this process; see ``projections.follow``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from api.conventions.measures import count_applied, count_job_failure
from audit.connecting import connect as connected
from projections.catalogue import VIEWS
from projections.follow import Follower
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from psycopg import Connection

    from api.services import Services
    from projections.advance import StoppedError

_log = structlog.get_logger()

_ANSWER_SECONDS = 900.0
"""Seconds until a server that says nothing is given up: to index a large view takes minutes."""


def follow_until(stop: Event, services: Services, followed: Event) -> None:
    """Make every view follow until ``stop`` is set; raises ``StoppedError``.

    ``followed`` is set when following has begun here, and whenever the views have moved.
    """

    def connect() -> Connection[Any]:
        url = services.settings.database_url or ""
        connection = connected(url, "mingjian follower", answer_seconds=_ANSWER_SECONDS)
        look_at(connection, services.ground.views)
        return connection

    bell = services.record.bell()
    try:
        Follower(connect, services.record, bell, VIEWS, LoggingWatcher(followed)).run(stop)
    finally:
        bell.close()


class LoggingWatcher:
    """Logs and counts what the loop does, and tells whoever waits for it."""

    def __init__(self, followed: Event) -> None:
        self._followed = followed

    def began(self, views: Sequence[str]) -> None:
        """Some views are caught up from the first event."""
        _log.info("views begun", views=list(views))

    def led(self) -> None:
        """Leading has begun in this process."""
        _log.info("following the record")
        self._followed.set()

    def advanced(self, events: int) -> None:
        """A page was applied."""
        count_applied(events)
        self._followed.set()

    def stopped(self, error: StoppedError) -> None:
        """Some views stand still, the others go on."""
        count_job_failure("follower")
        _log.error("views stopped", position=error.position, because=error.because)

    def faltered(self, error: Exception) -> None:
        """The database could not be used."""
        _log.warning("following falters", kind=type(error).__name__)
