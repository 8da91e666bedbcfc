"""``mingjian audit``: check the whole record, and prove separation of duties from its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from api.command.invocation import Invocation, pass_invocation
from api.database import reach
from api.foundation import EVERY_MIGRATION, MASTER_KEY
from audit.guards import GuardError, check_guards
from audit.keys.keyfile import KeyFile
from audit.record import Record
from audit.whole import check_whole

if TYPE_CHECKING:
    from audit.duties.passages import Verdict
    from audit.whole import Whole

_CHINESE = {
    "DIFFERENT": "不同的人",
    "SAME": "同一人",
    "ONE_HAND": "凭据经同一人之手",
    "INCOMPLETE": "证据不全",
    "OPEN": "办理中",
    "NOT_REQUIRED": "无需两人",
}


@click.group()
def audit() -> None:
    """核对整个记录、证明职责分离 / check the whole record, prove separation of duties."""


@audit.command()
@pass_invocation
def check(invocation: Invocation) -> None:
    """逐条核对记录：位置、版本、散列链、职责分离、防护 / check everything there is."""
    whole, guarded = _looked_at(invocation)
    for fault in whole.faults:
        click.echo(f"{fault.position}\t{fault.code}\t{fault.about}")
    for line in guarded:
        click.echo(f"-\tGUARD\t{line}")
    invocation.say(
        f"{whole.positions} events, {len(whole.streams)} streams, {len(whole.verdicts)} cases;"
        f" {len(whole.faults) + len(guarded)} faults.",
        f"事件 {whole.positions} 条，流 {len(whole.streams)} 个，申报件 {len(whole.verdicts)} 件；"
        f"问题 {len(whole.faults) + len(guarded)} 个。",
    )
    if whole.faults or guarded:
        raise SystemExit(1)


@audit.command()
@click.argument("case", required=False)
@pass_invocation
def separation(invocation: Invocation, case: str | None) -> None:
    """仅凭存储的字节，判定每一环节经办人与领导是否为不同的人 / prove who reviewed what."""
    whole, _ = _looked_at(invocation)
    if case is not None and case not in whole.verdicts:
        msg = f"记录中没有申报件 {case} / there is no case {case} in the record"
        raise click.ClickException(msg)
    chosen = {case: whole.verdicts[case]} if case is not None else whole.verdicts
    for name, verdicts in chosen.items():
        Console().print(_table(name, verdicts))
    invocation.say(
        "Two accounts bound to different persons; that nobody lent a password is beyond proof.",
        "以上说明两个账号绑定的不是同一人；有人出借密码，不在可证明之列。",
    )


def _looked_at(invocation: Invocation) -> tuple[Whole, tuple[str, ...]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with reach(invocation.settings()) as reached:
        settings = reached.settings
        guarded: tuple[str, ...] = ()
        try:
            check_guards(settings.database_url or "", reached.ground, EVERY_MIGRATION)
        except GuardError as error:
            guarded = error.faults
        master = KeyFile(settings.key_directory / MASTER_KEY)
        with (
            Record(settings.database_url or "", reached.ground, master) as record,
            Progress(*columns, console=Console(stderr=True), transient=True) as bar,
        ):
            task = bar.add_task("核对 / checking", total=record.head())
            whole = check_whole(record, lambda done: bar.update(task, completed=done))
    return whole, guarded


def _table(case: str, verdicts: list[Verdict]) -> Table:
    table = Table(
        "环节", "单位", "轮", "经办位置", "领导位置", "当时", "更正后", "说明", title=case
    )
    for each in verdicts:
        notes = [*([each.basis] if each.basis else []), *each.flaws]
        if each.cross_level:
            notes.append("跨级同人 CROSS_LEVEL")
        notes += [f"{position}: 回避后仍办理 RECUSED" for position in each.recused]
        table.add_row(
            each.stage,
            each.organisation,
            str(each.round),
            str(each.handler or "—"),
            str(each.leader or "—"),
            f"{_CHINESE[each.verdict]} {each.verdict}",
            f"{_CHINESE[each.corrected]} {each.corrected}",
            "；".join(notes),
        )
    return table
