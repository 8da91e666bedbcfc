"""A long walk at random through an invented town, watched at every step.

Shows that no order of acts, however unlikely, breaks separation of duties, lets a case on too
early, finds somebody guilty unheard, or lets the views say anything but what the record says.
With ``--http`` several processes walk through one served record at once, and it is watched
afterwards: neither does acting at the same time, and every request is answered.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from api.problems import Problem
from audit.record import KeyDestroyedError
from bench.town.acts import ACTS, EACH, Act, name_of
from bench.town.founding import founded
from bench.town.served.walk import ServedWalk
from bench.town.watch.watch import Watch
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.town.town import Choose, Town

STEPS_IN_A_TOWN = 500
"""After so many steps a new town is founded, so that histories stay as short as real ones."""


@dataclass(frozen=True)
class Tried:
    """What became of an act: accepted, or refused with these codes; neither if none was tried."""

    accepted: bool
    codes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.accepted or bool(self.codes)


def attempt(town: Town, act: Act, choose: Choose) -> Tried:
    """Let somebody try an act, and let the town hear what came of it."""
    before = town.wall
    codes: tuple[str, ...] = ()
    try:
        act(town, choose)
    except Refused as refused:
        codes = tuple(each.code for each in refused.refusals)
    except Problem as problem:
        codes = (problem.code,)
    except KeyDestroyedError:
        codes = ("KEY_DESTROYED",)
    happened = bool(town.hear()) or town.wall != before
    return Tried(happened and not codes, codes)


@dataclass
class Walk:
    """What a walk has met so far. A step is an act that was tried; whoever idles makes none."""

    seed: int
    acts: tuple[Act, ...] = field(default=ACTS, repr=False)
    steps: int = 0
    towns: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def go(self, steps: int) -> Iterator[int]:
        """Walk, and say after each town how far it went."""
        chance = random.Random(self.seed)  # noqa: S311 -- to be repeated, not to be secret
        while self.steps < steps:
            before = self.steps
            self._through_a_town(chance, min(STEPS_IN_A_TOWN, steps - before))
            yield self.steps - before

    @property
    def never_accepted(self) -> tuple[str, ...]:
        """The acts that were never accepted: of them the walk shows nothing."""
        return tuple(name_of(act) for act in EACH if not self.accepted[name_of(act)])

    def _through_a_town(self, chance: random.Random, steps: int) -> None:
        town = founded()
        watch = Watch(town)
        self.towns += 1
        until = self.steps + steps
        try:
            watch.look()
            while self.steps < until:
                self._step(chance, town)
                watch.look()
            watch.prove()
        except Exception as error:  # noqa: BLE001 -- whatever is raised here is a breach
            self.breaches.append(f"town {self.towns}: {type(error).__name__}: {error}")
            self.steps = max(self.steps, until)
        self.events.update(each.event.topic for each in town.log)
        self.breaches += [f"town {self.towns}: {each}" for each in watch.breaches]

    def _step(self, chance: random.Random, town: Town) -> None:
        act = chance.choice(self.acts)
        tried = attempt(town, act, chance.choice)
        self.steps += bool(tried)
        self.refusals.update(tried.codes)
        counted = self.accepted if tried.accepted else self.refused
        counted[name_of(act)] += bool(tried)


@click.command()
@click.option("--steps", default=100_000, show_default=True, help="How many acts are tried.")
@click.option("--seed", default=1, show_default=True, help="The same seed walks the same way.")
@click.option("--http", "over_http", is_flag=True, help="Walk over HTTP, at a served record.")
@click.option("--processes", default=2, show_default=True, help="With --http: how many at once.")
@click.option("--json", "as_json", is_flag=True, help="Print one object and nothing else.")
def walk(steps: int, seed: int, processes: int, *, over_http: bool, as_json: bool) -> None:
    """Walk at random through invented towns; exit status 1 at any breach of a law.

    Over HTTP chance alone does not lead the way: who comes first is up to the machine.
    """
    going = ServedWalk(seed, processes) if over_http else Walk(seed)
    began = time.monotonic()
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeRemainingColumn())
    with suppress(KeyboardInterrupt), Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("steps", total=steps)
        for done in going.go(steps):
            shown.update(task, advance=done)
    seconds = time.monotonic() - began
    if as_json:
        click.echo(_line(going, seconds))
    else:
        console = Console(emoji=False)
        for table in _tables(going, seconds):
            console.print(table)
    if going.breaches:
        raise SystemExit(1)


def _line(going: Walk | ServedWalk, seconds: float) -> str:
    return json.dumps(
        {
            "bench": "walk",
            "subject": "mingjian over HTTP" if isinstance(going, ServedWalk) else "mingjian",
            "seed": going.seed,
            "steps": going.steps,
            "towns": going.towns,
            "events": going.events.total(),
            "titles": going.events["case:recognised:1"],
            "accepted": going.accepted.total(),
            "refused": going.refused.total(),
            "never_accepted": going.never_accepted,
            "breaches": len(going.breaches),
            "steps_per_second": round(going.steps / seconds),
        }
    )


def _tables(going: Walk | ServedWalk, seconds: float) -> Iterator[Table]:
    acts = Table(title=f"{going.steps} steps through {going.towns} towns in {seconds:.0f} s")
    acts.add_column("what was tried")
    acts.add_column("accepted", justify="right")
    acts.add_column("refused", justify="right")
    for name in sorted({*going.accepted, *going.refused, *going.never_accepted}):
        acts.add_row(name, str(going.accepted[name]), str(going.refused[name]))
    yield acts
    yield _counts("why it was refused", going.refusals)
    events = _counts("what happened", going.events)
    for breach in going.breaches:
        events.add_row(f"[bold]breach: {breach}[/bold]", "1")
    events.add_section()
    events.add_row("breaches", str(len(going.breaches)))
    yield events


def _counts(title: str, counts: Counter[str]) -> Table:
    table = Table()
    table.add_column(title)
    table.add_column("how often", justify="right")
    for name, count in counts.most_common():
        table.add_row(name, str(count))
    return table


if __name__ == "__main__":
    walk()
