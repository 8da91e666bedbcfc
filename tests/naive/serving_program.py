"""A program that serves a walked province until it is killed; says on stderr where it answers.

Arguments: the address of the database, the directory of the keys, and the instant at which its
clock stands.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from threading import Event

from api.clock import SettableClock
from api.settings import Settings
from tests.api.served import at_work
from tests.conftest import GROUND
from tests.digests import cheapen
from tests.naive.walked import LAW


def main(url: str, keys: str, instant: str) -> None:
    """Serve."""
    cheapen()
    settings = Settings(database_url=url, keys=Path(keys), threads=4, overlays=(LAW,))
    with at_work(settings, GROUND, SettableClock(datetime.fromisoformat(instant))) as (address, _):
        print(address, file=sys.stderr, flush=True)  # noqa: T201 -- apart from the log
        Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
