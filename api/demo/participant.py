"""Somebody who takes part in a story: signs in, reads what they act on, and acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from api.client import Client, Reply
from api.clock import Clock
from api.demo.invented import PASSWORD
from api.demo.words import Language, Words


@dataclass(frozen=True)
class Door:
    """Where the server answers, by which clock, and in which language."""

    address: str
    clock: Clock
    language: Language

    @property
    def client(self) -> Client:
        """Whoever calls there without having signed in."""
        return Client(self.address, language=self.language)


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
    The tokens of their ``client`` are good until ``until`` by the clock of the story; after that
    they are refreshed, and a day later they sign in anew.
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
    client: Client = field(init=False, repr=False)
    until: datetime | None = None

    def __post_init__(self) -> None:
        """Nobody has signed in yet."""
        self.client = self.door.client

    def sign_in(self) -> Reply:
        """Begin a session by the one-time code as long as that stands, then by the password."""
        return self._begin(self.door.client.sign_in(self.login, self._secret))

    def choose_password(self, password: str | None = None) -> Reply:
        """Put the password of the story, or another, in the place of the one-time code."""
        reply = self._present().choose_password(self._secret, password or self.password)
        if reply.status < HTTPStatus.BAD_REQUEST:
            self.code = None
        return reply

    def confirm(self) -> Reply:
        """Give the password again, as a leader's decision asks for."""
        return self._present().confirm(self.password)

    def get(self, path: str, **headers: str) -> Reply:
        """Read something."""
        return self._present().request("GET", path, headers=headers)

    def post(
        self, path: str, body: object, *, version: str | None = None, mandate: str | None = None
    ) -> Reply:
        """Do something; ``version`` is that of the thing it is done to, ``mandate`` its ground."""
        return self._present().act(path, body, version=version, mandate=mandate)

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
        return self._present().act(path, octets, media_type=media_type)

    def _present(self) -> Client:
        """Who they are at the server: the session goes on, or another begins where it has ended."""
        if self.until is None:
            self.sign_in()
        elif self.door.clock.now() >= self.until:
            body = {"refresh_token": self.client.refresh_token}
            refreshed = self.door.client.request("POST", "/v1/sessions/refresh", body)
            if self._begin(refreshed).status != HTTPStatus.OK:
                self.sign_in()
        return self.client

    @property
    def _secret(self) -> str:
        return self.code or self.password

    def _begin(self, session: Reply) -> Reply:
        if session.status < HTTPStatus.BAD_REQUEST:
            self.client = self.client.within(session)
            self.until = self.door.clock.now() + timedelta(seconds=session.body["expires_in"])
        return session
