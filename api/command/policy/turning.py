"""What becomes of an edition that was put in force, and which there are, at a running server.

``mingjian policy suspend``, ``resume`` and ``withdraw`` are proposed by one official and confirmed
by another, as it was put in force; what binds already is corrected by a further edition alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.command.policy import files
from api.command.policy.caller import signs_in
from api.command.policy.putting_in_force import path_of, say_next, step_in_words
from domain.law.events import Step
from domain.policy.edition import header_of
from domain.policy.loader import Document, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.command.invocation import Invocation
    from api.command.policy.caller import Caller

_NUMBER = re.compile(r"(?m)^(\s*version\s*=\s*)([0-9]+)")
"""Where a text says which edition it is: the first such line, under ``[pack]``."""
_NEXT = re.compile(r"<([^>]+)>; *rel=\"?next")


def _proposing(step: Step, told: str) -> click.Command:
    """The command by which one official proposes a step."""

    @click.command(step.value, help=told)
    @click.argument("edition")
    @click.option("--reason", required=True, help="理由，对外公开 / why; it is public")
    @signs_in
    def command(run: Invocation, caller: Caller, *, edition: str, reason: str) -> None:
        path = path_of(edition)
        seen = caller.get(path)
        caller.act(f"{path}/steps", {"step": step.value, "reason": reason}, seen.version)
        run.say(
            f"Proposed: {step.value} {seen.body['title']}",
            f"已提请{step_in_words(run, step)}《{seen.body['title']}》",
        )
        say_next(run, edition)

    return command


suspend = _proposing(Step.SUSPEND, "暂停受理，理由公开 / take no filings under an edition")
resume = _proposing(Step.RESUME, "恢复受理 / take filings under it again")
withdraw = _proposing(Step.WITHDRAW, "撤回尚未生效的一版 / withdraw what binds nobody yet")


@click.command()
@click.option("--waiting", is_flag=True, help="只列等待确认的 / those that wait for another")
@signs_in
def editions(run: Invocation, caller: Caller, *, waiting: bool) -> None:
    """列出提请过的各版和现在的状态 / list the editions that were proposed, and how each stands."""
    where: str | None = f"/v1/editions?limit=200{'&waiting=true' if waiting else ''}"
    while where is not None:
        page = caller.get(where)
        for each in page.body["editions"]:
            click.echo(_line(run, each))
        found = _NEXT.search(page.headers["Link"] or "")
        where = found and found[1]


@click.command()
@click.argument("edition")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入文件 / write to a file",
)
@signs_in
def correct(run: Invocation, caller: Caller, *, edition: str, out: Path) -> None:
    """取出一版的文本，版本加一，改好后再提请 / its text under the next number, to be mended."""
    if out.exists():
        raise files.told(f"{out}: exists and is not overwritten", f"{out}：已存在，不覆盖")
    text = str(caller.get(f"{path_of(edition)}/text").body)
    files.write(out, _renumbered(text))
    run.say(
        f"Written to {out}. Mend it; then ./mingjian policy check {out}, and"
        f" ./mingjian policy propose {out} --reason …",
        f"已写入 {out}，请改正。改好后：./mingjian policy check {out}，"
        f"再 ./mingjian policy propose {out} --reason 更正的理由",
    )


def _renumbered(text: str) -> str:
    """A text under the number after its own; a calendar bears none, and its record counts them."""
    header = header_of(table_of(Document("edition", text)))
    if not header:
        return text
    number = int(header["version"])
    raised = _NUMBER.sub(rf"\g<1>{number + 1}", text, count=1)
    if header_of(table_of(Document("edition", raised))) != {**header, "version": number + 1}:
        raise files.told(
            "Its number is written otherwise than on a line of its own under [pack].",
            "版本号没有单独写成 [pack] 下的一行，请取出文本自行改写。",
        )
    return raised


def _line(run: Invocation, each: Mapping[str, Any]) -> str:
    """One edition on one line."""
    done, pending = (step_in_words(run, each[key]) for key in ("done", "pending"))
    waits = f"待确认：{pending}" if run.language == "zh" else f"waits: {pending}"
    stands = done if each["pending"] is None else f"{done}；{waits}"
    return (
        f"{each['edition']} {each['law']} v{each['number']} {each['starts_on']} {stands}"
        f" {each['title']}"
    )
