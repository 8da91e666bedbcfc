"""What works beside the requests of every process: the one list of jobs."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from api.jobs.eraser import erase_until
from api.jobs.following import follow_until
from api.jobs.sweeper import sweep_until
from api.jobs.timekeeper import keep_time_until
from api.jobs.workers import Job

if TYPE_CHECKING:
    from api.services import Services


def jobs(services: Services) -> tuple[Job, ...]:
    """The jobs over these services, which are theirs alone: see ``api.app.open_beside``.

    The eraser acts where the follower leads, and is told by it.
    """
    followed = Event()
    return (
        Job("follower", partial(follow_until, services=services, followed=followed)),
        Job("timekeeper", partial(keep_time_until, services=services)),
        Job("eraser", partial(erase_until, services=services, followed=followed)),
        Job("sweeper", partial(sweep_until, services=services)),
    )
