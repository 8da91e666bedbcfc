"""Signing in, staying signed in, and replacing the secret by which one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import Connection
from psycopg_pool import ConnectionPool

from api.keys import FrontDoorKeys
from api.problems import Problem
from api.signin import passwords
from api.signin.caller import Caller
from api.signin.credentials import Credential, Credentials
from api.signin.directory import AccountFacts, Directory
from api.signin.federation import Federation
from api.signin.sessions import RefreshRefusedError, Sessions
from api.signin.throttle import Throttle
from api.signin.tokens import TokenRefusedError, Tokens
from domain.account.events import Part

if TYPE_CHECKING:
    from datetime import datetime

METHOD = "password"


@dataclass(frozen=True)
class Whence:
    """Where a request comes from: the client's address and what its browser calls itself."""

    address: str
    browser: str


@dataclass(frozen=True)
class SignedIn:
    """What a caller gets: the two tokens, and what they are good for."""

    caller: Caller
    access_token: str
    refresh_token: str


@dataclass(frozen=True)
class SignIn:
    """The acts of signing in, over the tables and the directory of accounts."""

    credentials: Credentials
    sessions: Sessions
    tokens: Tokens
    throttle: Throttle
    keys: FrontDoorKeys
    directory: Directory
    pool: ConnectionPool[Connection]
    federation: Federation | None
    """None where no issuer is configured."""

    def sign_in(self, login: str, secret: str, whence: Whence, now: datetime) -> SignedIn:
        """Open a session for whoever knows login and secret.

        An unknown login, a wrong secret and a disabled account get the same answer in the
        same time, and so does a secret that was replaced meanwhile.
        Raises ``SIGN_IN_REFUSED``, ``ONE_TIME_CODE_EXPIRED`` or ``TOO_MANY_ATTEMPTS``.
        """
        self.throttle.count(login, whence.address, now)
        credential = self.credentials.find(login)
        known = (
            credential.opened_by(secret)
            if credential is not None
            else passwords.matches(passwords.NOBODY, secret)
        )
        if credential is None or not known or self._facts(credential.account) is None:
            raise Problem("SIGN_IN_REFUSED")
        if credential.expires_at is not None and credential.expires_at <= now:
            raise Problem("ONE_TIME_CODE_EXPIRED")
        self.throttle.forgive(login, whence.address)
        kept = None if credential.one_time else credential.secret
        outdated = kept is not None and passwords.outdated(kept)
        digest = passwords.digest(secret) if outdated else None
        device = self._device(whence)
        with self.pool.connection() as connection:
            if not self.credentials.renew(connection, credential, login, digest):
                raise Problem("SIGN_IN_REFUSED")
            account = credential.account
            session, refresh = self.sessions.begin(connection, account, METHOD, device, now)
        return self._signed_in(session, refresh, now)

    def refresh(self, token: str, now: datetime) -> SignedIn:
        """New tokens for a session under way. Raises the problem ``SIGN_IN_ENDED`` (401)."""
        try:
            session, successor = self.sessions.refresh(token, now)
        except RefreshRefusedError as error:
            raise Problem("SIGN_IN_ENDED") from error
        return self._signed_in(session, successor, now)

    def caller(self, token: str, whence: Whence, now: datetime) -> Caller:
        """Who holds this access token, which is ours or the configured issuer's.

        Raises the problem ``SIGN_IN_ENDED`` (401); ``ACCOUNT_NOT_BOUND`` (403) and
        ``ISSUER_UNAVAILABLE`` (503) where the token is the issuer's.
        """
        try:
            return self._caller(self.tokens.session_of(token, now), now)
        except TokenRefusedError as error:
            if self.federation is None:
                raise Problem("SIGN_IN_ENDED", headers=_INVALID_TOKEN) from error
        try:
            session, first = self.federation.session(token, self._device(whence), now)
        except TokenRefusedError as error:
            raise Problem("SIGN_IN_ENDED", headers=_INVALID_TOKEN) from error
        caller = self._caller(session, now)
        if first:
            # Dying before this leaves the account opened until the next session; it works.
            self.directory.activated(caller.actor(), now)
        return caller

    def device(self, caller: Caller, whence: Whence) -> bytes | None:
        """The device from which a caller acts, remembered beside the sign-in.

        None where the client says nothing of itself: an address alone is no device.
        """
        if not whence.browser:
            return None
        device = self._device(whence)
        if device != caller.device:
            self.sessions.come_from(caller.session, device)
        return device

    def confirm(self, caller: Caller, secret: str, whence: Whence, now: datetime) -> datetime:
        """Give the secret again; answers until when the sign-in counts as fresh.

        Raises ``SECRET_REFUSED`` or ``TOO_MANY_ATTEMPTS``.
        """
        self._require_secret(caller, secret, whence, now)
        return self.sessions.confirm(caller.session, now)

    def prove(self, login: str, secret: str, whence: Whence, now: datetime) -> str:
        """The account, it may be disabled, that a secret of its holder's own would open.

        A one-time code shows nothing: others gave it. Raises ``SECRET_REFUSED`` or
        ``TOO_MANY_ATTEMPTS``.
        """
        self.throttle.count(login, whence.address, now)
        credential = self.credentials.find(login)
        if credential is None:
            passwords.matches(passwords.NOBODY, secret)
            raise Problem("SECRET_REFUSED")
        if not credential.opened_by(secret) or credential.one_time:
            raise Problem("SECRET_REFUSED")
        self.throttle.forgive(login, whence.address)
        return credential.account

    def replace_secret(
        self, caller: Caller, secret: str, successor: str, whence: Whence, now: datetime
    ) -> None:
        """Put a new secret in the place of a one-time code or of an older secret.

        Every other session of the account ends.
        Raises ``SECRET_REFUSED``, ``TOO_MANY_ATTEMPTS`` or ``PASSWORD_UNFIT``.
        """
        credential = self._require_secret(caller, secret, whence, now)
        words = self.directory.words_about(caller.account)
        passwords.require_fit(successor, [*words, secret])
        digest = passwords.digest(successor)
        with self.pool.connection() as connection:
            if not self.credentials.replace(connection, credential, digest, now):
                raise Problem("SECRET_REFUSED")
            self.sessions.end_all(
                caller.account, "password replaced", now, but=caller.session, connection=connection
            )
            if credential.one_time:
                # Dying after this and before the commit leaves the account activated with its
                # code still in force; replacing it again then finds the event standing.
                self.directory.activated(caller.actor(), now)

    def give_code(self, account: str, login: str, part: Part, now: datetime) -> str:
        """A code for the first sign-in, or for one whose secret is lost, or a part of it.

        With the last part of it sessions end.
        Raises ``LoginTakenError`` and ``FirstPartMissingError``.
        """
        code = self.credentials.give(account, login, part, now)
        if part is not Part.FIRST:
            self.sessions.end_all(account, "one-time code given", now)
        return code

    def _require_secret(
        self, caller: Caller, secret: str, whence: Whence, now: datetime
    ) -> Credential:
        self.throttle.count(caller.account, whence.address, now)
        credential = self.credentials.of_account(caller.account)
        if credential is None or not credential.opened_by(secret):
            raise Problem("SECRET_REFUSED")
        self.throttle.forgive(caller.account, whence.address)
        return credential

    def _device(self, whence: Whence) -> bytes:
        return self.keys.digest("device", whence.address, whence.browser)

    def _signed_in(self, session: str, refresh: str, now: datetime) -> SignedIn:
        caller = self._caller(session, now)
        return SignedIn(caller, self.tokens.make(session, caller.account, now), refresh)

    def _caller(self, session: str, now: datetime) -> Caller:
        standing = self.sessions.find(session, now)
        facts = None if standing is None else self._facts(standing.account)
        if standing is None or facts is None:
            raise Problem("SIGN_IN_ENDED", headers=_INVALID_TOKEN)
        return Caller(
            facts,
            session,
            standing.method,
            standing.device,
            standing.fresh_until,
            standing.must_replace,
        )

    def _facts(self, account: str) -> AccountFacts | None:
        """The facts of an account that may be used."""
        facts = self.directory.account(account)
        return None if facts is None or facts.disabled else facts


_INVALID_TOKEN = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
