"""``kill -9`` under load over HTTP: of the server, of a worker of it, of PostgreSQL, its keeper."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.app import open_services
from api.database import reach
from bench.between import Tally
from bench.killing import kill_postgresql, kill_the_keeper
from bench.requests import Writers
from bench.served import a_served
from domain.organisation.events import OrganisationRegistered

if TYPE_CHECKING:
    from audit.record import Recorded
    from bench.requests import Acknowledged
    from bench.served import Served

_THREADS = 4
_BEFORE = 20
_AFTER = 10


def over_http(rounds: int) -> Tally:
    """Kill something in each round; what was answered must stand, once, and be found again.

    The writers go on all the time: while nobody answers they send again, under the same key.
    """
    tally = Tally()
    with TemporaryDirectory(prefix="mingjian-bench-") as scratch:
        data = Path(scratch) / "data"
        with a_served(data) as served:
            writers = Writers(served.administrators()[0], _THREADS)
            try:
                for number in range(rounds):
                    writers.wait_for_more(_BEFORE)
                    _kill(served, number)
                    writers.wait_for_more(_AFTER)
                    tally.rounds += 1
            finally:
                writers.stop()
        with (
            reach(served.settings) as reached,
            closing(open_services(reached.settings, reached.ground)) as services,
        ):
            events = services.record.read(0, services.record.flushed_head() + 1)
    _compare(events, writers.acknowledged, tally)
    return tally


def _kill(served: Served, number: int) -> None:
    match number % 5:
        case 0:
            served.kill()
            served.start()
        case 1:
            served.kill_a_worker()
        case 2:
            kill_postgresql(served.data)
        case 3:  # and the process that takes its place finds no database
            served.kill_a_worker()
            kill_postgresql(served.data)
        case _:
            kill_the_keeper(served.data)


def _compare(events: list[Recorded], acknowledged: list[Acknowledged], tally: Tally) -> None:
    registered = {
        one.position: one for one in events if isinstance(one.event, OrganisationRegistered)
    }
    names = {getattr(one.event, "name", None) for one in registered.values()}
    tally.acknowledged = len(acknowledged)
    tally.lost = sum(
        one.position not in registered or registered[one.position].stream != one.stream
        for one in acknowledged
    )
    tally.twice = len(registered) - len(names)
    tally.holes = sum(one.position != place for place, one in enumerate(events, start=1))
