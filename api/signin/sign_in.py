"""Signing in, staying signed in, and replacing the secret by which one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import Connection
from psycopg_pool import ConnectionPool

from api.keys import FrontDoorKeys, keyed_digest
from api.problems import Problem
from api.signin import passwords
from api.signin.caller import Caller
from api.signin.credentials import Credential, Credentials, normalised
from api.signin.directory import AccountFacts, Directory
from api.signin.federation import Federation
from api.signin.sessions import RefreshRefusedError, Sessions
from api.signin.tally import NOBODY, Tally
from api.signin.throttle import Attempt, Throttle
from api.signin.tokens import TokenRefusedError, Tokens
from domain.account.events import Part

if TYPE_CHECKING:
    from datetime import datetime

    from api.signin.whence import Whence

METHOD = "password"


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
    tally: Tally
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
        credential, holder, attempt = self._tried(login, whence, now)
        known = (
            credential.opened_by(secret)
            if credential is not None
            else passwords.matches(passwords.NOBODY, secret)
        )
        if credential is None or not known or self._facts(holder) is None:
            raise self._refused("SIGN_IN_REFUSED", holder, attempt, whence, now)
        if credential.expires_at is not None and credential.expires_at <= now:
            raise self._refused("ONE_TIME_CODE_EXPIRED", holder, attempt, whence, now)
        self.throttle.forgive(attempt)
        kept = None if credential.one_time else credential.secret
        outdated = kept is not None and passwords.outdated(kept)
        digest = passwords.digest(secret) if outdated else None
        device = self._device(whence)
        with self.pool.connection() as connection:
            if not self.credentials.renew(connection, credential, login, digest):
                raise Problem("SIGN_IN_REFUSED")
            session, refresh = self.sessions.begin(connection, holder, METHOD, device, now)
            self.tally.succeeded(connection, holder, device, whence, METHOD, now)
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
            device = self._device(whence)
            session, first = self.federation.session(token, device, now)
        except TokenRefusedError as error:
            raise Problem("SIGN_IN_ENDED", headers=_INVALID_TOKEN) from error
        caller = self._caller(session, now)
        if first:
            with self.pool.connection() as connection:
                account, method = caller.account, caller.method
                self.tally.succeeded(connection, account, device, whence, method, now)
            # Dying before this leaves the account opened until the next session; it works.
            self.directory.activated(caller.actor(), now)
        return caller

    def device(self, caller: Caller, whence: Whence) -> bytes | None:
        """The device from which a caller acts, remembered beside the sign-in.

        None where the client says nothing of itself: an address alone is no device.
        """
        if not whence.is_device:
            return None
        device = self._device(whence)
        if device != caller.device:
            self.sessions.come_from(caller.session, device)
        return device

    def device_name(self, account: str, device: str) -> str | None:
        """What a device, by its digest, is called to the holder of an account and to nobody else.

        None for what is not known.
        """
        return self.keys.digest("device", account, device)[:4].hex() if device else None

    def device_names(self, account: str, whence: Whence) -> list[str | None]:
        """What the device of a request may be called, which is new where a key is."""
        if not whence.is_device:
            return []
        return [self.device_name(account, each.hex()) for each in self._digests(whence)]

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
        credential, holder, attempt = self._tried(login, whence, now)
        if credential is None:
            passwords.matches(passwords.NOBODY, secret)
        if credential is None or not credential.opened_by(secret) or credential.one_time:
            raise self._refused("SECRET_REFUSED", holder, attempt, whence, now)
        self.throttle.forgive(attempt)
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
        attempt = self._attempt(caller.account, caller.account, whence, now)
        credential = self.credentials.of_account(caller.account)
        if credential is None or not credential.opened_by(secret):
            raise self._refused("SECRET_REFUSED", caller.account, attempt, whence, now)
        self.throttle.forgive(attempt)
        return credential

    def _tried(
        self, login: str, whence: Whence, now: datetime
    ) -> tuple[Credential | None, str, Attempt]:
        """What a login opens, whose it is, and the attempt, counted. As ``_attempt`` raises."""
        credential = self.credentials.find(login)
        holder = NOBODY if credential is None else credential.account
        return credential, holder, self._attempt(holder, holder or normalised(login), whence, now)

    def _attempt(self, account: str, who: str, whence: Whence, now: datetime) -> Attempt:
        """An attempt that was counted. Raises ``TOO_MANY_ATTEMPTS``."""
        devices = self._digests(whence) if whence.is_device else []
        attempt = Attempt(who, whence.address, self.tally.known(account, METHOD, devices))
        self.throttle.count(attempt, now)
        return attempt

    def _refused(
        self, code: str, account: str, attempt: Attempt, whence: Whence, now: datetime
    ) -> Problem:
        """The problem of a secret that was wrong, which is on its account's tally."""
        self.tally.refused(account, attempt.device, whence, METHOD, now)
        return Problem(code)

    def _device(self, whence: Whence) -> bytes:
        return self._digests(whence)[0]

    def _digests(self, whence: Whence) -> list[bytes]:
        """Those of the device under every key, the newest first."""
        keys = self.keys.accepted("device")
        return [keyed_digest(key, whence.address, whence.browser) for key in keys]

    def _signed_in(self, session: str, refresh: str, now: datetime) -> SignedIn:
        caller = self._caller(session, now)
        return SignedIn(caller, self.tokens.make(session, caller.account, now), refresh)

    def _caller(self, session: str, now: datetime) -> Caller:
        standing = self.sessions.find(session, now)
        facts = None if standing is None else self._facts(standing.account, caught_up=True)
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

    def _facts(self, account: str, *, caught_up: bool = False) -> AccountFacts | None:
        """The facts of an account that may be used."""
        facts = self.directory.account(account, caught_up=caught_up)
        return None if facts is None or facts.disabled else facts


_INVALID_TOKEN = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
