"""``mingjian migrate``: bring the database to what this version needs, as its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.clock import SystemClock
from api.command.invocation import Invocation, pass_invocation
from api.database import reach
from api.foundation import lay_foundation

if TYPE_CHECKING:
    from api.database import Reached


@click.command()
@pass_invocation
def migrate(invocation: Invocation) -> None:
    """升级数据库结构；新记录同时生成密钥 / bring the database up to date."""
    with reach(invocation.settings()) as reached:
        migrate_and_tell(invocation, reached)


def migrate_and_tell(invocation: Invocation, reached: Reached) -> None:
    """Migrate a real record and say what was applied."""
    settings = reached.settings
    applied = lay_foundation(
        settings, reached.owner_url, reached.ground, settings.origin, SystemClock().now()
    )
    for each in applied:
        invocation.say(
            f"applied {each.floor} {each.number:04} {each.name}",
            f"已应用 {each.floor} {each.number:04} {each.name}",
        )
    if not applied:
        invocation.say("The database is up to date.", "数据库结构已是最新。")
