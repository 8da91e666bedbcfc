"""``mingjian policy test``: worked examples, each difference printed."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from domain.policy.examples.run import Result, assuming, examine
from domain.policy.lines import line_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.command.invocation import Language


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
        name, held, lines = files.marked(path)
        for number, example in enumerate(_examples(name, held)):
            result = located(examine(example, laws, calendar), name, number, lines)
            total += 1
            failed += not result.passed
            if as_json:
                click.echo(json.dumps(_plain(result, run.language), ensure_ascii=False))
            elif result.differences or result.remarks:
                _print(result, run.language)
    if not as_json:
        run.say(
            f"{total - failed} of {total} examples as expected",
            f"{total} 个算例中 {total - failed} 个与预期一致",
        )
    sys.exit(failed > 0 or total == 0)


def _examples(name: str, held: object) -> list[dict[str, object]]:
    listed = held.get("examples") if isinstance(held, dict) else held
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise files.told(
            f"{name}: has no list of examples, each beginning with - id:",
            f"{name}：没有算例；应写 examples:，其下每个算例以“- id:”开头",
        )
    return assuming(held, listed)


def located(result: Result, name: str, number: int, lines: Mapping[str, int]) -> Result:
    """The same with the file and the line of each difference."""
    differences, remarks = (
        tuple(
            replace(each, document=name, line=line_in(lines, f"[{number}].{each.key}"))
            for each in several
        )
        for several in (result.differences, result.remarks)
    )
    return replace(result, differences=differences, remarks=remarks)


def _plain(result: Result, language: Language) -> dict[str, object]:
    return {
        "id": result.id,
        "locality": result.locality,
        "differences": [each.told(language) for each in result.differences],
        "remarks": [each.told(language) for each in result.remarks],
        "passed": result.passed,
    }


def _print(result: Result, language: Language) -> None:
    click.echo(result.id)
    for each in (*result.differences, *result.remarks):
        click.echo(f"  {each.told(language)}")
