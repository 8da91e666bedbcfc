"""``mingjian demo``: tell a story on a demonstration record, then keep serving it."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from api.command.invocation import Invocation, pass_invocation
from api.log import configure_log
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from api.demo.stage import Stage
    from api.demo.stories import Story
    from api.reach import Reached
    from api.settings import Settings

_DATA = Path(".mingjian/demo")
_LOG = "demo.log"
_LOOPBACK = "127.0.0.1"
_NOT_AS_TOLD = 1


@click.command()
@click.option("--exit", "leave", is_flag=True, help="讲完即退出 / stop when the story is told.")
@click.option("--story", "name", default="xunwu", show_default=True, help="故事 / which story.")
@pass_invocation
def demo(invocation: Invocation, name: str, *, leave: bool) -> None:
    """在演示记录上完整演示业务，随后继续提供服务 / tell a story, then keep serving.

    Each run begins with a record of its own; the one before it is cleared away.
    Exit status 1 if a step did not go as told.
    """
    from api.demo.quarters import quarters  # noqa: PLC0415 -- only when it is told
    from api.demo.stories import STORIES  # noqa: PLC0415

    if name not in STORIES:
        raise click.BadParameter(", ".join(STORIES), param_hint="--story")
    settings = _settings(invocation)
    invocation.say(
        f"A private PostgreSQL under {settings.data}; a new record, and the last one is gone.",
        f"使用 {settings.data} 下自带的 PostgreSQL；本次为全新的演示记录，上一次的随即清除。",
    )
    with quarters(settings) as reached, (settings.data / _LOG).open("w") as log:
        configure_log(settings.log_level, log)
        went_well = _tell(invocation, STORIES[name], reached, stay=not leave)
    if not went_well:
        sys.exit(_NOT_AS_TOLD)


def _settings(invocation: Invocation) -> Settings:
    """A demonstration stays on this machine and off any database that was named for real use."""
    from api.demo.setting_up import RECORD  # noqa: PLC0415

    settings = invocation.settings()
    data = (invocation.data or _DATA).absolute()
    return replace(
        settings,
        record=RECORD,
        data=data,
        database_url=None,
        owner_database_url=None,
        host=_LOOPBACK,
    )


def _tell(invocation: Invocation, story: Story, reached: Reached, *, stay: bool) -> bool:
    """Tell the story; answers whether every step went as told."""
    from api.clock import SettableClock  # noqa: PLC0415
    from api.demo.farewell import farewell  # noqa: PLC0415
    from api.demo.printing import Printer  # noqa: PLC0415
    from api.demo.setting_up import set_stage  # noqa: PLC0415
    from api.demo.teller import StoryBrokenError, Teller  # noqa: PLC0415

    language = invocation.language
    teller = Teller(Printer(language), language)
    begins = datetime.fromisoformat(story.begins).replace(tzinfo=BEIJING)
    with set_stage(reached, SettableClock(begins), teller) as stage:
        try:
            story.tell(stage)
        except StoryBrokenError as broken:
            teller.broke(str(broken))
        farewell(stage)
        if stay:
            _serve_on(invocation, stage)
    return teller.went_well


def _serve_on(invocation: Invocation, stage: Stage) -> None:
    """Until Ctrl-C."""
    invocation.say(
        f"Serving at http://{stage.address}; Ctrl-C stops it.",
        f"继续在 http://{stage.address} 提供服务；按 Ctrl-C 停止。",
    )
    with suppress(KeyboardInterrupt):
        Event().wait()
