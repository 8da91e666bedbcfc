"""``mingjian accounts``: make the first administrator."""

from __future__ import annotations

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.migrate import migrate_and_tell
from domain.document import DocumentKind
from domain.refusal import Refused


@click.group()
def accounts() -> None:
    """建立首个管理员账户 / make the first administrator."""


@accounts.command()
@click.option("--name", prompt="姓名 / name")
@click.option(
    "--document-kind",
    prompt="证件种类 / kind of identity document",
    type=click.Choice([kind.value for kind in DocumentKind]),
    default=DocumentKind.RESIDENT_IDENTITY_CARD.value,
)
@click.option("--document-number", prompt="证件号码 / document number")
@click.option("--login", prompt="登录名 / login")
@pass_invocation
def bootstrap(
    invocation: Invocation, name: str, document_kind: str, document_number: str, login: str
) -> None:
    """建立首个系统管理员，仅一次 / make the first system administrator, once.

    What is not given as an option is asked for; a number given as one shows in the shell's
    history.
    """
    from api.app import open_services  # noqa: PLC0415 -- only once everything is asked
    from api.application.accounts import Opening  # noqa: PLC0415
    from api.application.first_account import (  # noqa: PLC0415
        AdministratorStandsError,
        open_first_account,
    )
    from api.guards import refuse_unfit  # noqa: PLC0415
    from api.reach import reach  # noqa: PLC0415

    opening = Opening(
        name=name,
        document_kind=DocumentKind(document_kind),
        document_number=document_number,
        organisation=None,
        roles=(),
        login=login,
    )
    with reach(invocation.settings()) as reached:
        if reached.embedded:
            migrate_and_tell(invocation, reached)
        refuse_unfit(reached)
        services = open_services(reached.settings, reached.ground)
        try:
            code = open_first_account(
                services.office.desk, services.sign_in, opening, services.clock.now()
            )
        except AdministratorStandsError as stands:
            raise click.ClickException(str(stands)) from stands
        except Refused as refused:
            chinese = invocation.language == "zh"
            said = [each.chinese if chinese else each.english for each in refused.refusals]
            raise click.ClickException("\n".join(said)) from refused
        finally:
            services.close()
    invocation.say(
        f"One-time code for the first sign-in, shown only now: {code}",
        f"首次登录的一次性登录码（仅显示这一次）：{code}",
    )
