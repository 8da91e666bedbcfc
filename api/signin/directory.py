"""What sign-in must know of an account, and who tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.account.events import Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from domain.actor import AccountActor


@dataclass(frozen=True)
class AccountFacts:
    """An account as the record has it now."""

    account: str
    person: str
    organisation: str | None
    roles: frozenset[Role]
    disabled: bool


class Directory(Protocol):
    """The accounts of the record. Asked at every request, so it answers from memory or a view."""

    def account(self, account: str, *, caught_up: bool = False) -> AccountFacts | None:
        """The facts of an account; None if the record has none of that id.

        ``caught_up``: what is at hand of the record is new enough.
        """

    def words_about(self, account: str) -> Collection[str]:
        """What no password may contain: the login, the document numbers and the name."""

    def activated(self, actor: AccountActor, now: datetime) -> None:
        """The holder replaced a one-time code: append ``account:activated:1`` unless it stands."""
