"""Setting a record up: its organisation, its two administrators, their codes, shown once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from api.acts.account_opening import EnteredDocument, Opening
from api.acts.bootstrap import (
    AdministratorStandsError,
    Replacing,
    SettingUp,
    administrator_stands,
    replace_administrators,
    set_up,
)
from api.app import open_services
from api.command.questions import (
    DOCUMENT,
    DOCUMENT_KIND,
    DOCUMENT_NUMBER,
    FIRST,
    KINDS,
    LOGIN,
    NAME,
    ORGANISATION,
    SECOND,
)
from domain.document import DocumentKind
from domain.refusal import Refused

if TYPE_CHECKING:
    from api.command.invocation import Invocation
    from api.database import Reached


_NEXT = (
    "请第二人到场后按任意键：屏幕将清空 / the second person presses a key; the screen is cleared"
)


def bootstrap_and_tell(invocation: Invocation, reached: Reached, setting_up: SettingUp) -> None:
    """Set the record up and show the one-time code of each of its two administrators.

    Raises ``AdministratorStandsError``; ``Refused`` where the law refuses what was said.
    """
    services = open_services(reached.settings, reached.ground)
    try:
        codes = set_up(services.office, setting_up, services.clock.now())
    finally:
        services.close()
    tell_apart(invocation, (setting_up.first, setting_up.second), codes)


def replace_and_tell(invocation: Invocation, reached: Reached, replacing: Replacing) -> None:
    """Replace the administrators and show the one-time code of each of the two who come.

    Raises ``Refused`` where the law refuses what was said.
    """
    services = open_services(reached.settings, reached.ground)
    try:
        codes = replace_administrators(services.office, replacing, services.clock.now())
    finally:
        services.close()
    invocation.say(
        "The administrators before are disabled, and the record says that this was done at the"
        " console.",
        "原系统管理员账号已停用；本次更换系在控制台办理，已记入记录。",
    )
    tell_apart(invocation, (replacing.first, replacing.second), codes)


def tell_apart(
    invocation: Invocation, openings: tuple[Opening, Opening], codes: tuple[str, str]
) -> None:
    """Show each of two persons their own code, at a terminal one after the other has gone."""
    for number, (each, code) in enumerate(zip(openings, codes, strict=True)):
        if number and sys.stdin.isatty():
            click.pause(_NEXT)
            click.clear()
        invocation.say(
            f"One-time code for {each.login}, shown only now and for them alone: {code}",
            f"{each.login} 首次登录的激活码（仅显示这一次，只交本人）：{code}",
        )


def administrator(name: str, document_kind: str, document_number: str, login: str) -> Opening:
    """One of the first two administrators: of the organisation that is the root of all powers."""
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
            f"The record has yet to be set up. Do so, while this server runs, by: {command}",
            f"本记录尚未设立。请在本服务运行期间另行执行：{command}",
        )
        return
    invocation.say(
        "The record has yet to be set up, by two administrators. Real names and documents are"
        " asked.",
        "本记录尚未设立，须由两名系统管理员共同设立。请按实名填写：",
    )
    _ask_until_made(invocation, reached)


def _ask(which: str) -> Opening:
    """Who it is to be, the first or the second."""
    return administrator(
        click.prompt(f"{which} {NAME}"),
        click.prompt(
            f"{which} {DOCUMENT_KIND}",
            type=KINDS,
            default=DocumentKind.RESIDENT_IDENTITY_CARD.value,
        ),
        click.prompt(f"{which} {DOCUMENT_NUMBER}"),
        click.prompt(f"{which} {LOGIN}"),
    )


def _ask_until_made(invocation: Invocation, reached: Reached) -> None:
    """Ask again after a refusal; somebody else may have made one meanwhile, which will do."""
    while True:
        setting_up = SettingUp(
            organisation=click.prompt(ORGANISATION),
            document=click.prompt(DOCUMENT),
            first=_ask(FIRST),
            second=_ask(SECOND),
        )
        try:
            bootstrap_and_tell(invocation, reached, setting_up)
        except Refused as refused:
            click.echo(sentences(invocation, refused), err=True)
        except AdministratorStandsError as stands:
            click.echo(str(stands), err=True)
            return
        else:
            return
