"""``mingjian resume-time``: put on record where times were wrong, and go on from the true one."""

from __future__ import annotations

import click

from api.clock import SystemClock
from api.command.invocation import Invocation, pass_invocation


@click.command()
@click.option("--document", required=True, help="决定文号 / number of the decision")
@click.option(
    "--wrong-from", type=click.IntRange(min=1), help="时间自此位置起有误 / first position"
)
@pass_invocation
def resume_time(invocation: Invocation, document: str, wrong_from: int | None) -> None:
    """记录的时间有误或久未记录时，恢复为真实时间 / let the record go on from the true time.

    Two persons decide on it in writing; the number of their decision goes on record. Restart
    every server afterwards.
    """
    from api.acts.upkeep import (  # noqa: PLC0415 -- the rest takes a moment to load
        resume_time as resume,
    )
    from api.command.bootstrapping import sentences  # noqa: PLC0415
    from api.database import reach  # noqa: PLC0415
    from api.foundation import MASTER_KEY  # noqa: PLC0415
    from api.serving.preconditions import refuse_unfit  # noqa: PLC0415
    from audit.keys.keyfile import KeyFile  # noqa: PLC0415
    from audit.record import Record  # noqa: PLC0415
    from domain.refusal import Refused  # noqa: PLC0415

    with reach(invocation.settings()) as reached:
        refuse_unfit(reached)
        key_file = KeyFile(reached.settings.key_directory / MASTER_KEY)
        with Record(reached.settings.database_url or "", reached.ground, key_file) as record:
            try:
                answer = resume(record, document, wrong_from, SystemClock().now())
            except Refused as refused:
                raise click.ClickException(sentences(invocation, refused)) from refused
    invocation.say(
        f"The time goes on from position {answer.position}; restart every server now.",
        f"自位置 {answer.position} 起时间恢复为真实时间；请立即重启所有服务。",
    )
