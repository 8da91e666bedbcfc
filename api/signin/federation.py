"""Sessions of those who sign in at the configured issuer.

The issuer opens and keeps them; here each has a row all the same, so that its holder sees it
among their sessions and can end it, whatever its tokens say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from api.keys import FrontDoorKeys
from api.problems import Problem
from api.signin.bindings import Bindings
from api.signin.issuer import METHOD, Issuer
from api.signin.sessions import Sessions
from api.signin.tokens import TokenRefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from api.signin.issuer import Presented
    from api.signin.sessions import Session


@dataclass(frozen=True)
class Federation:
    """Tokens of one issuer, accepted for the accounts to which its subjects are bound."""

    issuer: Issuer
    bindings: Bindings
    sessions: Sessions
    keys: FrontDoorKeys

    def session(self, token: str, device: bytes, now: datetime) -> tuple[str, bool]:
        """The session that a token belongs to, and whether this token is its first.

        Raises ``TokenRefusedError``, and the problems ``ISSUER_UNAVAILABLE`` (503) and
        ``ACCOUNT_NOT_BOUND`` (403).
        """
        presented = self.issuer.read(token, now)
        account = self.bindings.account_of(self.issuer.name, presented.subject)
        if account is None:
            raise Problem("ACCOUNT_NOT_BOUND")
        session = self._id(presented, account)
        standing = self.sessions.find(session, now)
        if standing is None:
            at = presented.authenticated_at
            return session, self.sessions.join(session, account, METHOD, device, at, now)
        self._freshen(standing, presented)
        return session, False

    def presented(self, token: str, now: datetime) -> tuple[Presented, str | None]:
        """What a token says, and the account to which its subject is bound, if it is.

        Raises the problems ``TOKEN_REFUSED`` and ``ISSUER_UNAVAILABLE`` (503).
        """
        try:
            presented = self.issuer.read(token, now)
        except TokenRefusedError as error:
            raise Problem("TOKEN_REFUSED") from error
        return presented, self.bindings.account_of(self.issuer.name, presented.subject)

    def _freshen(self, standing: Session, presented: Presented) -> None:
        """A newer sign-in at the issuer counts as the secret given again."""
        at = presented.authenticated_at
        if at is not None and self.sessions.fresh_until(at) > standing.fresh_until:
            self.sessions.confirm(standing.session, at)

    def _id(self, presented: Presented, account: str) -> str:
        """The same for the same session, and telling nobody which it is at the issuer.

        Of the account as well: a subject that is bound to another begins another session.
        """
        parts = (self.issuer.name, presented.subject, presented.session, account)
        return str(UUID(bytes=self.keys.digest("subject", *parts)[:16], version=5))
