"""``mingjian projections``: how far the views are, building them anew, and checking them."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import click
import psycopg
from psycopg.errors import UndefinedTable
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from api.command.invocation import Invocation, pass_invocation
from api.database import reach
from api.foundation import open_record
from projections.advance import StoppedError
from projections.catalogue import VIEWS
from projections.check import NotTogetherError, differences
from projections.parallel_rebuild import Ground, grow_in_parallel
from projections.progress import lacking, progress
from projections.rebuild import RebuildRunningError, rebuild
from projections.retire import retire
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from psycopg import Connection

    from api.database import Reached
    from audit.record import Record
    from projections.progress import Progress as Standing
    from projections.view import View

_BY_NAME = {view.name: view for view in VIEWS}


@click.group()
def projections() -> None:
    """查看视图进度、重建或核对视图 / see how far the views are, rebuild or check them."""


@projections.command()
@pass_invocation
def status(invocation: Invocation) -> None:
    """各视图的进度 / how far each view has followed the record."""
    with _at_work(invocation) as (record, connection, _):
        try:
            there = progress(connection)
        except UndefinedTable:
            invocation.say("No view has begun to follow.", "尚无视图开始跟随记录。")
            return
        head = record.head()
        table = Table("view", "version", "position", "behind", "remark")
        for each in there:
            behind = str(head - each.position)
            remark = _remark(each)
            table.add_row(each.view, str(each.version), str(each.position), behind, remark)
        Console().print(table)


def _remark(each: Standing) -> str:
    if each.stopped_at is not None:
        return f"stopped at {each.stopped_at}: {each.stopped_because}"
    known = _BY_NAME.get(each.view)
    return "" if known and known.version == each.version else "of another release"


@projections.command("rebuild")
@click.argument("names", nargs=-1, type=click.Choice(list(_BY_NAME)), metavar="[VIEW]...")
@click.option("--missing", is_flag=True, help="只建本版本尚缺者 / only what nobody has filled yet")
@click.option("--processes", default=2, show_default=True, help="进程数 / processes at work")
@pass_invocation
def rebuild_views(
    invocation: Invocation, names: Sequence[str], processes: int, *, missing: bool
) -> None:
    """重建视图，期间照常查询；可中断，再次运行即继续 / build views anew beside the living ones.

    With --missing, before this version of mingjian is put in the place of the one that serves.
    """
    chosen = _chosen(names)
    with _at_work(invocation) as (record, connection, reached), _bar(record.head()) as moved:
        ground = Ground(
            reached.settings.database_url or "",
            reached.ground.views,
            partial(open_record, reached.settings, reached.ground),
        )
        if missing and not (chosen := lacking(connection, chosen)):
            invocation.say("No view is missing.", "没有缺少的视图。")
            return
        try:
            grow_in_parallel(ground, chosen, processes, moved)
            rebuild(connection, reached.ground.views, record, chosen, moved)
        except (RebuildRunningError, StoppedError) as error:
            raise click.ClickException(str(error)) from error
    listed = ", ".join(view.name for view in chosen)
    invocation.say(f"Rebuilt: {listed}", f"已重建：{listed}")


@projections.command("retire")
@pass_invocation
def retire_views(invocation: Invocation) -> None:
    """清除本版本不再使用的视图 / drop views, and versions of views, that no program uses any more.

    What a program at work still uses is kept, and named.
    """
    with _at_work(invocation) as (_, connection, reached):
        retired = retire(connection, reached.ground.views, VIEWS)
    gone = ", ".join(f"{each.view} {each.version}" for each in retired.gone) or "-"
    kept = ", ".join(f"{each.view} {each.version}" for each in retired.kept) or "-"
    invocation.say(f"Dropped: {gone}; still used: {kept}", f"已清除：{gone}；仍在使用：{kept}")


@projections.command()
@click.argument("names", nargs=-1, type=click.Choice(list(_BY_NAME)), metavar="[VIEW]...")
@pass_invocation
def check(invocation: Invocation, names: Sequence[str]) -> None:
    """在旁重放记录并逐行比较视图 / replay the record beside the views and compare every row."""
    chosen = _chosen(names)
    with _at_work(invocation) as (record, connection, reached), _bar(record.head()) as moved:
        try:
            found = list(differences(connection, reached.ground.views, record, chosen, moved))
        except (NotTogetherError, RebuildRunningError, StoppedError) as error:
            raise click.ClickException(str(error)) from error
    for each in found:
        click.echo(
            f"{each.table} {each.key} {each.column}: "
            f"expected {each.expected!r}, actual {each.actual!r}"
        )
    if found:
        msg = f"{len(found)} differences; look for the cause, then rebuild"
        raise click.ClickException(msg)
    invocation.say("Every row is as the record says.", "所有视图均与记录一致。")


def _chosen(names: Sequence[str]) -> list[View]:
    return [_BY_NAME[name] for name in names] or list(VIEWS)


@contextmanager
def _at_work(invocation: Invocation) -> Iterator[tuple[Record, Connection[Any], Reached]]:
    """The record, and a connection that looks at its views."""
    with (
        reach(invocation.settings()) as reached,
        open_record(reached.settings, reached.ground) as record,
        psycopg.connect(reached.settings.database_url or "", autocommit=True) as connection,
    ):
        look_at(connection, reached.ground.views)
        yield record, connection, reached


@contextmanager
def _bar(head: int) -> Iterator[Callable[[int], None]]:
    """A bar that moves with the position that was reached."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("position", total=head)
        yield lambda position: bar.update(task, completed=position)
