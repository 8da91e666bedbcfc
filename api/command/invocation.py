"""What holds for a whole run of the command line: its language and its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from api.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]


@dataclass
class Invocation:
    """One run. A command takes it with ``@pass_invocation``."""

    language: Language = "zh"
    data: Path | None = None

    def settings(self) -> Settings:
        """The settings of the environment, with what ``--data`` says put over them.

        Raises ``SettingRefusedError``.
        """
        settings = read_settings(os.environ)
        return settings if self.data is None else replace(settings, data=self.data)

    def say(self, english: str, chinese: str) -> None:
        """Print one sentence in the language of the run."""
        click.echo(chinese if self.language == "zh" else english)


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)


def language_of(environment: Mapping[str, str]) -> Language:
    """Chinese where the locale is, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "zh" if locale.startswith("zh") else "en"


def _take_language(context: click.Context, _option: click.Parameter, value: Language) -> None:
    if value:
        context.ensure_object(Invocation).language = value


def _take_data(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value:
        context.ensure_object(Invocation).data = value.absolute()


def common_options() -> list[click.Parameter]:
    """``--lang`` and ``--data``, which every command takes, before its name or after it."""
    return [
        click.Option(
            ["--lang"],
            type=click.Choice(["zh", "en"]),
            expose_value=False,
            is_eager=True,
            callback=_take_language,
            help="中文 / English",
        ),
        click.Option(
            ["--data"],
            type=click.Path(file_okay=False, path_type=Path),
            expose_value=False,
            callback=_take_data,
            help="数据目录 / data directory",
        ),
    ]
