"""How somebody at the command line shows who they are: by a password, a code, or a token.

No secret is ever a word of the command, where every user of the machine could read it: it is
typed and not shown, or, for a token, stands in the environment.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client, Reply

    Ask = Callable[[Callable[[], Reply]], Reply]

TOKEN = "MINGJIAN_TOKEN"  # noqa: S105 -- the name of a variable
"""The variable that bears a token of the issuer, so long as it is good."""
ENDED = "SIGN_IN_ENDED"
TIRED = "FRESH_SIGN_IN_REQUIRED"
_PASSWORD = "口令或一次性代码 / password or one-time code"  # noqa: S105 -- a prompt
_ISSUED = "登录令牌 / token of the issuer"
_CHOSEN = "一次性代码只用一次，请设新口令 / choose a password in its place"


class Signing(Protocol):
    """A way to sign in; ``ask`` raises with the reasons what is refused."""

    def begin(self, client: Client, ask: Ask) -> Client:
        """The client signed in."""

    def renew(self, client: Client, because: str, ask: Ask) -> Client:
        """The client once more, where the sign-in ended or is not fresh any more."""

    def end(self, client: Client) -> None:
        """Leave nothing open that was opened here."""


@dataclass(frozen=True)
class ByPassword:
    """By login and password; a one-time code is replaced by a password that is chosen first."""

    login: str

    def begin(self, client: Client, ask: Ask) -> Client:
        """Ask for the secret, and for a new one where it is good only once."""
        secret = _typed(_PASSWORD)
        session = ask(lambda: client.sign_in(self.login, secret))
        signed_in = client.within(session)
        if session.body["password_change_required"]:
            chosen = _typed(_CHOSEN, twice=True)
            ask(lambda: signed_in.choose_password(secret, chosen))
        return signed_in

    def renew(self, client: Client, because: str, ask: Ask) -> Client:
        """Go on in the session by its refresh token, or ask for the password again."""
        if because == ENDED:
            return client.within(ask(client.refresh))
        secret = _typed(_PASSWORD)
        ask(lambda: client.confirm(secret))
        return client

    def end(self, client: Client) -> None:
        """Sign out; a session whose server is gone ends by itself."""
        with suppress(OSError, HTTPException):
            client.request("DELETE", "/v1/sessions/current")


@dataclass(frozen=True)
class ByToken:
    """By a token of the configured issuer: what an account takes that has no password."""

    def begin(self, client: Client, ask: Ask) -> Client:
        """Take the token of the environment, or ask for one."""
        del ask
        return client.bearing(os.environ.get(TOKEN) or _typed(_ISSUED))

    def renew(self, client: Client, because: str, ask: Ask) -> Client:
        """Ask for a token of a newer sign-in: what stands in the environment is not good."""
        del because, ask
        return client.bearing(_typed(_ISSUED))

    def end(self, client: Client) -> None:
        """The issuer opened the session, and keeps it."""


def _typed(asked: str, *, twice: bool = False) -> str:
    typed: str = click.prompt(asked, hide_input=True, confirmation_prompt=twice)
    return typed.strip()
