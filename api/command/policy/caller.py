"""Whoever signs in at a running server from the command line: a client of its API, and no more."""

from __future__ import annotations

import os
import re
from functools import wraps
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from api.client import Client, Reply
from api.command.invocation import Invocation, pass_invocation
from api.command.policy.files import told
from api.command.policy.signing import ENDED, TIRED, TOKEN, ByPassword, ByToken

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.command.policy.signing import Signing

_HERE = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?")
"""A server of this machine, to which alone a secret goes without TLS."""
_RENEWED = {HTTPStatus.UNAUTHORIZED: ENDED, HTTPStatus.FORBIDDEN: TIRED}
"""After which refusals the same is asked once more under a sign-in that was renewed."""
_LOGIN = "登录名 / login"


def signs_in(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command ask who acts, and at which server; it is given the run and the caller.

    By a token where that is asked for, or where one is in the environment and no login is given.
    """

    @pass_invocation
    @wraps(command)
    def signed_in(
        run: Invocation,
        /,
        server: str | None,
        login: str | None,
        token: bool,  # noqa: FBT001 -- a flag of the command
        **asked: Any,  # noqa: ANN401 -- as the command takes it
    ) -> None:
        address = _address(run, server)
        by_token = token or (login is None and bool(os.environ.get(TOKEN)))
        signing = ByToken() if by_token else ByPassword(login or click.prompt(_LOGIN))
        caller = Caller(run, address, signing)
        try:
            command(run, caller, **asked)
        finally:
            caller.leave()

    taken: Callable[..., Any] = signed_in
    for option in (
        click.option(
            "--token",
            is_flag=True,
            help=f"以统一身份认证的令牌登录，取自 {TOKEN} 或当场输入 / by a token of the issuer",
        ),
        click.option("--login", help="登录名；口令当场输入 / login; the password is asked for"),
        click.option("--server", help="服务器，如 https://… / where the server is"),
    ):
        taken = option(taken)
    return taken


def _address(run: Invocation, server: str | None) -> str:
    """Where the server is. Raises ``click.ClickException`` where no secret may go there."""
    settings = run.settings()
    address = (server or f"{settings.host}:{settings.port}").removeprefix("http://").rstrip("/")
    if not address.startswith("https://") and not _HERE.fullmatch(address):
        raise told(
            "A secret goes to another machine by https:// alone.",
            "口令和令牌只能经 https:// 发往别的机器。",
        )
    return address


class Caller:
    """Somebody who is signed in.

    What is read clause by clause takes longer than a sign-in is fresh, or its token is good:
    where the server says so, the sign-in is renewed and the same is asked once more.
    """

    def __init__(self, run: Invocation, address: str, signing: Signing) -> None:
        """Raises ``click.ClickException`` where the sign-in is refused."""
        self._signing = signing
        self._client = signing.begin(Client(address, language=run.language), _asked)

    def get(self, path: str) -> Reply:
        """What is at a path; raises ``click.ClickException`` with the reasons where nothing is."""
        return self._renewing(lambda: self._client.request("GET", path))

    def act(self, path: str, body: object, version: str | None = None) -> Reply:
        """Do something, to what was seen at a version; raises as ``get`` does.

        Under one key, however often it is sent: what was done by a server that died before it
        answered is not done a second time.
        """
        key = uuid4().hex
        return self._renewing(lambda: self._client.act(path, body, version=version, key=key))

    def send(self, path: str, octets: bytes) -> Reply:
        """Send a file; raises as ``get`` does."""
        kind, key = "application/octet-stream", uuid4().hex
        return self._renewing(lambda: self._client.act(path, octets, media_type=kind, key=key))

    def leave(self) -> None:
        """Leave no session open that nobody has the tokens of."""
        self._signing.end(self._client)

    def _renewing(self, ask: Callable[[], Reply]) -> Reply:
        for _ in _RENEWED:
            reply = _sent(ask, again=True)
            code = reply.body.get("code") if isinstance(reply.body, dict) else None
            if (reply.status, code) not in _RENEWED.items():
                return _taken(reply)
            click.echo("\n".join(_reasons(reply.body)), err=True)
            self._client = self._signing.renew(self._client, str(code), _asked)
        return _asked(ask)


def _asked(ask: Callable[[], Reply]) -> Reply:
    return _taken(_sent(ask))


def _sent(ask: Callable[[], Reply], *, again: bool = False) -> Reply:
    """What is answered; ``again`` where it may be sent once more to whoever did not answer."""
    try:
        return ask()
    except (OSError, HTTPException) as error:
        if again:
            return _sent(ask)
        raise told(f"Nobody answers there: {error}", f"连不上服务器：{error}") from error


def _taken(reply: Reply) -> Reply:
    if reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return reply
    said = "\n".join(_reasons(reply.body)) or f"HTTP {reply.status}"
    raise told(said, said)


def _reasons(body: object) -> list[str]:
    """Every reason for which something was refused, as the server words it."""
    if not isinstance(body, dict):
        return []
    several = [*body.get("refusals", ()), *body.get("errors", ())]
    found = [str(each["detail"]) for each in several if "detail" in each]
    return found or [str(body.get("detail") or body.get("title") or body.get("code"))]
