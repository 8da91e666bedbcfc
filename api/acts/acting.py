"""Who asks for what, when, and under which promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain import beijing
from domain.account.events import Role
from domain.actor import AccountActor

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Promise:
    """An idempotency key: the same request sent again has one effect and the same answer."""

    account: str
    key: str
    body_digest: bytes


@dataclass(frozen=True, kw_only=True)
class Acting:
    """One request by somebody signed in.

    ``at`` is the server's time at receipt, which decides; ``expected`` the version that the
    caller saw of the stream that is changed, None where nothing exists yet.
    ``device`` is the keyed digest of where it came from, None where that is not known.
    """

    actor: AccountActor
    roles: frozenset[Role]
    at: datetime
    request: str | None
    promise: Promise | None = None
    expected: int | None = None
    device: bytes | None = None

    @property
    def today(self) -> date:
        """The day of the request in Beijing."""
        return beijing.day(self.at)

    def has(self, roles: Iterable[Role]) -> bool:
        """Whether the caller has one of these roles."""
        return not self.roles.isdisjoint(roles)
