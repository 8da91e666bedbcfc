"""The group of all commands, which loads a command when it is chosen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from api.command.catalogue import COMMANDS
from api.command.invocation import Invocation, common_options

if TYPE_CHECKING:
    from collections.abc import Iterator


class LazyGroup(click.Group):
    """Lists commands from the catalogue and imports the module of the chosen one alone."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order of the catalogue."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command and give it the options that every command takes."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.place.partition(":")
        command = getattr(import_module(module), attribute)
        for each in _whole(command):
            taken = {option for parameter in each.params for option in parameter.opts}
            each.params += [one for one in common_options() if not taken.intersection(one.opts)]
        return command  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List what each command does without loading any."""
        chinese = ctx.ensure_object(Invocation).language == "zh"
        rows = [(name, one.chinese if chinese else one.english) for name, one in COMMANDS.items()]
        with formatter.section("命令" if chinese else "Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, params=common_options(), name="mingjian")
@click.pass_context
def mingjian(context: click.Context) -> None:
    """明鉴：职称评审的记录 / the record behind professional-title review."""


def _whole(command: click.Command) -> Iterator[click.Command]:
    """A command and all beneath it."""
    yield command
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from _whole(each)
