"""Writers over HTTP: each request is sent again under its key until it is known to stand."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from api.client import Client, NotDoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Reply

Answer = TypeVar("Answer")

SECRET = "of no use to anybody"  # noqa: S105 -- of an account that nobody else has
_SENT_AGAIN_SECONDS = 0.05
_SECONDS_TO_ANSWER = 180


@dataclass
class Caller:
    """Somebody signed in; signs in anew when the token has run out."""

    client: Client
    login: str

    @classmethod
    def with_code(cls, address: str, login: str, code: str) -> Caller:
        """Sign in by a one-time code, and replace it by a password."""
        return cls(until_answered(lambda: Client(address).entered(login, code, SECRET)), login)

    def act(self, path: str, body: object, key: str) -> Reply:
        """The answer, however often it has to be asked for under the key.

        Raises ``TimeoutError`` after minutes, ``NotDoneError`` where the answer is no.
        """
        try:
            return self._act(path, body, key)
        except NotDoneError as answer:
            if answer.status != HTTPStatus.UNAUTHORIZED:
                raise
        self.client = until_answered(lambda: self.client.signed_in(self.login, SECRET))
        return self._act(path, body, key)

    def _act(self, path: str, body: object, key: str) -> Reply:
        return until_answered(lambda: self.client.act(path, body, key=key).done())


def until_answered(ask: Callable[[], Answer]) -> Answer:
    """Ask again while the connection breaks or the server could not say."""
    until = time.monotonic() + _SECONDS_TO_ANSWER
    while time.monotonic() < until:
        try:
            return ask()
        except NotDoneError as answer:
            if not answer.failed:
                raise
        except (OSError, HTTPException):
            pass
        time.sleep(_SENT_AGAIN_SECONDS)
    msg = "nobody answered"
    raise TimeoutError(msg)


@dataclass(frozen=True)
class Acknowledged:
    """What an answer said: under which key, at which position, how often asked for it."""

    key: str
    position: int
    stream: str


class Writers:
    """Threads that register one organisation after another until they are told to stop."""

    def __init__(self, caller: Caller, threads: int) -> None:
        self._caller = caller
        self._enough = Event()
        self._more = Condition()
        self.acknowledged: list[Acknowledged] = []
        self.failures: list[BaseException] = []
        self._threads = [Thread(target=self._write_until_enough) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def wait_for_more(self, count: int) -> None:
        """Come back when ``count`` more requests were acknowledged; raises what broke a writer."""
        with self._more:
            wanted = len(self.acknowledged) + count
            self._more.wait_for(lambda: self.failures or len(self.acknowledged) >= wanted)
        if self.failures:
            raise self.failures[0]

    def stop(self) -> None:
        """Come back when everything that was begun is known to stand."""
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _write_until_enough(self) -> None:
        try:
            while not self._enough.is_set():
                acknowledged = self._write()
                with self._more:
                    self.acknowledged.append(acknowledged)
                    self._more.notify_all()
        except BaseException as failure:  # noqa: BLE001 -- raised by whoever waits
            with self._more:
                self.failures.append(failure)
                self._more.notify_all()

    def _write(self) -> Acknowledged:
        key = uuid4().hex
        body = {
            "name": f"单位{key}",
            "kind": "enterprise",
            "ownership": "non_state",
            "level": "county",
            "area": "甲省/乙市/丙县",
        }
        reply = self._caller.act("/v1/organisations", body, key)
        return Acknowledged(key, reply.body["position"], reply.stream)
