"""``mingjian policy schema``: what an editor needs to complete, explain and underline."""

from __future__ import annotations

import json
from pathlib import Path

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from domain.policy.examples.schema import examples_schema
from domain.policy.schema import pack_schema


@click.command()
@click.option("--examples", is_flag=True, help="算例文件的 / of files of examples")
@click.option("--out", type=click.Path(path_type=Path), help="写入文件 / write to a file")
@pass_invocation
def schema(run: Invocation, out: Path | None, *, examples: bool) -> None:
    """供编辑器使用的 JSON Schema / a JSON Schema for editors."""
    described = examples_schema() if examples else pack_schema()
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    files.write(out, text)
    run.say(f"Written to {out}.", f"已写入 {out}。")
