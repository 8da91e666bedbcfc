"""Calling a served record over HTTP, as any client would: nothing but the standard library.

The demonstration, the measurements, the tests and officials at a command line call by this; the
server itself never does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from email.message import Message
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

_SECONDS_TO_ANSWER = 60


class NotDoneError(Exception):
    """The answer was no; ``codes`` say why."""

    def __init__(self, status: int, *codes: str) -> None:
        super().__init__(status, *codes)
        self.status, self.codes = status, codes

    @property
    def failed(self) -> bool:
        """Whether the server could not say; whatever is asked of it, it has to answer."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


@dataclass(frozen=True)
class Reply:
    """What came back; ``body`` is the JSON value, or the text of anything else."""

    status: int
    headers: Message
    body: Any

    @property
    def version(self) -> str | None:
        """The entity tag of the thing that was answered, for If-Match."""
        return self.headers["ETag"]

    @property
    def position(self) -> int | None:
        """How far the record had come by this act; None where nothing was recorded."""
        position = self.body.get("position") if isinstance(self.body, dict) else None
        return position or None

    @property
    def stream(self) -> str:
        """The id of the thing that was made or changed."""
        return str(self.body["stream"])

    @property
    def code(self) -> str:
        """The code of a problem."""
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        return str(self.body["code"])

    def member(self, path: str) -> object:
        """A member of the body by its path, such as ``reasons.0.code``; None where it lacks."""
        found: object = self.body
        for part in path.split("."):
            if isinstance(found, list) and part.isdecimal() and int(part) < len(found):
                found = found[int(part)]
            else:
                found = found.get(part) if isinstance(found, dict) else None
        return found

    def done(self) -> Self:
        """The same, where the answer was yes; raises ``NotDoneError``."""
        if self.status < HTTPStatus.MULTIPLE_CHOICES:
            return self
        said = self.body if isinstance(self.body, dict) else {}
        refusals = [each["code"] for each in said.get("refusals", ())]
        raise NotDoneError(self.status, *(refusals or [str(said.get("code", "WITHOUT_A_CODE"))]))


@dataclass(frozen=True)
class Client:
    """Speaks to the server at ``host:port``, signed in or not, and is answered in ``language``.

    An address that begins with ``https://`` is asked over TLS.

    ``browser`` is what the client calls itself; without one it is no device that could be known.
    """

    address: str
    token: str | None = None
    refresh_token: str | None = None
    language: str | None = None
    browser: str | None = None

    def request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send one request; bytes go as they are, anything else as JSON.

        Raises ``OSError`` or ``HTTPException`` where nobody answers.
        """
        octets = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        tls = self.address.startswith("https://")
        connect = HTTPSConnection if tls else HTTPConnection
        connection = connect(self.address.removeprefix("https://"), timeout=_SECONDS_TO_ANSWER)
        try:
            sent = {**self._headers(octets), **(headers or {})}
            connection.request(method, path, octets, sent)
            response = connection.getresponse()
            text = response.read().decode(errors="surrogateescape")  # so that octets come back
        finally:
            connection.close()
        is_json = response.headers.get_content_type().endswith(("/json", "+json"))
        return Reply(response.status, response.headers, json.loads(text) if is_json else text)

    def act(
        self,
        path: str,
        body: object,
        *,
        version: str | None = None,
        key: str | None = None,
        media_type: str = "application/json",
        mandate: str | None = None,
    ) -> Reply:
        """Do something under a new idempotency key, or under ``key``.

        ``version`` is the entity tag of the thing that it is done to, as it was last seen;
        ``mandate`` is the one under which it is done.
        """
        headers = {"Content-Type": media_type, "Idempotency-Key": key or uuid4().hex}
        if version is not None:
            headers["If-Match"] = version
        if mandate is not None:
            headers["Mandate"] = mandate
        return self.request("POST", path, body, headers)

    def sign_in(self, login: str, secret: str) -> Reply:
        """Ask for a session, by a password or a one-time code."""
        return self.request("POST", "/v1/sessions", {"login": login, "password": secret})

    def confirm(self, secret: str) -> Reply:
        """Give the password again, as a decision asks for."""
        return self.request("POST", "/v1/sessions/current/confirmations", {"password": secret})

    def refresh(self) -> Reply:
        """Ask for new tokens of the session under way."""
        return self.request("POST", "/v1/sessions/refresh", {"refresh_token": self.refresh_token})

    def choose_password(self, current: str, password: str) -> Reply:
        """Put a password in the place of a one-time code, or of another password."""
        body = {"current_password": current, "new_password": password}
        return self.request("PUT", "/v1/password", body)

    def within(self, session: Reply) -> Self:
        """The same caller with the tokens of a session that was begun or refreshed."""
        tokens = session.body
        return replace(self, token=tokens["access_token"], refresh_token=tokens["refresh_token"])

    def bearing(self, token: str) -> Self:
        """The same caller with an access token that somebody else issued."""
        return replace(self, token=token, refresh_token=None)

    def signed_in(self, login: str, secret: str) -> Self:
        """The same caller with the tokens of a new session; raises ``NotDoneError``."""
        return self.within(self.sign_in(login, secret).done())

    def entered(self, login: str, code: str, password: str) -> Self:
        """The same caller signed in by a one-time code, which the password has replaced.

        Raises ``NotDoneError``.
        """
        signed_in = self.signed_in(login, code)
        signed_in.choose_password(code, password).done()
        return signed_in

    def _headers(self, octets: bytes | None) -> dict[str, str]:
        """What is sent unless the request says otherwise."""
        headers: dict[str, str] = {}
        if octets is not None:
            headers["Content-Type"] = "application/json"
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.language is not None:
            headers["Accept-Language"] = self.language
        if self.browser is not None:
            headers["User-Agent"] = self.browser
        return headers


def tag(version: int) -> str:
    """The entity tag of a version."""
    return f'"v{version}"'
