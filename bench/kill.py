"""``mingjian bench kill``: what survives ``kill -9``, as many rounds as asked."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from bench.between import Tally, between_commit_and_flush
from bench.load import under_load
from bench.over_http import over_http
from bench.site import a_site

SUBJECTS = {"between commit and flush": between_commit_and_flush, "under load": under_load}


def run(data: Path | None, rounds: int) -> dict[str, Tally]:
    """All ways of killing, on a record of its own each."""
    tallies = {}
    for name, kill in SUBJECTS.items():
        with a_site(data) as site:
            tallies[name] = kill(site, rounds)
    return {**tallies, "over HTTP": over_http(rounds)}


@click.command("kill")
@click.option("--rounds", default=20, show_default=True, help="How often something is killed.")
@click.option("--data", type=click.Path(path_type=Path), help="Data directory of the server.")
@click.option("--json", "as_json", is_flag=True, help="Print one object a line.")
def kill(rounds: int, data: Path | None, *, as_json: bool) -> None:
    """Kill PostgreSQL between commit and flush, and writers and servers under load.

    The server over HTTP has a data directory of its own; --data is for the others.
    """
    tallies = run(data, rounds)
    for name, tally in tallies.items():
        if as_json:
            click.echo(json.dumps({"bench": "kill", "subject": name, **asdict(tally)}))
        else:
            counts = ", ".join(f"{what} {count}" for what, count in asdict(tally).items())
            click.echo(f"{name}: {counts}")
    if any(tally.lost or tally.twice or tally.holes for tally in tallies.values()):
        raise SystemExit(1)
