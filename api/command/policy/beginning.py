"""``mingjian policy new``: a skeleton, or the draft of an edition that follows another."""

from __future__ import annotations

import re
from pathlib import Path

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from domain.policy.succeeding import succeeding, year_of

SKELETON = Path(__file__).with_name("skeleton.toml")
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9]{4}")


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--from", "earlier", metavar="PACK", help="承接上一版，只写不同的部分 / follow an earlier one"
)
@click.option("--out", type=click.Path(path_type=Path), help="写入文件 / write to a file")
@pass_invocation
def new(run: Invocation, name: str, earlier: str | None, out: Path | None) -> None:
    """为另一个地区生成骨架，或者承接上一年的 / a skeleton, or the next year's draft.

    ID 为地名拼音加年份，如 jiading-2025 / a place and a year.
    """
    if not _NAME.fullmatch(name):
        english = f"{name}: is no place and year, such as jiading-2025"
        raise click.UsageError(
            f"{name}：应为拼音加年份，如 jiading-2025" if run.language == "zh" else english
        )
    text = _draft(name, earlier) if earlier else _skeleton(name)
    if out is None:
        click.echo(text, nl=False)
        return
    if out.exists():
        raise files.told(f"{out}: exists and is not overwritten", f"{out}：已存在，不覆盖")
    files.write(out, text)
    run.say(
        f"Written to {out}. Next: ./mingjian policy check {out}",
        f"已写入 {out}。下一步：./mingjian policy check {out}",
    )


def _skeleton(name: str) -> str:
    return SKELETON.read_text(encoding="utf-8").replace("place-2025", name)


def _draft(name: str, earlier: str) -> str:
    """The draft that follows an earlier edition."""
    law = files.laws([earlier])[0]
    was, wanted = year_of(law.id), year_of(name)
    if was is None:
        raise files.told(
            f"{law.id}: does not end with a year, so no dates can be moved",
            f"{law.id}：编号末尾没有年份，不知道日期该移几年",
        )
    if wanted is None or wanted <= was:
        raise files.told(
            f"{name}: has to be of a later year than {law.id}",
            f"{name}：年份须晚于所承接的 {law.id}",
        )
    return succeeding(law, name)
