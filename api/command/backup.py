"""``mingjian backup`` and ``mingjian restore``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from api.backup.backing_up import back_up, keys_beside
from api.backup.restoring import restore as put_back
from api.clock import SystemClock
from api.command.invocation import Invocation, pass_invocation
from api.database import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from api.backup.progress import Tell, Work

_PLACE = click.Path(file_okay=False, path_type=Path)
_KEYS = click.option(
    "--keys", type=_PLACE, help="密钥与销毁日志的目录 / where keys and journal go; DIRECTORY.keys."
)


@click.command()
@click.argument("directory", type=_PLACE)
@_KEYS
@pass_invocation
def backup(invocation: Invocation, directory: Path, keys: Path | None) -> None:
    """备份记录；密钥与数据分开存放 / save the record, and its keys apart from it.

    Runs beside a living server, waits for a rotation or a restore to end, and sees that what it
    saved opens before it says so. Move the keys to another place than the data: together they
    open everything.
    """
    apart = keys or keys_beside(directory)
    waiting = _Waiting(invocation)
    with reach(invocation.settings()) as reached, _bars() as tell:
        manifest = back_up(reached, directory, apart, SystemClock().now(), tell, waiting)
    events, rows = manifest.position, sum(each.rows for each in manifest.tables)
    invocation.say(
        f"{events} events, {rows} rows in all, in {directory}; keys in {apart}.",
        f"已备份事件 {events} 条、共 {rows} 行至 {directory}；密钥存于 {apart}，请分开保管。",
    )


@click.command()
@click.argument("directory", type=_PLACE)
@_KEYS
@pass_invocation
def restore(invocation: Invocation, directory: Path, keys: Path | None) -> None:
    """恢复备份并逐一核对，重放销毁日志 / put a backup back, prove it, and erase again.

    Refused where the record lives already.
    """
    apart = keys or keys_beside(directory)
    with reach(invocation.settings()) as reached, _bars() as tell:
        done = put_back(reached, directory, apart, SystemClock().now(), tell)
    tables = len(done.manifest.tables)
    invocation.say(
        f"Equal: {done.events} events in {done.streams} streams, {tables} tables,"
        f" {done.view_tables} tables of views.",
        f"核对一致：事件 {done.events} 条、流 {done.streams} 个、数据表 {tables} 张、"
        f"视图表 {done.view_tables} 张。",
    )
    invocation.say(
        f"{done.keys} keys open; {done.erased} were destroyed again.",
        f"可开启密钥 {done.keys} 把；重新销毁 {done.erased} 把。",
    )
    if done.uncompared:
        names = ", ".join(done.uncompared)
        invocation.say(
            f"Built anew, with nothing to compare with: {names}", f"无可比对、已重建：{names}"
        )


class _Waiting:
    """Says once who is at work on the keys, and looks again every second."""

    def __init__(self, invocation: Invocation) -> None:
        self._invocation = invocation
        self._told = False

    def __call__(self, holder: str) -> bool:
        if not self._told:
            self._invocation.say(
                f"Waiting: {holder} is at work on the keys.",
                f"等待中：{holder} 正在使用密钥。",
            )
        self._told = True
        sleep(1)
        return True


@contextmanager
def _bars() -> Iterator[Tell]:
    """A bar for each work that is begun; where nobody watches a terminal there is none."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    tasks: dict[Work, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def tell(work: Work, done: int, whole: int) -> None:
            if work not in tasks:
                tasks[work] = bars.add_task(work.value, total=whole)
            bars.update(tasks[work], completed=done, total=whole)

        yield tell
