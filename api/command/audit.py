"""``mingjian audit``: check the whole record, and prove separation of duties from its bytes."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.command.invocation import Invocation, pass_invocation
from api.database import reach
from api.foundation import EVERY_MIGRATION, open_record
from audit.guards import GuardError, check_guards
from audit.parallel_check import check_in_shares
from audit.reading import PAGE
from audit.whole import check_whole
from domain.case.draft import CaseOpened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.database import Reached
    from audit.duties.passages import Verdict
    from audit.record import Record

_CHINESE = {
    "DIFFERENT": "不同的人",
    "SAME": "同一人",
    "ONE_HAND": "凭据经同一人之手",
    "INCOMPLETE": "证据不全",
    "OPEN": "办理中",
    "NOT_REQUIRED": "无需两人",
}
_BREACHES = {"SAME", "ONE_HAND"}
"""Found as then or as corrected, they make the command fail."""


@click.group()
def audit() -> None:
    """核对整个记录、证明职责分离 / check the whole record, prove separation of duties."""


@audit.command()
@pass_invocation
def check(invocation: Invocation) -> None:
    """逐条核对记录：位置、版本、散列链、职责分离、防护 / check everything there is."""
    with _reached(invocation) as (reached, bar):
        try:
            check_guards(reached.settings.database_url or "", reached.ground, EVERY_MIGRATION)
            guarded: tuple[str, ...] = ()
        except GuardError as error:
            guarded = error.faults
        opening = partial(open_record, reached.settings, reached.ground)
        whole = check_in_shares(opening, moved=bar)
    for fault in whole.faults:
        click.echo(f"{fault.position}\t{fault.code}\t{fault.about}")
    for line in guarded:
        click.echo(f"-\tGUARD\t{line}")
    invocation.say(
        f"{whole.positions} events, {whole.streams} streams, {whole.cases} cases;"
        f" {len(whole.faults) + len(guarded)} faults.",
        f"事件 {whole.positions} 条，流 {whole.streams} 个，申报件 {whole.cases} 件；"
        f"问题 {len(whole.faults) + len(guarded)} 个。",
    )
    if whole.faults or guarded:
        raise SystemExit(1)


@audit.command()
@click.argument("case", metavar="[申报编号或 id / NUMBER OR ID]", required=False)
@pass_invocation
def separation(invocation: Invocation, case: str | None) -> None:
    """仅凭存储的字节，判定每一环节经办人与领导是否为不同的人 / prove who reviewed what.

    有同一人办理的，退出码为 1 / exits with 1 where one person did both.
    """
    with (
        _reached(invocation) as (reached, bar),
        open_record(reached.settings, reached.ground) as record,
    ):
        whole, numbered = check_whole(record, bar), _numbers(record)
    chosen = [each for each in whole.verdicts if case in (None, each, numbered[each])]
    if case is not None and not chosen:
        msg = f"记录中没有申报件 {case} / there is no case {case} in the record"
        raise click.ClickException(msg)
    for name in chosen:
        click.echo(f"{numbered[name]}  {name}")
        for verdict in whole.verdicts[name]:
            click.echo("\n".join(_lines(verdict)))
    invocation.say(
        "Two accounts bound to different persons; that nobody lent a password is beyond proof.",
        "以上说明两个账号绑定的不是同一人；有人出借密码，不在可证明之列。",
    )
    found = {v for name in chosen for e in whole.verdicts[name] for v in (e.verdict, e.corrected)}
    if not found.isdisjoint(_BREACHES):
        raise SystemExit(1)


@contextmanager
def _reached(invocation: Invocation) -> Iterator[tuple[Reached, Callable[[int], None]]]:
    """The database, and a bar that moves with the number of events that were checked."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with (
        reach(invocation.settings()) as reached,
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
    ):
        with open_record(reached.settings, reached.ground) as record:
            task = bar.add_task("核对 / checking", total=record.head())
        yield reached, lambda done: bar.update(task, completed=done)


def _numbers(record: Record) -> dict[str, str]:
    """The numbers by which people speak of the cases, by their ids."""
    numbers, position = dict[str, str](), 0
    while rows := record.rows(position, PAGE):
        position = rows[-1][0]
        opened = ((row[1], row[4]) for row in rows if row[3] == CaseOpened.topic)
        numbers |= {stream: orjson.loads(leaf)["fields"]["number"] for stream, leaf in opened}
    return numbers


def _lines(verdict: Verdict) -> Iterator[str]:
    """A passage in lines that fit a narrow terminal: an id is never cut."""
    yield f"  {verdict.stage} 第 {verdict.round} 轮  {verdict.organisation}"
    yield f"    经办 {_at(verdict.handler)}  领导 {_at(verdict.leader)}"
    yield f"    当时 {_told(verdict.verdict)}  更正后 {_told(verdict.corrected)}"
    notes = [*([verdict.basis] if verdict.basis else []), *verdict.flaws]
    if verdict.cross_level:
        notes.append("跨级同人 CROSS_LEVEL")
    notes += [f"{_at(position)} 回避后仍办理 RECUSED" for position in verdict.recused]
    yield from (f"    {note}" for note in notes)


def _at(position: int | None) -> str:
    return "—" if position is None else f"@{position}"


def _told(verdict: str) -> str:
    return f"{_CHINESE[verdict]} {verdict}"
