"""Making the first administrator: who it is, and the code that is shown once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from api.acts.account import EnteredDocument, Opening
from api.acts.upkeep import (
    AdministratorStandsError,
    administrator_stands,
    open_first_account,
)
from api.app import open_services
from api.command.questions import DOCUMENT_KIND, DOCUMENT_NUMBER, KINDS, LOGIN, NAME
from domain.document import DocumentKind
from domain.refusal import Refused

if TYPE_CHECKING:
    from api.command.invocation import Invocation
    from api.database import Reached


def bootstrap_and_tell(invocation: Invocation, reached: Reached, opening: Opening) -> None:
    """Open the first administrator's account and show its one-time code.

    Raises ``AdministratorStandsError``; ``Refused`` where the law refuses what was said.
    """
    services = open_services(reached.settings, reached.ground)
    try:
        code = open_first_account(services.office, opening, services.clock.now())
    finally:
        services.close()
    invocation.say(
        f"One-time code for the first sign-in, shown only now: {code}",
        f"首次登录的一次性登录码（仅显示这一次）：{code}",
    )


def administrator(name: str, document_kind: str, document_number: str, login: str) -> Opening:
    """Who is to be the first administrator: of no organisation, and without a role in cases."""
    return Opening(
        name=name,
        document=EnteredDocument(DocumentKind(document_kind), document_number),
        organisation=None,
        roles=(),
        login=login,
    )


def sentences(invocation: Invocation, refused: Refused) -> str:
    """What the law says against it, a line each, in the language of the run."""
    chinese = invocation.language == "zh"
    return "\n".join(each.chinese if chinese else each.english for each in refused.refusals)


def see_to_an_administrator(invocation: Invocation, reached: Reached) -> None:
    """On a record without an administrator: ask who it is, where anybody can answer.

    Where nobody sits at the terminal, say what to run; the server needs no administrator to
    start, and the command works beside it.
    """
    services = open_services(reached.settings, reached.ground)
    try:
        stands = administrator_stands(services.office)
    finally:
        services.close()
    if stands:
        return
    if not sys.stdin.isatty():
        command = f"./mingjian accounts bootstrap --data {reached.settings.data}"
        invocation.say(
            f"There is no administrator yet. Make one, while this server runs, by: {command}",
            f"尚无系统管理员。请在本服务运行期间另行执行：{command}",
        )
        return
    invocation.say(
        "There is no administrator yet. Who is it to be? The real name and document are asked.",
        "尚无系统管理员。请按实名填写首个系统管理员：",
    )
    _ask_until_made(invocation, reached)


def _ask_until_made(invocation: Invocation, reached: Reached) -> None:
    """Ask again after a refusal; somebody else may have made one meanwhile, which will do."""
    while True:
        opening = administrator(
            click.prompt(NAME),
            click.prompt(
                DOCUMENT_KIND, type=KINDS, default=DocumentKind.RESIDENT_IDENTITY_CARD.value
            ),
            click.prompt(DOCUMENT_NUMBER),
            click.prompt(LOGIN),
        )
        try:
            bootstrap_and_tell(invocation, reached, opening)
        except Refused as refused:
            click.echo(sentences(invocation, refused), err=True)
        except AdministratorStandsError as stands:
            click.echo(str(stands), err=True)
            return
        else:
            return
