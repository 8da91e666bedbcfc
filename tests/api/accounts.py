"""A directory of accounts in memory, and callers of the running application, for its tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from api.signin import AccountFacts
from domain.account.events import Role
from domain.actor import AccountActor

if TYPE_CHECKING:
    from collections.abc import Collection

DOCUMENT = "360734190001011232"
NAME = "某甲"
LOGIN = "some-applicant"
PASSWORD = "correct horse 电池 staple"


def facts(account: str = "account-1", *, disabled: bool = False) -> AccountFacts:
    """An official of one organisation."""
    return AccountFacts(
        account=account,
        person=account.replace("account", "person"),
        organisation="organisation-1",
        roles=frozenset({Role.OFFICIAL}),
        disabled=disabled,
    )


@dataclass
class AccountsInMemory:
    """What the record would say, as a test has it."""

    known: dict[str, AccountFacts] = field(default_factory=dict)
    activations: list[tuple[AccountActor, datetime]] = field(default_factory=list)

    def account(self, account: str, *, caught_up: bool = False) -> AccountFacts | None:  # noqa: ARG002
        """The facts that a test put there."""
        return self.known.get(account)

    def words_about(self, account: str) -> Collection[str]:
        """The same of every account."""
        assert account in self.known
        return (LOGIN, DOCUMENT, NAME)

    def activated(self, actor: AccountActor, now: datetime) -> None:
        """Remember it."""
        self.activations.append((actor, now))
