"""The door of a served record: signs everybody in, sends what they try, hears the answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from api.acts.acting import Acting

SECRET = "of no use to anybody"  # noqa: S105 -- of accounts that nobody holds
_SECONDS_TO_ANSWER = 60
_DONE, _NOT_REFUSED = 300, 500
_CONFLICTS = (409, 412)


class NotDoneError(Exception):
    """The answer was no; ``codes`` say why, first the status."""

    def __init__(self, status: int, codes: tuple[str, ...]) -> None:
        super().__init__(status, *codes)
        self.status, self.codes = status, codes

    @property
    def failed(self) -> bool:
        """Whether the server could not say; whatever is asked of it, it has to answer."""
        return self.status >= _NOT_REFUSED


@dataclass(frozen=True)
class Told:
    """What an answer said."""

    body: dict[str, Any]

    def stream_of(self, topic: str) -> str:
        """The stream in which an event of a topic happened."""
        return next(str(each["stream"]) for each in self.body["events"] if each["topic"] == topic)


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
    _tokens: dict[str, str] = field(default_factory=dict)

    def knows(self, account: str) -> bool:
        """Whether somebody can act through an account from here."""
        return account in self.logins

    def enter(self, account: str, login: str, code: str) -> None:
        """Sign a new account in by its one-time code, and give it the secret that all have."""
        token = self._sign_in(login, code)
        said = {"current_password": code, "new_password": SECRET}
        self._ask("PUT", "/v1/password", said, {"Authorization": f"Bearer {token}"})
        self.logins[account] = login

    def send(self, by: Acting, path: str, body: object = None, to: str | None = None) -> Told:
        """Do something, to a stream ``to`` as it was last read; raises ``NotDoneError``."""
        self.sent += 1
        account = by.actor.account
        if account not in self._tokens:
            self._tokens[account] = self._sign_in(self.logins[account], SECRET)
        headers = {
            "Authorization": f"Bearer {self._tokens[account]}",
            "Idempotency-Key": uuid4().hex,
        }
        if to is not None:
            headers["If-Match"] = f'"v{self.version(to)}"'
        return Told(self._ask("POST", path, {} if body is None else plain(body), headers))

    def _sign_in(self, login: str, secret: str) -> str:
        said = {"login": login, "password": secret}
        return str(self._ask("POST", "/v1/sessions", said, {})["access_token"])

    def _ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> dict[str, Any]:
        connection = HTTPConnection(self.address, timeout=_SECONDS_TO_ANSWER)
        try:
            sent = {"Content-Type": "application/json", **headers}
            connection.request(method, path, json.dumps(body).encode(), sent)
            response = connection.getresponse()
            said = json.loads(response.read() or b"{}")
        except (OSError, HTTPException) as error:
            raise NotDoneError(_NOT_REFUSED, (f"{path} {type(error).__name__}",)) from error
        finally:
            connection.close()
        if response.status >= _DONE:
            raise NotDoneError(response.status, _codes(said))
        return dict(said)


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


def _codes(said: dict[str, Any]) -> tuple[str, ...]:
    refusals = [each["code"] for each in said.get("refusals", ())]
    return tuple(refusals or [str(said.get("code", "WITHOUT_A_CODE"))])
