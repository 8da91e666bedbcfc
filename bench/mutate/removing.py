"""``mingjian bench remove``: take each rule and guard out that is listed; see what misses it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from api.command.invocation import Invocation, pass_invocation
from bench.mutate.copied import copied
from bench.mutate.errors import MutationError
from bench.mutate.keeping import a_kept_server
from bench.mutate.removals import removals
from bench.mutate.running import Pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.mutate.copied import Copied
    from bench.mutate.removals import Removal

ROOT = Path(__file__).parents[2]
_SECONDS = 1800.0
_FAILED = 1
_SHOWN = 120
_TOLD = ("AssertionError", "api.demo.teller.StoryBrokenError")
"""How a story ends in which something was answered otherwise; what could not begin ends else."""


@click.command("remove")
@click.argument("of", nargs=-1)
@pass_invocation
def remove(invocation: Invocation, of: tuple[str, ...]) -> None:
    """Take each rule and guard of docs/removals.toml out, and see that its test fails.

    OF names some of them; without any, all are tried. Exit status 1 where one is not missed.
    """
    place = invocation.settings().data.absolute() / "mutation"
    chosen = [each for each in removals() if not of or each.of in of]
    with ExitStack() as stack:
        try:
            copy = stack.enter_context(copied(ROOT, place))
            kept = stack.enter_context(a_kept_server(place / "server"))
            temporary = TemporaryDirectory(prefix="mingjian-remove-", ignore_cleanup_errors=True)
            scratch = Path(stack.enter_context(temporary))
            pytest = Pytest(copy.root, scratch, ("--server", str(kept.data)))
            unmissed = not_missed(copy, pytest, kept.clear, chosen)
        except MutationError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{len(chosen) - len(unmissed)} of {len(chosen)} are missed")
    if unmissed:
        raise click.exceptions.Exit(_FAILED)


def not_missed(
    copy: Copied, pytest: Pytest, between: Callable[[], None], chosen: Sequence[Removal]
) -> list[Removal]:
    """Those without which their test passes, or does not come to say anything.

    Raises ``MutationError`` where a test fails although nothing was taken out.
    """
    _see_that_all_pass(pytest, between, sorted({each.missed_by for each in chosen}))
    left = []
    for each in chosen:
        between()
        with copy.with_change(each):
            run = pytest.run("--exitfirst", each.missed_by, seconds=_SECONDS)
        why = _why(run.printed)
        missed = run.status == _FAILED and ("\nFAILED " in run.printed or why.startswith(_TOLD))
        left += [] if missed else [each]
        click.echo(f"{'missed' if missed else 'NOT MISSED'}: {each.of}, {why}")
    return left


def _see_that_all_pass(pytest: Pytest, between: Callable[[], None], tests: Sequence[str]) -> None:
    """All together; by itself each that fails among others, whose clock may have gone on."""
    between()
    together = pytest.run(*tests, seconds=_SECONDS)
    alone = [each for each in tests if f" {each}" in together.printed]
    for each in alone if together.status else ():
        between()
        run = pytest.run(each, seconds=_SECONDS)
        if run.status:
            raise MutationError(f"as the tree is, a test fails:\n{run.printed}")
    if together.status and not alone:
        raise MutationError(f"as the tree is, the tests do not pass:\n{together.printed}")


def _why(printed: str) -> str:
    """The line in which pytest tells what was not as it should be."""
    told = (line[1:].strip() for line in printed.splitlines() if line.startswith("E "))
    return next(told, "nothing failed")[:_SHOWN]
