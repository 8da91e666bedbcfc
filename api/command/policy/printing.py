"""``mingjian policy print``: a pack as a notice again, one page of HTML to be printed."""

from __future__ import annotations

from pathlib import Path

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.pages.pack.page import pack_page
from domain.policy.notices import Compared, against


@click.command("print")
@click.argument("name", metavar="PACK")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option(
    "--notices",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="通知原文目录，逐句写明着落 / where the text is, to tell of each sentence",
)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@pass_invocation
def print_pack(
    run: Invocation,
    name: str,
    overlays: tuple[Path, ...],
    notices: Path | None,
    out: Path | None,
) -> None:
    """把政策包还原成可打印的通知 / a pack as a notice again, to be printed.

    PACK 为政策包名称或 TOML 文件；-o 写入文件，不写则输出到屏幕 / a name or a TOML file.
    """
    law = files.laws([name], overlays)[0]
    found = against(law, files.notices(notices)) if notices else Compared(notice=None)
    if notices and found.notice is None:
        raise files.told(
            f"{notices}: holds no text that {law.id} quotes",
            f"{notices}：里面没有 {law.id} 所引的通知原文",
        )
    page = pack_page(law, run.language, found.passages)
    if out is None:
        click.echo(page)
        return
    files.write(out, page + "\n")
    run.say(
        f"Written to {out}; open it in a browser and print it.",
        f"已写入 {out}，用浏览器打开即可打印。",
    )
