"""The caller: the account that is signed in at the present request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import g

from api.problems import Problem
from api.signin.directory import AccountFacts
from domain.actor import AccountActor

if TYPE_CHECKING:
    from domain.account.events import Role


@dataclass(frozen=True)
class Caller:
    """An account with the session through which it acts."""

    facts: AccountFacts
    session: str
    method: str
    device: bytes
    """Keyed digest of the device that signed in."""
    fresh_until: datetime
    must_replace: bool
    """Signed in with a one-time code, and good for nothing but replacing it."""

    @property
    def account(self) -> str:
        """The stream id of the account."""
        return self.facts.account

    @property
    def person(self) -> str:
        """The stream id of the person behind the account."""
        return self.facts.person

    @property
    def organisation(self) -> str | None:
        """The stream id of the account's organisation."""
        return self.facts.organisation

    @property
    def roles(self) -> frozenset[Role]:
        """What the account may be used for."""
        return self.facts.roles

    def actor(self, seat: str | None = None, appointment: str | None = None) -> AccountActor:
        """The actor that an event of this caller names."""
        return AccountActor(
            account=self.account,
            person=self.person,
            organisation=self.organisation,
            seat=seat,
            appointment=appointment,
            sign_in=self.session,
            method=self.method,
        )

    def is_fresh(self, now: datetime) -> bool:
        """Whether the secret was given lately."""
        return now <= self.fresh_until


def authenticated() -> Caller:
    """The caller of the present request.

    Raises the problem ``SIGN_IN_REQUIRED`` (401) where nobody had to sign in.
    """
    if (caller := caller_or_nobody()) is None:
        raise Problem("SIGN_IN_REQUIRED")
    return caller


def caller_or_nobody() -> Caller | None:
    """The caller of the present request, or None at a public operation."""
    return cast("Caller | None", g.get("caller"))
