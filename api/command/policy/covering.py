"""``mingjian policy cover``: which clauses and edges of a pack no worked example tries."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.command.policy.proposing import proposed, written
from api.law.entries import entry_name
from domain.policy.cover.boundary import Side
from domain.policy.cover.coverage import coverage
from domain.policy.examples.run import assuming

if TYPE_CHECKING:
    from api.command.invocation import Language
    from domain.policy.cover.coverage import Coverage

EXAMPLE_FILES = (".yaml", ".yml", ".json")
SHOWN = 24
"""How many characters of a quote a table shows."""


@click.command()
@click.argument("names", nargs=-1, metavar="[PACK]...")
@click.option(
    "--examples",
    "paths",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE...",
    help="算例文件，可写多个 / files of worked examples",
)
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option("--calendar", "calendars", multiple=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把建议的算例写入文件 / write the proposed examples to a file",
)
@click.option(
    "--strict", is_flag=True, help="有缺的，退出码为 1 / exit 1 where anything is missing"
)
@click.option("--json", "as_json", is_flag=True)
@pass_invocation
def cover(
    run: Invocation,
    names: tuple[str, ...],
    paths: tuple[Path, ...],
    overlays: tuple[Path, ...],
    calendars: tuple[Path, ...],
    out: Path | None,
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """算例没有用到的条款和没有试过的边界，并建议补写的算例 / what no example tries.

    PACK 为政策包名称或 TOML 文件，不写就是全部 / names or TOML files; all where none is named.
    """
    packs = [each for each in names if Path(each).suffix not in EXAMPLE_FILES]
    more = [Path(each) for each in names if each not in packs]
    calendar = files.calendar(calendars)
    examples = [one for path in (*paths, *more) for one in _examples(path)]
    found = [coverage(law, examples, calendar) for law in files.laws(packs, overlays)]
    for each in found:
        if as_json:
            click.echo(json.dumps(_plain(each), ensure_ascii=False, default=str))
        else:
            _print(run, each)
    if not as_json:
        _propose(run, found, out)
    sys.exit(strict and not all(each.complete for each in found))


def _examples(path: Path) -> list[dict[str, Any]]:
    held = files.plain(path)
    listed = held.get("examples") if isinstance(held, dict) else held
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        msg = f"{path}: 没有算例 / has no list of examples"
        raise click.ClickException(msg)
    return assuming(held, listed)


def _propose(run: Invocation, found: list[Coverage], out: Path | None) -> None:
    text = written([one for each in found for one in proposed(each)])
    if not text:
        return
    if out is None:
        click.echo()
        click.echo(text, nl=False)
        return
    files.write(out, text)
    run.say(f"Proposed examples are in {out}.", f"建议的算例已写入 {out}，核对后可并入算例文件。")


def _print(run: Invocation, each: Coverage) -> None:
    chinese = run.language == "zh"
    touched = each.clauses - len(each.untouched)
    complete = sum(one.complete for one in each.tried)
    run.say(
        f"{each.law.id}: {each.examples} examples touch {touched} of {each.clauses} clauses;"
        f" {complete} of {len(each.tried)} edges are tried on all sides.",
        f"{each.law.id}：{each.examples} 个算例用到 {each.clauses} 条中的 {touched} 条；"
        f"{len(each.tried)} 处边界中 {complete} 处三面都试过。",
    )
    for line in each.failed:
        run.say(f"  cannot be run: {line}", f"  不能运行：{line}")
    console = Console(highlight=False)
    if each.untouched:
        console.print(_clauses(each, run.language))
    if complete < len(each.tried):
        console.print(_edges(each, chinese=chinese))


def _clauses(each: Coverage, language: Language) -> Table:
    chinese = language == "zh"
    heads = ("编号", "条款", "原文", "用在") if chinese else ("Rule", "Clause", "Quote", "Used in")
    table = Table(
        *heads, title="没有算例用到的条款" if chinese else "Clauses that no example touches"
    )
    for clause in each.untouched:
        cited = clause.quoted.citation
        used = "、".join(entry_name(each.law, key, language) for key in clause.entries)
        if not clause.askable:
            beyond = "（没有这类算例）" if chinese else " (no kind of example asks)"
            used = f"{used}{beyond}"
        quote = cited.quote if len(cited.quote) <= SHOWN else f"{cited.quote[:SHOWN]}……"
        table.add_row(cited.rule, cited.clause, quote, used)
    return table


def _edges(each: Coverage, *, chinese: bool) -> Table:
    heads = ("边界", "前一日", "当日", "后一日") if chinese else ("Edge", "Before", "On", "After")
    table = _table(heads, "没有三面试过的边界" if chinese else "Edges not tried on all sides")
    for one in each.tried:
        if one.complete:
            continue
        words = one.boundary.chinese if chinese else one.boundary.english
        cells = [one.sides.get(side) or _missing(side in one.proposals, chinese) for side in Side]
        table.add_row(words, *cells)
    return table


def _table(heads: tuple[str, ...], title: str) -> Table:
    table = Table(title=title)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def _missing(proposed: bool, chinese: bool) -> str:  # noqa: FBT001 -- two answers
    if proposed:
        return "缺，见建议" if chinese else "missing, proposed"
    return "缺，无相近算例" if chinese else "missing, none near"


def _plain(each: Coverage) -> dict[str, Any]:
    return {
        "pack": each.law.id,
        "examples": each.examples,
        "clauses": each.clauses,
        "complete": each.complete,
        "failed": list(each.failed),
        "untouched": [
            {
                "rule": clause.quoted.citation.rule,
                "clause": clause.quoted.citation.clause,
                "quote": clause.quoted.citation.quote,
                "entries": list(clause.entries),
                "askable": clause.askable,
            }
            for clause in each.untouched
        ],
        "edges": [
            {
                "key": one.boundary.key,
                "zh": one.boundary.chinese,
                "en": one.boundary.english,
                **{side.name.lower(): one.sides.get(side) for side in Side},
            }
            for one in each.tried
        ],
        "proposals": proposed(each),
    }
