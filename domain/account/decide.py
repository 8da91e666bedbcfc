"""What may happen to an account: be opened, activated, released from an issuer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.account.events import (
    AccountActivated,
    AccountOpened,
    IdentityReleased,
    Role,
)
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.separation import WATCHING_ROLES

if TYPE_CHECKING:
    from domain.account.state import Account, AccountEvent

_IN_CASES = frozenset({Role.APPLICANT, Role.OFFICIAL, Role.ADMINISTRATOR})


@dataclass(frozen=True, kw_only=True)
class OpenAccount:
    """Open a real-name account for a person whose document has been verified.

    ``unclaimed`` where the record knew the person before. ``roles_of_person`` are those of all
    accounts that the human being holds already, of whatever organisation and under whatever
    document. ``registered``: a trusted issuer says who it is, and no employer took them in yet.
    """

    person: str
    organisation: str | None
    roles: tuple[Role, ...]
    login: Personal
    roles_of_person: frozenset[Role] = frozenset()
    unclaimed: bool = False
    registered: bool = False


@dataclass(frozen=True, kw_only=True)
class ActivateAccount:
    """The holder replaces the one-time code; ``method`` says by what (``password``)."""

    method: str


@dataclass(frozen=True, kw_only=True)
class ReleaseIdentity:
    """Let nobody act under the account that way any more."""

    reason: Personal


Command = OpenAccount | ActivateAccount | ReleaseIdentity


def decide(state: Account | None, command: Command) -> tuple[AccountEvent, ...]:
    """The events that a command leads to; none where nothing would change.

    Raises ``Refused`` where roles can't be held by one human being: who watches over cases
    takes no part in them, through whatever account.
    """
    match command:
        case OpenAccount():
            return (_open(command),)
        case ActivateAccount():
            if state is None or state.disabled:
                raise Refused(unusable())
            return () if state.activated else (AccountActivated(method=command.method),)
        case ReleaseIdentity():
            if state is None:
                raise Refused(unusable())
            return (IdentityReleased(reason=command.reason),)
        case _:
            assert_never(command)


def _open(command: OpenAccount) -> AccountOpened:
    roles = frozenset(command.roles)
    if not roles:
        raise Refused(
            Refusal(
                "ROLES_MISSING",
                "请至少选择一个角色。",
                "An account has at least one role.",
                pointer="/roles",
            )
        )
    refuse_apart(roles | command.roles_of_person)
    if roles & _IN_CASES and command.organisation is None and not command.registered:
        raise Refused(
            Refusal(
                "ORGANISATION_NEEDED",
                "申报人、工作人员和单位管理员账号须属于一个单位。",
                "An applicant's, official's or administrator's account belongs to an organisation.",
                pointer="/organisation",
            )
        )
    return AccountOpened(
        person=command.person,
        organisation=command.organisation,
        roles=tuple(sorted(roles)),
        login=command.login,
        unclaimed=command.unclaimed,
    )


def refuse_apart(together: frozenset[Role]) -> None:
    """Who watches over cases takes no part in them; raises ``Refused`` with ``ROLES_APART``."""
    if together & WATCHING_ROLES and together & _IN_CASES:
        raise Refused(
            Refusal(
                "ROLES_APART",
                "审计、纪检、系统管理角色不能与申报、审查、单位管理角色归于同一人"
                "（按自然人比对其全部账号）。请先停用其另一类账号，或由他人担任。",
                "Auditors, inspectors and system administrators take no part in cases,"
                " so their roles can't be held with those of applicants, officials or"
                " administrators, through whatever account of one person."
                " Disable the other account first, or let somebody else have the role.",
                pointer="/roles",
            )
        )


def unusable() -> Refusal:
    """There is no such account, or it is disabled."""
    return Refusal(
        "ACCOUNT_DISABLED",
        "该账号不存在或已停用，请联系单位管理员。",
        "The account does not exist or is disabled; ask your administrator.",
    )
