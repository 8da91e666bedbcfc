"""``mingjian accounts``: make the first administrator."""

from __future__ import annotations

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.migrate import migrate_and_tell
from api.command.questions import DOCUMENT_KIND, DOCUMENT_NUMBER, KINDS, LOGIN, NAME
from domain.document import DocumentKind
from domain.refusal import Refused


@click.group()
def accounts() -> None:
    """建立首个管理员账户 / make the first administrator."""


@accounts.command()
@click.option("--name", prompt=NAME)
@click.option(
    "--document-kind",
    prompt=DOCUMENT_KIND,
    type=KINDS,
    default=DocumentKind.RESIDENT_IDENTITY_CARD.value,
)
@click.option("--document-number", prompt=DOCUMENT_NUMBER)
@click.option("--login", prompt=LOGIN)
@pass_invocation
def bootstrap(
    invocation: Invocation, name: str, document_kind: str, document_number: str, login: str
) -> None:
    """建立首个系统管理员，仅一次 / make the first system administrator, once.

    What is not given as an option is asked for; a number given as one shows in the shell's
    history.
    """
    # Imported only once everything is asked: the rest takes a moment to load.
    from api.acts.upkeep import AdministratorStandsError  # noqa: PLC0415
    from api.command.bootstrapping import (  # noqa: PLC0415
        administrator,
        bootstrap_and_tell,
        sentences,
    )
    from api.database import reach  # noqa: PLC0415
    from api.serving.preconditions import refuse_unfit  # noqa: PLC0415

    with reach(invocation.settings()) as reached:
        if reached.embedded:
            migrate_and_tell(invocation, reached)
        refuse_unfit(reached)
        opening = administrator(name, document_kind, document_number, login)
        try:
            bootstrap_and_tell(invocation, reached, opening)
        except AdministratorStandsError as stands:
            raise click.ClickException(str(stands)) from stands
        except Refused as refused:
            raise click.ClickException(sentences(invocation, refused)) from refused
