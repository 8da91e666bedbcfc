"""Accounts (账号): whose they are, what for, and whether they can be used.

Secrets live elsewhere; the sign-in name is somebody's and stands here sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.account.events import (
    AccountActivated,
    AccountClaimed,
    AccountDisabled,
    AccountMoved,
    AccountOpened,
    AttestationProposed,
    DisablingProposed,
    HolderAttested,
    IdentityReleased,
    SecretGiven,
)
from projections.fact import Sealed
from projections.offices import at_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Gathered
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Account:
    """One account; ``state`` is opened (one-time code not yet replaced), active or disabled.

    ``claimed`` says that it was shown to be in the hands of the person for whom it was opened.
    """

    account: str
    person: str
    organisation: str | None
    roles: tuple[str, ...]
    login: Sealed | None
    state: str
    claimed: bool
    opened_at: datetime
    opened_by: str | None
    version: int
    position: int


accounts: Table[Account] = Table(
    "account", Account, key=("account",), indexes=("(person)", "(organisation, account)")
)
view = View("accounts", 4, (accounts,))
HELD = "{0}.claimed AND {0}.state <> 'disabled'"
"""That an account is one through which its person belongs to its organisation.

One that nobody claimed is not theirs: whoever opens an account for somebody known elsewhere is
told no more of them by that.
"""


@view.on(AccountOpened)
def _opened(fact: Fact, page: Page) -> None:
    page.rows(accounts).put(
        Account(
            account=fact.stream,
            person=fact["person"],
            organisation=fact["organisation"],
            roles=fact.words("roles"),
            login=fact.sealed("login"),
            state="opened",
            claimed=not fact["unclaimed"],
            opened_at=fact.at,
            opened_by=fact.account,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(AccountActivated)
def _activated(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.state = "active"
    page.rows(accounts).put(row)


@view.on(
    SecretGiven,
    DisablingProposed,
    IdentityReleased,
    AttestationProposed,
)
def _let_in_otherwise(fact: Fact, page: Page) -> None:
    page.rows(accounts).put(_row(fact, page))


@view.on(AccountClaimed, HolderAttested)
def _shown_theirs(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.claimed = row.claimed or row.person in fact["persons"]
    page.rows(accounts).put(row)


@view.on(AccountMoved)
def _moved(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.organisation, row.roles = fact["organisation"], fact.words("roles")
    page.rows(accounts).put(row)


@view.on(AccountDisabled)
def _disabled(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.state = "disabled"
    page.rows(accounts).put(row)


def _row(fact: Fact, page: Page) -> Account:
    row = page.rows(accounts).get(fact.stream)
    if row is None:
        msg = "an event of an account that was never opened"
        raise LookupError(msg)
    row.version, row.position = fact.version, fact.position
    return row


def of(connection: Connection[Any], account: str) -> Account | None:
    """The account with this id."""
    found = accounts.select(connection, "WHERE account = %s", (account,))
    return found[0] if found else None


def of_persons(connection: Connection[Any], persons: Sequence[str]) -> list[Account]:
    """All accounts of some persons."""
    return accounts.select(connection, "WHERE person = ANY (%s) ORDER BY account", (list(persons),))


def visible(scope: Scope) -> Gathered[Account]:
    """The accounts of organisations that ``scope`` shows, in the order of their ids."""
    return at_offices(accounts, scope, [], ("account",), ascending=True)
