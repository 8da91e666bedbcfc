"""Whoever signs in at a running server from the command line: a client of its API, and no more."""

from __future__ import annotations

import re
from functools import wraps
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

import click

from api.client import Client, Reply
from api.command.invocation import Invocation, pass_invocation
from api.command.policy.files import told

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?")
"""A server of this machine, to which alone a secret goes without TLS."""


def signs_in(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command ask who acts, and at which server; it is given the run and the caller.

    The secret is typed, and never shown.
    """

    @pass_invocation
    @wraps(command)
    def signed_in(
        run: Invocation,
        /,
        server: str | None,
        login: str,
        password: str,
        **asked: Any,  # noqa: ANN401 -- as the command takes it
    ) -> None:
        command(run, Caller(run, server, login, password), **asked)

    taken: Callable[..., Any] = signed_in
    for option in (
        click.option("--password", prompt="口令 / password", hide_input=True),
        click.option("--login", prompt="登录名 / login"),
        click.option("--server", help="服务器，如 https://… / where the server is"),
    ):
        taken = option(taken)
    return taken


class Caller:
    """Somebody who is signed in, with a fresh sign-in."""

    def __init__(self, run: Invocation, server: str | None, login: str, password: str) -> None:
        """Raises ``click.ClickException`` where that can't be."""
        settings = run.settings()
        address = (server or f"{settings.host}:{settings.port}").removeprefix("http://").rstrip("/")
        if not address.startswith("https://") and not _HERE.fullmatch(address):
            raise told(
                "A password goes to another machine by https:// alone.",
                "口令只能经 https:// 发往别的机器。",
            )
        self._client = Client(address, language=run.language)
        session = self._asked(lambda: self._client.sign_in(login, password))
        self._client = self._client.within(session)

    def get(self, path: str) -> Reply:
        """What is at a path; raises ``click.ClickException`` with the reasons where nothing is."""
        return self._asked(lambda: self._client.request("GET", path))

    def act(self, path: str, body: object, version: str | None = None) -> Reply:
        """Do something, to what was seen at a version; raises as ``get`` does."""
        return self._asked(lambda: self._client.act(path, body, version=version))

    def send(self, path: str, octets: bytes) -> Reply:
        """Send a file; raises as ``get`` does."""
        media_type = "application/octet-stream"
        return self._asked(lambda: self._client.act(path, octets, media_type=media_type))

    @staticmethod
    def _asked(ask: Callable[[], Reply]) -> Reply:
        try:
            reply = ask()
        except (OSError, HTTPException) as error:
            raise told(f"Nobody answers there: {error}", f"连不上服务器：{error}") from error
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
