"""What a later decision needs to remember of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.account.events import (
    AccountActivated,
    AccountDisabled,
    AccountOpened,
    CodeReissued,
    IdentityBound,
    IdentityReleased,
    Role,
)
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.event import Told

AccountEvent = (
    AccountOpened
    | AccountActivated
    | AccountDisabled
    | CodeReissued
    | IdentityBound
    | IdentityReleased
)


@dataclass(frozen=True)
class Account:
    """An account with the person whom it belongs to and what it may be used for."""

    account: str
    person: str
    organisation: str | None
    roles: frozenset[Role]
    activated: bool = False
    disabled: bool = False


def evolve(state: Account | None, event: AccountEvent, told: Told) -> Account:
    """The account after an event of its stream. Never refuses."""
    match event:
        case AccountOpened():
            return Account(told.stream, event.person, event.organisation, frozenset(event.roles))
        case AccountActivated():
            assert state is not None
            return replace(state, activated=True)
        case AccountDisabled():
            assert state is not None
            return replace(state, disabled=True)
        case CodeReissued() | IdentityBound() | IdentityReleased():
            assert state is not None
            return state
        case _:
            assert_never(event)
