"""``mingjian accounts``: the two administrators who set a record up, or replace others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.migrate import migrate_and_tell
from api.command.questions import (
    DOCUMENT,
    DOCUMENT_KIND,
    DOCUMENT_NUMBER,
    FIRST,
    KINDS,
    LOGIN,
    NAME,
    ORGANISATION,
    REPLACING,
    SECOND,
)
from domain.document import DocumentKind
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.acts.account_opening import Opening

F = TypeVar("F", bound="Callable[..., object]")
_MEMBERS = ("name", "document_kind", "document_number", "login")


@click.group()
def accounts() -> None:
    """设立记录与更换系统管理员 / who sets a record up, or replaces who did."""


def _person(prefix: str, which: str) -> Callable[[F], F]:
    """The options that tell who one of the two is."""

    def decorate(command: F) -> F:
        kind = DocumentKind.RESIDENT_IDENTITY_CARD.value
        for option in (
            click.option(f"--{prefix}login", prompt=f"{which} {LOGIN}"),
            click.option(f"--{prefix}document-number", prompt=f"{which} {DOCUMENT_NUMBER}"),
            click.option(
                f"--{prefix}document-kind",
                prompt=f"{which} {DOCUMENT_KIND}",
                type=KINDS,
                default=kind,
            ),
            click.option(f"--{prefix}name", prompt=f"{which} {NAME}"),
        ):
            command = option(command)
        return command

    return decorate


@accounts.command()
@click.option("--organisation", prompt=ORGANISATION)
@click.option("--document", prompt=DOCUMENT)
@_person("", FIRST)
@_person("second-", SECOND)
@pass_invocation
def bootstrap(invocation: Invocation, /, organisation: str, document: str, **persons: str) -> None:
    """设立记录与首批两名系统管理员，仅一次 / set the record up, once, by two administrators.

    What is not given as an option is asked for; a number given as one shows in the shell's
    history.
    """
    # Imported only once everything is asked: the rest takes a moment to load.
    from api.acts.bootstrap import AdministratorStandsError, SettingUp  # noqa: PLC0415
    from api.command.bootstrapping import bootstrap_and_tell, sentences  # noqa: PLC0415
    from api.database import reach  # noqa: PLC0415
    from api.serving.preconditions import refuse_unfit  # noqa: PLC0415

    first, second = _both(persons)
    with reach(invocation.settings()) as reached:
        if reached.embedded:
            migrate_and_tell(invocation, reached)
        refuse_unfit(reached)
        setting_up = SettingUp(
            organisation=organisation,
            document=document,
            first=first,
            second=second,
        )
        try:
            bootstrap_and_tell(invocation, reached, setting_up)
        except AdministratorStandsError as stands:
            raise click.ClickException(str(stands)) from stands
        except Refused as refused:
            raise click.ClickException(sentences(invocation, refused)) from refused


@accounts.command("replace-administrators")
@click.option("--document", prompt=REPLACING)
@_person("", FIRST)
@_person("second-", SECOND)
@pass_invocation
def replace_administrators(invocation: Invocation, /, document: str, **persons: str) -> None:
    """由两人在控制台更换系统管理员 / let two persons take the administrators' place, on record.

    For when neither can sign in any more. What was theirs is disabled.
    """
    from api.acts.bootstrap import Replacing  # noqa: PLC0415 -- as above
    from api.command.bootstrapping import replace_and_tell, sentences  # noqa: PLC0415
    from api.database import reach  # noqa: PLC0415
    from api.serving.preconditions import refuse_unfit  # noqa: PLC0415

    first, second = _both(persons)
    with reach(invocation.settings()) as reached:
        refuse_unfit(reached)
        replacing = Replacing(document=document, first=first, second=second)
        try:
            replace_and_tell(invocation, reached, replacing)
        except Refused as refused:
            raise click.ClickException(sentences(invocation, refused)) from refused


def _both(persons: Mapping[str, str]) -> tuple[Opening, Opening]:
    from api.command.bootstrapping import administrator  # noqa: PLC0415 -- as above

    first, second = (
        administrator(*(persons[f"{prefix}{each}"] for each in _MEMBERS))
        for prefix in ("", "second_")
    )
    return first, second
