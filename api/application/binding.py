"""Binding accounts to the identities that people have at the configured issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.application.accounts import known_account
from api.problems import Problem
from api.signin.bindings import SubjectTakenError

if TYPE_CHECKING:
    from api.application.acting import Acting
    from api.application.desk import Desk
    from api.signin import SignIn
    from api.signin.federation import Federation


class Binding:
    """Like giving out a code: it lets somebody in, and is no fact of the record."""

    def __init__(self, desk: Desk, sign_in: SignIn) -> None:
        self._desk = desk
        self._sign_in = sign_in

    def bind(self, acting: Acting, account: str, subject: str) -> str:
        """Let a subject of the issuer act under an account, and no other; answers the issuer.

        Sessions of the account end.
        Raises the problems ``ISSUER_NOT_CONFIGURED`` and ``SUBJECT_TAKEN``.
        """
        federation = self._permitted(acting, account)
        issuer = federation.issuer.name
        try:
            federation.bindings.bind(issuer, subject, account, acting.actor.account, acting.at)
        except SubjectTakenError as taken:
            raise Problem("SUBJECT_TAKEN") from taken
        self._sign_in.sessions.end_all(account, "bound to an issuer's subject", acting.at)
        return issuer

    def release(self, acting: Acting, account: str) -> None:
        """End an account's binding; its sessions end. Raises ``NOT_FOUND`` where there is none."""
        federation = self._permitted(acting, account)
        if not federation.bindings.end(account, acting.actor.account, acting.at):
            raise Problem("NOT_FOUND")
        self._sign_in.sessions.end_all(account, "binding ended", acting.at)

    def _permitted(self, acting: Acting, account: str) -> Federation:
        known = known_account(acting, self._desk.deliberate(), account, Act.BIND_ACCOUNT)
        if known.disabled:
            raise Problem("ACCOUNT_UNKNOWN")
        if self._sign_in.federation is None:
            raise Problem("ISSUER_NOT_CONFIGURED")
        return self._sign_in.federation
