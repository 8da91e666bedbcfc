"""``mingjian policy explain``: facts in, every condition with its reason out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.command.policy.tree import print_verdict
from api.verdicts import plain_verdict
from domain.policy.examples.facts import ExampleError, facts_from

if TYPE_CHECKING:
    from domain.policy.facts import Facts


@click.command()
@click.argument("name", metavar="PACK")
@click.argument("path", type=click.Path(path_type=Path), default=Path("-"), metavar="[FACTS]")
@click.option("--example", "chosen", help="算例编号 / the id of an example in the file")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@pass_invocation
def explain(
    run: Invocation,
    name: str,
    path: Path,
    chosen: str | None,
    overlays: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """逐条说明资格判断 / explain an eligibility verdict, condition by condition.

    FACTS 为 YAML 或 JSON 文件，“-”表示标准输入 / a YAML or JSON file, or standard input.
    """
    law = files.laws([name], overlays)[0]
    verdict = law.assess(_facts(files.plain(path), chosen))
    if as_json:
        click.echo(json.dumps(plain_verdict(verdict), ensure_ascii=False, indent=2))
    else:
        print_verdict(law, verdict, run.language)


def _facts(held: Any, chosen: str | None) -> Facts:  # noqa: ANN401 -- whatever the file holds
    if isinstance(held, dict) and "examples" in held:
        fitting = [each for each in held["examples"] if each.get("id") == chosen]
        if not fitting:
            msg = f"--example: 没有编号为 {chosen!r} 的算例 / the file has no such example"
            raise click.ClickException(msg)
        held = fitting[0]
    if isinstance(held, dict) and "facts" in held:
        held = held["facts"]
    if not isinstance(held, dict):
        msg = "事实应为键值表 / facts are a mapping"
        raise click.ClickException(msg)
    try:
        return facts_from(held)
    except ExampleError as wrong:
        raise click.ClickException(str(wrong)) from wrong
