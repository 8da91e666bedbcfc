"""``mingjian policy new``: a commented skeleton for a further locality."""

from __future__ import annotations

import re
from pathlib import Path

import click

from api.command.invocation import Invocation, pass_invocation

SKELETON = Path(__file__).with_name("skeleton.toml")
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9]{4}")


@click.command()
@click.argument("name", metavar="ID")
@click.option("--out", type=click.Path(path_type=Path), help="写入文件 / write to a file")
@pass_invocation
def new(run: Invocation, name: str, out: Path | None) -> None:
    """为另一个地区生成带注释的骨架 / a commented skeleton for a further locality.

    ID 为地名拼音加年份，如 jiading-2025 / a place and a year.
    """
    if not _NAME.fullmatch(name):
        msg = f"{name!r} 应为拼音加年份，如 jiading-2025 / is not a place and a year"
        raise click.UsageError(msg)
    text = SKELETON.read_text(encoding="utf-8").replace("place-2025", name)
    if out is None:
        click.echo(text, nl=False)
        return
    if out.exists():
        msg = f"{out} 已存在，不覆盖 / exists and is not overwritten"
        raise click.ClickException(msg)
    out.write_text(text, encoding="utf-8")
    run.say(
        f"Written to {out}. Next: ./mingjian policy check {out}",
        f"已写入 {out}。下一步：./mingjian policy check {out}",
    )
