"""Groups of commands that load a command when it is chosen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from api.command.catalogue import COMMANDS, Entry
from api.command.invocation import Invocation, common_options
from api.command.misuse import misuse_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class LazyGroup(click.Group):
    """Lists commands from a catalogue and imports the module of the chosen one alone."""

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 -- whatever click hands over
        catalogue: Mapping[str, Entry],
        **options: Any,  # noqa: ANN401 -- the same
    ) -> None:
        super().__init__(*arguments, **options)
        self._catalogue = catalogue

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order of the catalogue."""
        return list(self._catalogue)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command and give it the options that every command takes."""
        entry = self._catalogue.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.place.partition(":")
        command = getattr(import_module(module), attribute)
        for each in _whole(command):
            taken = {option for parameter in each.params for option in parameter.opts}
            each.params += [one for one in common_options() if not taken.intersection(one.opts)]
        return command  # type: ignore[no-any-return]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command."""
        with misuse_told(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Read the words of the chosen command, and run it."""
        with misuse_told(ctx):
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List what each command does without loading any."""
        chinese = ctx.ensure_object(Invocation).language == "zh"
        rows = [
            (name, one.chinese if chinese else one.english) for name, one in self._catalogue.items()
        ]
        with formatter.section("命令" if chinese else "Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, catalogue=COMMANDS, params=common_options(), name="mingjian")
@click.pass_context
def mingjian(context: click.Context) -> None:
    """明鉴：职称评审的记录 / the record behind professional-title review."""


def _whole(command: click.Command) -> Iterator[click.Command]:
    """A command and all beneath it."""
    yield command
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from _whole(each)
