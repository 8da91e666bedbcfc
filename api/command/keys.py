"""``mingjian keys``: rotate the keys of the record."""

from __future__ import annotations

import click

from api.acts.upkeep import rotate_keys
from api.clock import SystemClock
from api.command.invocation import Invocation, pass_invocation
from api.database import reach


@click.group()
def keys() -> None:
    """轮换密钥 / rotate keys."""


@keys.command()
@pass_invocation
def rotate(invocation: Invocation) -> None:
    """轮换主密钥；此前的备份不能再用 / wrap every key anew; older backups no longer open.

    Runs beside a living server; refused while a backup, a restore or another rotation runs. Digests
    every identity document anew, too. It completes every erasure that was carried out before, and
    needs a backup right after it: what was saved before opens only with the old key file.
    """
    with reach(invocation.settings()) as reached:
        done = rotate_keys(reached, SystemClock().now())
    invocation.say(
        f"{done.rewrapped} keys wrapped and {done.documents} documents digested anew; take a backup"
        " now, older ones no longer open.",
        f"已重新包裹密钥 {done.rewrapped} 把、重新计算证件摘要 {done.documents} 份；请立即备份，"
        "此前的备份已不能打开。",
    )
