"""Writers over HTTP: each request is sent again under its key until it is known to stand."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET = "of no use to anybody"  # noqa: S105 -- of an account that nobody else has
_SENT_AGAIN_SECONDS = 0.05
_SECONDS_TO_ANSWER = 180
_LARGEST_SUCCESS, _UNAUTHORISED, _FAILED = 299, 401, 500


@dataclass
class Caller:
    """Somebody signed in; signs in anew when the token has run out."""

    address: str
    login: str
    token: str = ""

    @classmethod
    def with_code(cls, address: str, login: str, code: str, secret: str) -> Caller:
        """Sign in by a one-time code, and replace it by a password."""
        caller = cls(address, login)
        caller.sign_in(code)
        caller.until_answered(
            "PUT", "/v1/password", {"current_password": code, "new_password": secret}
        )
        caller.sign_in(secret)
        return caller

    def sign_in(self, secret: str) -> None:
        """A new token."""
        said = {"login": self.login, "password": secret}
        _, answer = self.until_answered("POST", "/v1/sessions", said)
        self.token = answer["access_token"]

    def until_answered(
        self, method: str, path: str, body: object, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and body of the answer, however often it has to be asked for.

        Raises ``TimeoutError`` after minutes, ``RuntimeError`` for an answer that is not a success.
        """
        until = time.monotonic() + _SECONDS_TO_ANSWER
        while time.monotonic() < until:
            status, answer = self._ask(method, path, body, headers or {})
            if status == _UNAUTHORISED and path != "/v1/sessions":
                self.sign_in(SECRET)
            elif status >= _FAILED:
                time.sleep(_SENT_AGAIN_SECONDS)
            elif status > _LARGEST_SUCCESS:
                msg = f"{method} {path}: {status} {answer}"
                raise RuntimeError(msg)
            else:
                return status, answer
        msg = f"{method} {path} was not answered"
        raise TimeoutError(msg)

    def _ask(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> tuple[int, Any]:
        """Once; a connection that breaks is an answer of the 500s."""
        sent = {"Content-Type": "application/json", **headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        connection = HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, json.dumps(body).encode(), sent)
            response = connection.getresponse()
            octets = response.read()
            return response.status, json.loads(octets) if octets else None
        except (OSError, HTTPException):
            return _FAILED, None
        finally:
            connection.close()


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
            "bodies": ["employer"],
        }
        headers = {"Idempotency-Key": key}
        _, answer = self._caller.until_answered("POST", "/v1/organisations", body, headers)
        return Acknowledged(key, answer["position"], answer["stream"])
