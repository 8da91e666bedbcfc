"""``mingjian policy diff``: what one edition says otherwise than another."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.law.differences import in_words
from domain.policy.differences import Kind, differences

if TYPE_CHECKING:
    from domain.policy.differences import Difference


@click.command()
@click.argument("earlier", metavar="PACK")
@click.argument("later", metavar="PACK")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@pass_invocation
def diff(
    run: Invocation, earlier: str, later: str, overlays: tuple[Path, ...], *, as_json: bool
) -> None:
    """两个政策包有哪些不同：改了的值、新增的、不再有的 / what differs between two packs.

    PACK 为政策包名称或 TOML 文件；叠加包叠加在后一个上 / overlays lie over the later one.
    """
    before = files.laws([earlier], beside=(later,))[0]
    after = files.laws([later], overlays, beside=(earlier,))[0]
    found = differences(before, after)
    if as_json:
        for each in found:
            click.echo(json.dumps(_plain(each), ensure_ascii=False, default=str))
        return
    kinds = Counter(each.kind for each in found)
    run.say(
        f"{before.id} v{before.version} → {after.id} v{after.version}:"
        f" {kinds[Kind.CHANGED]} values changed, {kinds[Kind.NEW]} new, {kinds[Kind.GONE]} gone",
        f"{before.id} 第 {before.version} 版 → {after.id} 第 {after.version} 版："
        f"改了 {kinds[Kind.CHANGED]} 处，新增 {kinds[Kind.NEW]} 处，不再有 {kinds[Kind.GONE]} 处",
    )
    for line in in_words(found, before, after, run.language):
        click.echo(line)


def _plain(each: Difference) -> dict[str, Any]:
    return {
        "address": each.address,
        "kind": each.kind.value,
        "before": each.before,
        "after": each.after,
        "rested_on": [cited.rule for cited in each.rested_on],
        "rests_on": [cited.rule for cited in each.rests_on],
    }
