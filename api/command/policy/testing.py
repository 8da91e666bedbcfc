"""``mingjian policy test``: worked examples, each difference printed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from domain.policy.examples.run import Result, run_example


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--pack", "names", multiple=True, help="政策包名称或 TOML 文件 / name or TOML file")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option("--calendar", "calendars", multiple=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@pass_invocation
def test(
    run: Invocation,
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    overlays: tuple[Path, ...],
    calendars: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """运行算例并逐键比较 / run worked examples and compare every key of what they expect."""
    laws = files.laws(names, overlays)
    calendar = files.calendar(calendars)
    failed = total = 0
    for path in paths:
        for example in _examples(path):
            result = run_example(example, laws, calendar)
            total += 1
            failed += not result.passed
            if as_json:
                click.echo(
                    json.dumps({**asdict(result), "passed": result.passed}, ensure_ascii=False)
                )
            elif not result.passed:
                _print(result)
    if not as_json:
        run.say(
            f"{total - failed} of {total} examples as expected",
            f"{total} 个算例中 {total - failed} 个与预期一致",
        )
    sys.exit(failed > 0 or total == 0)


def _examples(path: Path) -> list[dict[str, object]]:
    held = files.plain(path)
    listed = held.get("examples") if isinstance(held, dict) else held
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        msg = f"{path}: has no list of examples"
        raise click.ClickException(msg)
    return listed


def _print(result: Result) -> None:
    click.echo(result.id)
    for line in result.differences:
        click.echo(f"  {line}")
