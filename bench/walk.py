"""A long walk at random through an invented town, watched at every step.

Shows that no order of acts, however unlikely, breaks separation of duties.
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

from bench.town.acts import ACTS
from bench.town.town import Town, founded
from bench.town.watch import Watch
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS_IN_A_TOWN = 500
"""After so many steps a new town is founded, so that histories stay as short as real ones."""


@dataclass
class Walk:
    """What a walk has met so far."""

    seed: int
    steps: int = 0
    towns: int = 0
    events: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def go(self, steps: int) -> Iterator[int]:
        """Walk, and say after each town how far it went."""
        chance = random.Random(self.seed)  # noqa: S311 -- to be repeated, not to be secret
        while self.steps < steps:
            here = min(STEPS_IN_A_TOWN, steps - self.steps)
            self._through_a_town(chance, here)
            yield here

    def _through_a_town(self, chance: random.Random, steps: int) -> None:
        town = founded()
        watch = Watch(town)
        try:
            for _ in range(steps):
                self.steps += 1
                self._step(chance, town)
                watch.look()
        except Exception as error:  # noqa: BLE001 -- whatever is raised here is a breach
            self.breaches.append(f"town {self.towns + 1}: {type(error).__name__}: {error}")
        self.towns += 1
        self.events.update(entry.event.topic for entry in town.log)
        self.breaches += [f"town {self.towns}: {each}" for each in watch.breaches]

    def _step(self, chance: random.Random, town: Town) -> None:
        try:
            chance.choice(ACTS)(town, chance.choice)
        except Refused as refused:
            self.refusals.update(each.code for each in refused.refusals)


@click.command()
@click.option("--steps", default=100_000, show_default=True, help="How many acts are tried.")
@click.option("--seed", default=1, show_default=True, help="The same seed walks the same way.")
@click.option("--json", "as_json", is_flag=True, help="Print one object and nothing else.")
def walk(steps: int, seed: int, *, as_json: bool) -> None:
    """Walk at random through invented towns; exit status 1 at the first breach of separation."""
    going, began = Walk(seed), time.monotonic()
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeRemainingColumn())
    with suppress(KeyboardInterrupt), Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("steps", total=steps)
        for done in going.go(steps):
            shown.update(task, advance=done)
    seconds = time.monotonic() - began
    if as_json:
        click.echo(_line(going, seconds))
    else:
        Console(emoji=False).print(_table(going, seconds))
    if going.breaches:
        raise SystemExit(1)


def _line(going: Walk, seconds: float) -> str:
    return json.dumps(
        {
            "bench": "walk",
            "subject": "mingjian",
            "seed": going.seed,
            "steps": going.steps,
            "towns": going.towns,
            "events": going.events.total(),
            "titles": going.events["case:recognised:1"],
            "refusals": going.refusals.total(),
            "breaches": len(going.breaches),
            "steps_per_second": round(going.steps / seconds),
        }
    )


def _table(going: Walk, seconds: float) -> Table:
    table = Table(title=f"{going.steps} steps through {going.towns} towns in {seconds:.0f} s")
    table.add_column("what happened")
    table.add_column("how often", justify="right")
    for name, count in (*going.events.most_common(), *going.refusals.most_common()):
        table.add_row(name, str(count))
    for breach in going.breaches:
        table.add_row(f"[bold]breach: {breach}[/bold]", "1")
    table.add_section()
    table.add_row("breaches", str(len(going.breaches)))
    return table


if __name__ == "__main__":
    walk()
