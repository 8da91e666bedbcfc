"""``mingjian demo``: tell a story on a demonstration record, then keep serving it."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
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
    from collections.abc import Iterator, Sequence

    from api.database import Reached
    from api.demo.stage import Stage
    from api.demo.stories import Story
    from api.settings import Settings

_DATA = Path(".mingjian/demo")
_LOG = "demo.log"
_LOOPBACK = "127.0.0.1"
_NOT_AS_TOLD = 1


@click.command()
@click.option("--exit", "leave", is_flag=True, help="讲完即退出 / stop when the story is told.")
@click.option("--story", "name", help="只讲一个故事 / tell this story alone.")
@pass_invocation
def demo(invocation: Invocation, name: str | None, *, leave: bool) -> None:
    """在演示记录上完整演示业务，随后继续提供服务 / tell every story, then keep serving.

    Each story has a record of its own; those of the run before are cleared away.
    The record of the first is served when all are told.
    Exit status 1 if a step did not go as told.
    """
    from api.demo.quarters import quarters  # noqa: PLC0415 -- only when it is told
    from api.demo.stories import STORIES  # noqa: PLC0415

    if name is not None and name not in STORIES:
        raise click.BadParameter(", ".join(STORIES), param_hint="--story")
    stories = list(STORIES.values()) if name is None else [STORIES[name]]
    settings = _settings(invocation)
    invocation.say(
        f"A private PostgreSQL under {settings.data}; a new record, and the last one is gone.",
        f"使用 {settings.data} 下自带的 PostgreSQL；本次为全新的演示记录，上一次的随即清除。",
    )
    with quarters(settings) as reached, (settings.data / _LOG).open("w") as log:
        configure_log(settings.log_level, log)
        went_well = _tell(invocation, stories, reached, stay=not leave)
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


def _tell(
    invocation: Invocation, stories: Sequence[Story], reached: Reached, *, stay: bool
) -> bool:
    """Tell the stories; answers whether every step went as told.

    The stage of the first stands until all are told, so that it can be served afterwards.
    """
    from api.demo.farewell import show_around  # noqa: PLC0415

    first, *others = stories
    with _staged(invocation, first, reached) as stage:
        went_well = [_told(stage, first)]
        went_well += [_tell_beside(invocation, story, reached) for story in others]
        show_around(stage)
        if stay:
            _serve_on(invocation, stage)
    return all(went_well)


def _tell_beside(invocation: Invocation, story: Story, reached: Reached) -> bool:
    """Tell one more story on a stage of its own, which is struck at its end."""
    from api.demo.quarters import quarters  # noqa: PLC0415

    with (
        quarters(reached.settings) as elsewhere,
        _staged(invocation, story, elsewhere) as stage,
    ):
        return _told(stage, story)


@contextmanager
def _staged(invocation: Invocation, story: Story, reached: Reached) -> Iterator[Stage]:
    """The stage of a story, its clock where the story begins."""
    from api.clock import SettableClock  # noqa: PLC0415
    from api.demo.printing import Printer  # noqa: PLC0415
    from api.demo.setting_up import set_stage  # noqa: PLC0415
    from api.demo.teller import Teller  # noqa: PLC0415

    language = invocation.language
    teller = Teller(Printer(language), language)
    begins = datetime.fromisoformat(story.begins).replace(tzinfo=BEIJING)
    with set_stage(reached, SettableClock(begins), teller) as stage:
        yield stage


def _told(stage: Stage, story: Story) -> bool:
    """Tell a story on its stage; answers whether every step went as told."""
    from api.demo.farewell import sum_up  # noqa: PLC0415
    from api.demo.teller import StoryBrokenError  # noqa: PLC0415

    try:
        story.tell(stage)
    except StoryBrokenError as broken:
        stage.teller.broke(str(broken))
    sum_up(stage)
    return stage.teller.went_well


def _serve_on(invocation: Invocation, stage: Stage) -> None:
    """Until Ctrl-C."""
    invocation.say(
        f"Serving at http://{stage.address}; Ctrl-C stops it.",
        f"继续在 http://{stage.address} 提供服务；按 Ctrl-C 停止。",
    )
    with suppress(KeyboardInterrupt):
        Event().wait()
