"""``mingjian policy explain``: facts in, every condition with its reason out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.command.policy.verdict_tables import print_verdict
from api.law.verdicts import plain_verdict
from domain.policy.examples.facts import ExampleError, facts_from
from domain.policy.examples.run import ANY_LOCALITY, assuming, law_of
from domain.policy.examples.spelling import misspelt_facts
from domain.policy.faults import at, close_to, listed

if TYPE_CHECKING:
    from domain.policy.facts import Facts
    from domain.policy.law import Law


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
    verdict = law.assess(_facts(files.plain(path), chosen, law))
    if as_json:
        click.echo(json.dumps(plain_verdict(verdict), ensure_ascii=False, indent=2))
    else:
        print_verdict(law, verdict, run.language)


def _facts(held: Any, chosen: str | None, law: Law) -> Facts:  # noqa: ANN401 -- whatever the file holds
    if chosen is not None or (isinstance(held, dict) and "examples" in held):
        held = _example(held, chosen, law)
    if isinstance(held, dict) and "facts" in held:
        assumed = {"assume": held["assume"]} if "assume" in held else {}
        held = {**assumed, **held["facts"]} if isinstance(held["facts"], dict) else held["facts"]
    if not isinstance(held, dict):
        raise files.told("facts are keys with values", "事实应写成若干“名称: 值”")
    found = misspelt_facts(held, law)
    try:
        facts = facts_from(held)
    except ExampleError as wrong:
        found = found or [wrong.fault]
    if found:
        raise files.FileRefusedError("\n".join(each.told(files.language()) for each in found))
    return facts


def _example(held: Any, chosen: str | None, law: Law) -> dict[str, Any]:  # noqa: ANN401 -- as above
    """The example of this id in a file of examples, if it is one for this law."""
    inside = held.get("examples") if isinstance(held, dict) else held
    every = assuming(held, [each for each in inside or () if isinstance(each, dict)])
    fitting = [each for each in every if str(each.get("id")) == chosen]
    if chosen is None and every:
        ids = listed((each.get("id") for each in every), files.language())
        raise files.told(
            f"these are examples: choose one by --example, of {ids}",
            f"文件里是算例，请用 --example 选一个，现有：{ids}",
        )
    if not fitting:
        known = [str(each.get("id")) for each in every]
        near = close_to([str(chosen)], known)
        there = [listed(known, language) or "-" for language in ("en", "zh")]
        fault = at(
            "--example",
            f"there is no example '{chosen}' in the file; there are {there[0]}",
            f"文件中没有编号为「{chosen}」的算例，现有：{there[1]}",
            near,
        )
        raise files.FileRefusedError(fault.told(files.language()))
    try:
        law_of(str(fitting[0].get("locality", ANY_LOCALITY)), [law])
    except ExampleError as wrong:
        raise files.FileRefusedError(wrong.fault.told(files.language())) from wrong
    return fitting[0]
