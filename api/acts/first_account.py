"""The first administrator, who opens every other account: made once, by whoever runs the server.

The stream of that account has a name that follows from the record, so two who try at once
can't both succeed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from api.acts.accounts import Opening, recognise
from api.identifiers import new_id, new_stream
from domain import beijing, document
from domain.account.decide import OpenAccount, decide
from domain.account.events import AccountOpened, Role
from domain.actor import SystemActor
from domain.person.events import AccountHeld
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.signin import SignIn


class AdministratorStandsError(Exception):
    """The record has its first administrator; the message says how others are made."""

    def __init__(self) -> None:
        super().__init__(
            "首个系统管理员已存在；其他账号由其通过接口开立。"
            " / The first administrator stands already and opens every other account."
        )


def administrator_stands(desk: Desk) -> bool:
    """Whether the first administrator's account was opened."""
    return desk.deliberate().account(_first_account(desk)) is not None


def open_first_account(desk: Desk, sign_in: SignIn, opening: Opening, at: datetime) -> str:
    """Open the first system administrator's account; answers its one-time code.

    Dying between the append and the code leaves the account without one: doing it again with
    the same login then gives the code, and only then.
    Raises ``AdministratorStandsError``; ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS`` or
    ``ROLES_APART``.
    """
    account = _first_account(desk)
    newcomer = new_stream("person", at)

    def think(deliberation: Deliberation) -> None:
        if deliberation.account(account) is not None:
            return
        identity = document.read(opening.document_kind, opening.document_number, beijing.day(at))
        person = recognise(desk, deliberation, newcomer, opening.name, identity)
        roles = (Role.SYSTEM_ADMINISTRATOR,)
        login = Personal(opening.login, person, Purpose.OFFICIAL)
        command = OpenAccount(
            person=person,
            organisation=None,
            roles=roles,
            login=login,
            roles_of_person=deliberation.roles(person),
        )
        deliberation.write(person, AccountHeld(account=account, organisation=None, roles=roles))
        deliberation.write(account, *decide(None, command))

    answer = desk.act_as(SystemActor("bootstrap"), new_id(at), at, think)
    if not answer.happened:
        _refuse_unless_interrupted(desk, sign_in, account, opening.login)
    return sign_in.issue_one_time_code(account, opening.login, at)


def _first_account(desk: Desk) -> str:
    return f"account-{uuid5(NAMESPACE_URL, f'{desk.record.origin}/first-administrator')}"


def _refuse_unless_interrupted(desk: Desk, sign_in: SignIn, account: str, login: str) -> None:
    opened = desk.deliberate().history(account).recorded[0].event
    assert isinstance(opened, AccountOpened)
    if opened.login.text != login or sign_in.credentials.of_account(account) is not None:
        raise AdministratorStandsError
