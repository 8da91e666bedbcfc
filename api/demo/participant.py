"""Somebody who takes part in a story: signs in, reads what they act on, and acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

from api.clock import Clock
from api.demo.calling import Reply, call
from api.demo.invented import PASSWORD
from api.demo.words import Language, Words


@dataclass(frozen=True)
class Door:
    """Where the server answers, by which clock, and in which language."""

    address: str
    clock: Clock
    language: Language


@dataclass(frozen=True)
class Onlooker:
    """Somebody without an account, or nobody: what happens by itself."""

    name: Words
    part: Words


PUBLIC = Onlooker(Words("任何人", "anybody"), Words("公众", "the public"))
BY_ITSELF = Onlooker(Words("计时程序", "the timekeeper"), Words("系统", "the system"))


@dataclass
class Participant:
    """One account of an invented person; ``part`` is as what they act in the story.

    ``code`` is the one-time code that they still have to replace.
    ``token`` is good until ``until`` by the clock of the story; after that it is refreshed, and
    a day later they sign in anew.
    """

    door: Door
    name: str
    part: Words
    login: str
    account: str = ""
    person: str = ""
    organisation: str | None = None
    password: str = PASSWORD
    code: str | None = field(default=None, repr=False)
    token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    until: datetime | None = None

    def sign_in(self) -> Reply:
        """Begin a session by the one-time code as long as that stands, then by the password."""
        secret = self.code or self.password
        body = {"login": self.login, "password": secret}
        return self._take_tokens(self._send("POST", "/v1/sessions", body))

    def choose_password(self, password: str | None = None) -> Reply:
        """Put the password of the story, or another, in the place of the one-time code."""
        body = {"current_password": self.code, "new_password": password or self.password}
        reply = self._signed("PUT", "/v1/password", body)
        if reply.status < HTTPStatus.BAD_REQUEST:
            self.code = None
        return reply

    def confirm(self) -> Reply:
        """Give the password again, as a leader's decision asks for."""
        body = {"password": self.password}
        return self._signed("POST", "/v1/sessions/current/confirmations", body)

    def get(self, path: str, **headers: str) -> Reply:
        """Read something."""
        return self._signed("GET", path, headers=headers)

    def post(self, path: str, body: object, *, version: str | None = None) -> Reply:
        """Do something; ``version`` is that of the thing it is done to."""
        headers = {"Idempotency-Key": str(uuid4())}
        if version is not None:
            headers["If-Match"] = version
        return self._signed("POST", path, body, headers)

    def act_on(self, thing: str, act: str, body: object) -> Reply:
        """Read the thing at a path, then do something to the version that was seen.

        No ``act`` is an addition to the list that was read.
        """
        seen = self.get(thing)
        if seen.version is None:
            return seen
        return self.post(f"{thing}/{act}".rstrip("/"), body, version=seen.version)

    def send(self, path: str, octets: bytes, media_type: str) -> Reply:
        """Upload a file."""
        headers = {"Content-Type": media_type, "Idempotency-Key": str(uuid4())}
        return self._signed("POST", path, octets, headers)

    def _signed(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        if self.until is None or self.door.clock.now() >= self.until:
            self._come_back()
        return self._send(method, path, body, self._authorised() | (headers or {}))

    def _come_back(self) -> None:
        """Go on with the session, or begin another where that has ended."""
        body = {"refresh_token": self.refresh_token}
        if self.until is None or (
            self._take_tokens(self._send("POST", "/v1/sessions/refresh", body)).status
            != HTTPStatus.OK
        ):
            self.sign_in()

    def _take_tokens(self, reply: Reply) -> Reply:
        if isinstance(reply.body, dict) and "access_token" in reply.body:
            self.token = reply.body["access_token"]
            self.refresh_token = reply.body["refresh_token"]
            self.until = self.door.clock.now() + timedelta(seconds=reply.body["expires_in"])
        return reply

    def _authorised(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _send(
        self, method: str, path: str, body: object, headers: dict[str, str] | None = None
    ) -> Reply:
        spoken = {"Accept-Language": self.door.language, **(headers or {})}
        return call(self.door.address, method, path, body, spoken)
