"""``mingjian keys``: rotate the key that wraps all sealing keys."""

from __future__ import annotations

import click

from api.clock import SystemClock
from api.command.invocation import Invocation, pass_invocation
from api.foundation import MASTER_KEY
from api.reach import reach
from audit.keys.keyfile import KeyFile
from audit.keys.rotation import StillNeededError, rotate_wrapping
from audit.record import Record


@click.group()
def keys() -> None:
    """轮换密钥 / rotate keys."""


@keys.command()
@pass_invocation
def rotate(invocation: Invocation) -> None:
    """轮换主密钥；此前的备份不能再用 / wrap every key anew; older backups no longer open.

    Runs beside a living server. It completes every erasure that was carried out before, and
    needs a backup right after it: what was saved before opens only with the old key file.
    """
    with reach(invocation.settings()) as reached:
        key_file = KeyFile(reached.settings.key_directory / MASTER_KEY)
        with Record(reached.settings.database_url or "", reached.ground, key_file) as record:
            origin = record.origin
        try:
            count = rotate_wrapping(
                reached.owner_url, reached.ground, key_file, origin, SystemClock().now()
            )
        except StillNeededError as error:
            raise click.ClickException(str(error)) from error
    invocation.say(
        f"{count} keys wrapped anew; take a backup now, older ones no longer open.",
        f"已重新包裹密钥 {count} 把；请立即备份，此前的备份已不能打开。",
    )
