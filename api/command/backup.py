"""``mingjian backup`` and ``mingjian restore``."""

from __future__ import annotations

from pathlib import Path

import click

from api.backup.restoring import restore as put_back
from api.backup.taking import back_up, keys_beside
from api.clock import SystemClock
from api.command.invocation import Invocation, pass_invocation
from api.reach import reach

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

    Runs beside a living server. Move the keys to another place than the data: together they
    open everything.
    """
    apart = keys or keys_beside(directory)
    with reach(invocation.settings()) as reached:
        manifest = back_up(reached, directory, apart, SystemClock().now())
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
    with reach(invocation.settings()) as reached:
        done = put_back(reached, directory, keys or keys_beside(directory), SystemClock().now())
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
