"""``mingjian bench mutate``: change the code by one small thing at a time, and see what notices."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from rich.console import Console

from api.command.invocation import Invocation, pass_invocation
from bench.mutate.copied import copied
from bench.mutate.errors import MutationError
from bench.mutate.keeping import a_kept_server
from bench.mutate.report import Figures, alive, table_of
from bench.mutate.running import Pytest
from bench.mutate.session import Session
from bench.mutate.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_FOLDERS = ("domain", "policy", "stories", "audit", "projections", "api")
TESTS = tuple(f"tests/{folder}" for folder in _FOLDERS)
"""All but those of the house, which read the code and don't run it."""


@click.command("mutate")
@click.argument("files", nargs=-1, type=click.Path(exists=True))
@click.option("--hours", default=1.0, show_default=True, help="How long mutants are tried.")
@click.option("--seed", default=1, show_default=True, help="The same seed takes the same sample.")
@click.option("--tests", multiple=True, default=TESTS, help="Folders or files of tests to use.")
@click.option(
    "--patience", default=120.0, show_default=True, help="Seconds of tests that a mutant is worth."
)
@click.option("--json", "as_json", is_flag=True, help="Print one object a line.")
@pass_invocation
def mutate(
    invocation: Invocation,
    files: tuple[str, ...],
    hours: float,
    seed: int,
    tests: tuple[str, ...],
    patience: float,
    *,
    as_json: bool,
) -> None:
    """Take something out of the code, one thing at a time, and see whether a test notices.

    FILES are files or folders of this tree; without any, those whose mistakes would cost most.
    """
    place = invocation.settings().data.absolute() / "mutation"
    console = Console(stderr=True)
    with ExitStack() as stack:
        try:
            copy = stack.enter_context(copied(ROOT, place))
            kept = stack.enter_context(a_kept_server(place / "server"))
            # A PostgreSQL that an ended test had started may still be writing there for a moment.
            temporary = TemporaryDirectory(prefix="mingjian-mutate-", ignore_cleanup_errors=True)
            scratch = Path(stack.enter_context(temporary))
            pytest = Pytest(copy.root, scratch, ("--server", str(kept.data)))
            session = Session(copy, place, pytest, kept.clear, console)
            trial = session.trial(tests, patience)
            until = time.monotonic() + hours * 3600
            found = session.try_all(trial, targets(ROOT, files), seed, until)
        except MutationError as error:
            raise click.ClickException(str(error)) from error
    for line in _lines(found) if as_json else ():
        click.echo(line)
    if not as_json:
        for line in alive(found):
            click.echo(line)
        Console(emoji=False).print(table_of(found))


def _lines(found: list[Figures]) -> Iterator[str]:
    for each in found:
        yield json.dumps({**each.said, "alive": [*alive([each])]}, ensure_ascii=False)
