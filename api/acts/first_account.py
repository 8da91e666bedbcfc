"""The first administrator, who opens every other account: made once, by whoever runs the server.

The stream of that account has a name that follows from the record, so two who try at once
can't both succeed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from api.acts.account import Opening, recognise
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
    from api.office import Office
    from audit.record import Record


class AdministratorStandsError(Exception):
    """The record has its first administrator; the message says how others are made."""

    def __init__(self) -> None:
        super().__init__(
            "首个系统管理员已存在；其他账号由其通过接口开立。"
            " / The first administrator stands already and opens every other account."
        )


def administrator_stands(office: Office) -> bool:
    """Whether the first administrator's account was opened."""
    return office.deliberate().account(_first_account(office.record)) is not None


def open_first_account(office: Office, opening: Opening, at: datetime) -> str:
    """Open the first system administrator's account; answers its one-time code.

    Dying between the append and the code leaves the account without one: doing it again with
    the same login then gives the code, and only then.
    Raises ``AdministratorStandsError``; ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS`` or
    ``ROLES_APART``.
    """
    account = _first_account(office.record)
    newcomer = new_stream("person", at)

    def decide_(deliberation: Deliberation) -> None:
        if deliberation.account(account) is not None:
            return
        identity = document.read(opening.document.kind, opening.document.number, beijing.day(at))
        person = recognise(deliberation, newcomer, opening.name, identity)
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

    answer = office.act_as(SystemActor("bootstrap"), new_id(at), at, decide_)
    if not answer.happened:
        _refuse_unless_interrupted(office, account, opening.login)
    return office.sign_in.issue_one_time_code(account, opening.login, at)


def _first_account(record: Record) -> str:
    return f"account-{uuid5(NAMESPACE_URL, f'{record.origin}/first-administrator')}"


def _refuse_unless_interrupted(office: Office, account: str, login: str) -> None:
    opened = office.record.load(account).recorded[0].event
    assert isinstance(opened, AccountOpened)
    if opened.login.text != login or office.sign_in.credentials.of_account(account) is not None:
        raise AdministratorStandsError
