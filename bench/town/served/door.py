"""The door of a served record: signs everybody in, sends what they try, hears the answer.

Everybody has a password and a device of their own, and gives the password again where an act asks
for it. A stranger has neither, and guesses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, TypeVar

from api.client import Client, NotDoneError, tag
from bench.requests import SECRET

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.client import Reply

Answer = TypeVar("Answer")

_CONFIRMATIONS = 20
"""So often at most the password is given again for one act; a busy server lets it grow stale."""


@dataclass(frozen=True)
class Told:
    """What an answer said."""

    body: dict[str, Any]

    def stream_of(self, topic: str) -> str:
        """The stream in which an event of a topic happened."""
        return next(str(each["stream"]) for each in self.body["events"] if each["topic"] == topic)


class BreachError(Exception):
    """The door let in a guesser, or kept a holder out for what somebody else did."""


def _nothing_read(_stream: str) -> int:
    """Nobody has read anything yet."""
    return 0


@dataclass
class Door:
    """``logins`` are the names under which accounts sign in; ``version`` says what was read."""

    address: str
    logins: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    """How many requests were sent by whoever acts."""
    version: Callable[[str], int] = field(default=_nothing_read)
    _clients: dict[str, Client] = field(default_factory=dict)

    def knows(self, account: str) -> bool:
        """Whether somebody can act through an account from here."""
        return account in self.logins

    def enter(self, account: str, login: str, code: str) -> None:
        """Sign a new account in by its one-time code, and give it the secret that all have."""
        client = self._at(login)
        self._clients[account] = _heard(lambda: client.entered(login, code, SECRET))
        self.logins[account] = login

    def send(self, by: Acting, path: str, body: object = None, to: str | None = None) -> Told:
        """Do something, to a stream ``to`` as it was last read.

        Raises ``NotDoneError``, and ``BreachError`` where the password can't be given again.
        """
        self.sent += 1
        client = self._signed_in(by.actor.account)
        said = {} if body is None else plain(body)
        version = None if to is None else tag(self.version(to))
        answer = _heard(lambda: client.act(path, said, version=version))
        for _ in range(_CONFIRMATIONS):
            if answer.status != HTTPStatus.FORBIDDEN or answer.code != "FRESH_SIGN_IN_REQUIRED":
                break
            _at_once(_heard(lambda: client.confirm(SECRET)))
            answer = _heard(lambda: client.act(path, said, version=version))
        return Told(answer.done().body)

    def sign_in(self, account: str) -> None:
        """The holder signs in anew where they did before; raises as ``send`` does."""
        self.sent += 1
        login = self.logins[account]
        client = self._at(login)
        session = _at_once(_heard(lambda: client.sign_in(login, SECRET)))
        self._clients[account] = client.within(session)

    def guess(self, account: str, address: str) -> None:
        """A stranger elsewhere tries a password that is wrong; raises ``BreachError`` if let in."""
        self.sent += 1
        said = {"login": self.logins[account], "password": "guess"}
        elsewhere = {"X-Forwarded-For": address}
        stranger = Client(self.address, browser=_device_of(self.logins[account]))
        answer = _heard(lambda: stranger.request("POST", "/v1/sessions", said, elsewhere))
        if answer.status not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS):
            msg = f"a guess was answered by {answer.status}"
            raise BreachError(msg)

    def _signed_in(self, account: str) -> Client:
        if account not in self._clients:
            login = self.logins[account]
            client = self._at(login)
            self._clients[account] = _heard(lambda: client.signed_in(login, SECRET))
        return self._clients[account]

    def _at(self, login: str) -> Client:
        """Whoever has this login, where they always sign in, from whatever process."""
        return Client(self.address, browser=_device_of(login))


def _device_of(login: str) -> str:
    """What the browser of somebody calls itself; a stranger's may say the same."""
    return f"browser of {login}"


def _at_once(answer: Reply) -> Reply:
    """The same, where the password was taken without a wait; raises as ``Door.send`` does."""
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        msg = "a holder was kept waiting on a device of their own"
        raise BreachError(msg)
    return answer.done()


def _heard(ask: Callable[[], Answer]) -> Answer:
    """What was answered; a broken connection is a server that could not say."""
    try:
        return ask()
    except (OSError, HTTPException) as error:
        raise NotDoneError(HTTPStatus.INTERNAL_SERVER_ERROR, type(error).__name__) from error


def plain(value: object) -> Any:  # noqa: ANN401 -- whatever JSON has
    """A value of the use cases as a body says it."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case tuple() | list() | frozenset():
            return [plain(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value
