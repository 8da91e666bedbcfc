"""A walk of several processes over HTTP on one served record at once, watched afterwards."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.served import a_served
from bench.town.acts import name_of
from bench.town.served.process import EACH_SERVED, Place, enter, go, open_record
from bench.town.served.tally import Tally
from bench.town.served.town import found
from bench.town.town import Town
from bench.town.watch.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Record
    from bench.served import Served

STEPS_IN_A_TOWN = 500
"""After so many steps a new town is founded: no day passes while a walk lasts, and what waits for
one stands still."""
STEPS_AT_ONCE = 25
"""So many steps a process goes before it says how it went."""
TOWN = {
    "MINGJIAN_OVERLAYS": str(Path(__file__).parents[1] / "town.toml"),
    "MINGJIAN_ACCESS_SECONDS": str(24 * 60 * 60),
    "MINGJIAN_FRESH_SECONDS": "1",
    "MINGJIAN_TRUSTED_PROXIES": "1",
}
"""How the server of a walk is set: by the town's law; a token lasts as long as the walk, but nearly
every decision asks for the password, and a stranger comes from elsewhere."""


@dataclass
class ServedWalk:
    """How a walk goes, and what the watch has seen in the stored bytes afterwards."""

    seed: int
    processes: int
    towns: int = 0
    tally: Tally = field(default_factory=Tally)
    events: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def go(self, steps: int) -> Iterator[int]:
        """Walk, and say now and then how far it went; each town is a record of its own."""
        while self.steps < steps:
            self.towns += 1
            yield from self._through_a_town(min(STEPS_IN_A_TOWN, steps - self.steps))

    @property
    def steps(self) -> int:
        """How many requests were sent."""
        return self.tally.steps

    @property
    def accepted(self) -> Counter[str]:
        """How often each act was accepted."""
        return self.tally.accepted

    @property
    def refused(self) -> Counter[str]:
        """How often each act was refused."""
        return self.tally.refused

    @property
    def refusals(self) -> Counter[str]:
        """How often each code was told."""
        return self.tally.refusals

    @property
    def never_accepted(self) -> tuple[str, ...]:
        """The acts that were never accepted: of them the walk shows nothing."""
        return tuple(name_of(act) for act in EACH_SERVED if not self.accepted[name_of(act)])

    def _through_a_town(self, steps: int) -> Iterator[int]:
        with TemporaryDirectory(prefix="mingjian-bench-") as scratch:
            with a_served(Path(scratch) / "data", TOWN) as served:
                yield from self._walk(founded_at(served), steps)
            with open_record(served.settings) as record:
                self._watch(record)

    def _walk(self, place: Place, steps: int) -> Iterator[int]:
        context = get_context("spawn")
        with ProcessPoolExecutor(self.processes, context, enter, (place,)) as processes:
            going = [
                processes.submit(
                    go, f"{self.seed}/{self.towns}/{first}", min(STEPS_AT_ONCE, steps - first)
                )
                for first in range(0, steps, STEPS_AT_ONCE)
            ]
            for each in as_completed(going):
                tally = each.result()
                self.tally.add(tally)
                self._note(tally.failures)
                yield tally.steps

    def _watch(self, record: Record) -> None:
        town = Town.over(record)
        while town.hear():
            pass
        self.events.update(each.event.topic for each in town.log)
        positions = [each.position for each in town.log]
        if positions != list(range(1, len(positions) + 1)):
            self._note(["its positions are not 1, 2, 3 … without a gap"])
        watch = Watch(town)
        watch.look()
        watch.prove()
        self._note(watch.breaches)

    def _note(self, wrong: list[str]) -> None:
        self.breaches += [f"town {self.towns}: {each}" for each in wrong]


def founded_at(served: Served) -> Place:
    """Found a town at a new server, by its two administrators."""
    callers = served.administrators()
    with open_record(served.settings) as record:
        opened = [one for one in record.read(0, 100) if one.event.topic == "account:opened:1"]
        logins = {one.stream: caller.login for one, caller in zip(opened, callers, strict=True)}
        town = found(record, served.address, logins)
        return Place(served.address, served.settings, town.door.logins)
