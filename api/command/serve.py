"""``mingjian serve``: answer requests on a real record until told to stop."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.migrate import migrate_and_tell
from api.database import Reached, reach
from api.log import configure_log
from audit.files.scratch import sweep


@click.command()
@pass_invocation
def serve(invocation: Invocation) -> None:
    """提供接口服务，直至收到停止信号 / serve the API until told to stop."""
    settings = invocation.settings()
    configure_log(settings.log_level)
    with reach(settings) as reached, TemporaryDirectory(prefix="mingjian-metrics-") as shared:
        if reached.embedded:
            invocation.say(
                f"Without DATABASE_URL: a private PostgreSQL under {settings.data}.",
                f"未设置 DATABASE_URL：使用 {settings.data} 下自带的 PostgreSQL。",
            )
            migrate_and_tell(invocation, reached)
        # The processes of the server look here.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = shared
        _serve(
            invocation, replace(reached, settings=replace(reached.settings, metrics=Path(shared)))
        )


def _serve(invocation: Invocation, reached: Reached) -> None:
    """Check in this process what would keep every other one from starting, then fork."""
    # Imported only now: the measurements must have a place first.
    from api.app import open_services  # noqa: PLC0415
    from api.command.bootstrapping import see_to_an_administrator  # noqa: PLC0415
    from api.serving.allocator import give_back_memory  # noqa: PLC0415
    from api.serving.offered import Offered  # noqa: PLC0415
    from api.serving.preconditions import refuse_unfit  # noqa: PLC0415
    from api.serving.running import Running, Server  # noqa: PLC0415

    settings = reached.settings
    sweep()
    give_back_memory()  # also in every process that is forked from this one
    refuse_unfit(reached)
    offered = Offered(settings)
    if reached.embedded:
        see_to_an_administrator(invocation, reached)

    def ready() -> None:
        invocation.say(
            f"Serving {settings.origin} at http://{settings.host}:{settings.port}",
            f"{settings.origin} 已在 http://{settings.host}:{settings.port} 提供服务",
        )

    def begin() -> Running:
        return Running.over(open_services(settings, reached.ground, book=offered.book))

    parent = os.getpid()
    gc.freeze()  # what was read until here is shared by all processes, and looked at by none
    try:
        Server(settings, begin, ready, offered.read_again).run()
    except SystemExit as end:  # gunicorn's way to end, in the parent and in each process
        if os.getpid() != parent:
            # The database and the measurements belong to the parent: put nothing of it away.
            os._exit(end.code if isinstance(end.code, int) else 1)
        raise
